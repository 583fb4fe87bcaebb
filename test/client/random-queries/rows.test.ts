import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelOf } from '../../../templates/client/model-of.js'
import { startBlog } from '../blog.js'
import { randomChain } from './chains.js'
import type { Client, Query, Row } from './in-client.js'
import { randomRelations, seed } from './relations.js'
import { compile } from './row-types.js'

let database: Awaited<ReturnType<typeof startBlog<Client>>>
beforeAll(async () => {
  database = await startBlog<Client>(randomRelations(seed))
})
afterAll(() => database[Symbol.asyncDispose]())

/** Its rows, or the client's own refusal to ask for them. */
async function rowsOf(query: string): Promise<readonly Row[] | TypeError> {
  try {
    return await (new Function('db', `return ${query}`)(database.db) as Query)
  } catch (error) {
    if (error instanceof TypeError) return error
    throw new Error(query, { cause: error })
  }
}

test(`rows are what their types say (ROLECAST_SEED=${seed})`, { timeout: 180_000 }, async () => {
  const relations = modelOf(database.surface, {}).schemas[0]?.relations ?? []
  const numRuns = 100
  const queries = fc.sample(randomChain(relations), { seed, numRuns })
  const compiled = compile(database.folder, queries)
  const faults: string[] = []
  let rows = 0
  for (const [index, query] of queries.entries()) {
    const { errors, wrongIn } = compiled[index] ?? expect.fail()
    const answer = await rowsOf(query)
    if (answer instanceof TypeError) {
      if (errors.length === 0) faults.push(`${query} compiles, and: ${answer.message}`)
    } else if (errors.length > 0) faults.push(`${query} does not compile: ${errors[0]}`)
    else {
      rows += answer.length
      const wrong = answer.map(wrongIn).find((text) => text !== null)
      if (wrong) faults.push(`${query}: ${wrong}`)
    }
  }
  expect(faults).toEqual([])
  expect(rows).toBeGreaterThan(numRuns)
})

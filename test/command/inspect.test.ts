import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project, schemaSql } from './project.js'
import { rolecast } from './run-command.js'

let project: Project
let postgres: EmbeddedPostgres
beforeAll(async () => {
  project = await makeProject({ 'schema.sql': schemaSql })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
})
afterAll(async () => {
  await postgres.stop()
  await project[Symbol.asyncDispose]()
})

const asAuthenticator = () => postgres.uriOf({ user: 'authenticator', password: 'authenticator' })

test('prints the surface of a role as JSON and nothing else, connected as an ordinary login role', async () => {
  const { code, stdout, stderr } = await rolecast(
    ['inspect', '--db', asAuthenticator(), '--schemas', 'api', '--role', 'anon', '--json'],
    project.folder,
  )
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).not.toContain('cost')
  const surface = JSON.parse(stdout)
  expect(surface).toMatchObject({
    role: 'anon',
    relations: [
      { schema: 'api', name: 'products', kind: 'table', select: ['id', 'name'], insert: [], update: [], delete: false },
    ],
    functions: [],
  })
})

test('prints a table for people', async () => {
  const { code, stdout } = await rolecast(
    ['inspect', '--db', asAuthenticator(), '--schemas', 'api', '--role', 'app_user'],
    project.folder,
  )
  expect(code).toBe(0)
  expect(stdout).toMatch(/api\.products {2}id, name, cost {2}name, cost {2}name, cost {2}yes/)
})

test('explains an answer as a chain of facts', async () => {
  const { code, stdout } = await rolecast(
    ['inspect', '--db', asAuthenticator(), '--schemas', 'api', '--role', 'anon', '--why', 'api.products.insert'],
    project.folder,
  )
  expect(code).toBe(0)
  expect(stdout).toMatch(/INSERT/)
})

test('says what it lacks', async () => {
  const { code, stdout, stderr } = await rolecast(['inspect', '--role', 'anon', '--json'], project.folder)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/--db URI --schemas/)
})

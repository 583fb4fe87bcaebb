import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { initProject } from '../../generator/src/init/init-project.js'
import { makeProject, schemaSql } from './project.js'

/** Somebody at a terminal who answers each question in turn, and goes away when there are no more answers. */
function somebody(answers: readonly string[]) {
  const [input, output] = [Object.assign(new PassThrough(), { isTTY: true }), new PassThrough()]
  const asked: string[] = []
  const left = [...answers]
  output.setEncoding('utf8').on('data', (text: string) => {
    if (!text.endsWith(': ')) return
    asked.push(text)
    const answer = left.shift()
    if (answer === undefined) input.end()
    else input.write(`${answer}\n`)
  })
  return { terminal: { input, output }, asked }
}

test('init asks what it does not find, and takes what it finds for an empty answer', async () => {
  await using project = await makeProject({ 'db/migrations/1_a.sql': schemaSql })
  const { terminal, asked } = somebody(['', 'api', ' anon, app_user ', 'src/clients'])
  await initProject(project.folder, {}, terminal)
  expect(asked).toEqual([
    'Database URI, or a folder or file of SQL [db/migrations]: ',
    'Exposed schemas: ',
    'Roles to write clients for: ',
    'Output folder [src/api]: ',
  ])
  const text = await readFile(join(project.folder, 'rolecast.config.ts'), 'utf8')
  expect(text).toContain("database: { sql: ['db/migrations'] }")
  expect(text).toContain("roles: ['anon', 'app_user']")
  expect(text).toContain("out: 'src/clients'")
})

test('init asks only what the options leave open', async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  const { terminal, asked } = somebody([''])
  await initProject(project.folder, { db: 'schema.sql', schemas: ['api'], roles: ['anon'] }, terminal)
  expect(asked).toEqual(['Output folder [src/api]: '])
})

test.each([{ answers: [] }, { answers: ['schema.sql', 'api'] }])(
  'Ctrl-D after $answers ends init with a message, and nothing is written',
  async ({ answers }) => {
    await using project = await makeProject()
    const { terminal } = somebody(answers)
    await expect(initProject(project.folder, {}, terminal)).rejects.toThrow('The questions were not answered.')
    await expect(readFile(join(project.folder, 'rolecast.config.ts'))).rejects.toThrow('ENOENT')
  },
)

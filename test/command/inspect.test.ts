import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project, schemaSql } from './project.js'
import { command, rolecast, rolecastHere } from './run-command.js'

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

test.each([
  ['--schemas', ['--schemas', '', '--role', 'anon']],
  ['--roles', ['--schemas', 'api', '--roles', '']],
])('an empty %s is named', async (option, args) => {
  const name = option === '--roles' ? 'snapshot' : 'inspect'
  const { code, stderr } = await rolecastHere([name, '--db', asAuthenticator(), ...args], project.folder)
  expect([code, stderr]).toEqual([2, `rolecast: ${option} needs at least one name.\n`])
})

test('a role without any right is told the schemas all the same', async () => {
  const args = ['inspect', '--db', postgres.uri, '--schemas', 'api', '--role', 'authenticator']
  const { code, stdout } = await rolecastHere(args, project.folder)
  expect([code, stdout]).toEqual([0, 'authenticator may, in api:\n\nnothing at all.\n\n'])
})

test('names cannot steer a terminal', async () => {
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query('CREATE TABLE api."red\n\u001b[31m" (id int); GRANT SELECT ON api."red\n\u001b[31m" TO anon')
  const args = ['inspect', '--db', postgres.uri, '--schemas', 'api', '--role', 'anon']
  const { stdout } = await rolecastHere(args, project.folder)
  const why = await rolecastHere([...args, '--why', 'api."red\n\u001b[31m".select'], project.folder)
  await client.query('DROP TABLE api."red\n\u001b[31m"')
  await client.end()
  expect(stdout).toMatch(/^ {2}api\.red\\u\{a\}\\u\{1b\}\[31m {2}id {8}-/m)
  expect(why.stdout).toMatch(/^anon may: api\."red\\u\{a\}/)
  expect(stdout + why.stdout).not.toContain('\u001b')
})

test.runIf(existsSync('/dev/full'))('a full disk is told in one line', async () => {
  await using full = await open('/dev/full', 'w')
  const args = [command, 'inspect', '--db', asAuthenticator(), '--schemas', 'api', '--role', 'anon']
  const child = spawn(process.execPath, args, { stdio: ['ignore', full.fd, 'pipe'] })
  const [said, [code]] = await Promise.all([text(child.stderr ?? Readable.from([])), once(child, 'exit')])
  expect([code, said]).toEqual([2, expect.stringMatching(/^rolecast: the output cannot be written: ENOSPC.*\n$/)])
})

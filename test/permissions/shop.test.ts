import { startPostgres } from '@rolecast/embedded'
import { expect, test } from 'vitest'
import { rolecastHere } from '../command/run-command.js'
import { roles, shopFiles } from '../shop/shop.js'

// A few of all changes; `npm run -s bench -- mutants` tries them all.
test('the shop: its tests notice changes of its permissions', { timeout: 240_000 }, async () => {
  await using server = await startPostgres({ sql: shopFiles })
  const args = [
    'test-permissions',
    '--mutate',
    '--json',
    '--limit',
    '40',
    '--schemas',
    'v2,v1',
    '--roles',
    roles.join(','),
  ]
  const { code, stdout } = await rolecastHere([...args, '--db', server.uri], '/')
  const { tests, summary, survivors } = JSON.parse(stdout)
  expect([code, survivors]).toEqual([0, []])
  expect(tests).toBeGreaterThan(600)
  expect(summary.killed).toBeGreaterThan(15)
})

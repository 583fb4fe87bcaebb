import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passwordFromFile } from './password-file.js'

const path = join(mkdtempSync(join(tmpdir(), 'rolecast-connect-')), 'passwords')
const question = { host: 'db', port: 5432, database: 'shop', user: 'ann' }

test.each([
  ['db:5432:shop:ann:first\n*:*:*:*:last\n', {}, 'first'],
  ['# db:5432:shop:ann:comment\ndb:*:*:ann:any port\n', {}, 'any port'],
  ['db:5432:shop:bob:other\n', {}, null],
  ['db:5432:shop:ann:a\\:b\\\\c:rest\n', {}, 'a:b\\c'],
  ['\\:\\:1:5432:shop:ann:six\n', { host: '::1' }, 'six'],
  ['localhost:5432:shop:ann:socket\n', { host: '/tmp' }, 'socket'],
  ['db:5432:a\\*:ann:star\n', { database: 'a*' }, 'star'],
  ['\\*:*:*:*:no wildcard\n', {}, null],
  ['too:few\n', {}, null],
])('%j for %j has %j', (text, other, password) => {
  writeFileSync(path, text)
  chmodSync(path, 0o600)
  expect(passwordFromFile(path, { ...question, ...other })).toBe(password)
})

test('a file that is not there has none, and one that others may read is refused', () => {
  expect(passwordFromFile(`${path}-not`, question)).toBeNull()
  writeFileSync(path, '*:*:*:*:x\n')
  chmodSync(path, 0o640)
  expect(() => passwordFromFile(path, question)).toThrow(/chmod 600/)
})

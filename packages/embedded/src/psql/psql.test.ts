import { describe, expect, test } from 'vitest'
import { readMetaCommand } from './meta-command.js'
import { upSection } from './up-section.js'
import { interpolated } from './variables.js'

test.each([
  [String.raw`\i 'a b.sql'`, { kind: 'include', file: 'a b.sql', isBesideThis: false }],
  [String.raw`\ir tables/one.sql`, { kind: 'include', file: 'tables/one.sql', isBesideThis: true }],
  [String.raw`\set schema api`, { kind: 'set', name: 'schema', value: 'api' }],
  [String.raw`\set ON_ERROR_STOP`, { kind: 'set', name: 'ON_ERROR_STOP', value: '' }],
  [String.raw`\connect -reuse-previous=on "dbname='shop'"`, { kind: 'connect', database: 'shop' }],
  [String.raw`\c shop`, { kind: 'connect', database: 'shop' }],
  [String.raw`\connect -`, { kind: 'connect', database: null }],
  [String.raw`\restrict abc123`, { kind: 'none' }],
  [String.raw`\echo hello`, { kind: 'none' }],
  [String.raw`\gexec`, { kind: 'unknown', name: 'gexec' }],
])('%s', (line, command) => {
  expect(readMetaCommand(line)).toEqual(command)
})

test('variables are put in outside of quotes, comments and bodies', () => {
  const variables = new Map([
    ['schema', 'api'],
    ['who', "O'Hara"],
  ])
  expect(
    interpolated(`CREATE TABLE :schema.t AS SELECT :'who' AS :"who", a::schema, ':who', :none -- :schema`, variables),
  ).toBe(`CREATE TABLE api.t AS SELECT 'O''Hara' AS "O'Hara", a::schema, ':who', :none -- :schema`)
  expect(interpolated('DO $$ BEGIN RAISE NOTICE :schema; END $$', variables)).toContain(':schema')
})

describe('only what goes up is run, on the lines where it was', () => {
  test.each([
    ['-- migrate:up\nUP;\n-- migrate:down\nDOWN;\n'],
    ['-- +goose Up\nUP;\n-- +goose Down\nDOWN;\n'],
    ['-- Up Migration\nUP;\n-- Down Migration\nDOWN;\n'],
  ])('%j', (sql) => {
    expect(upSection(sql)).not.toContain('DOWN')
    expect(upSection(sql).split('\n')).toHaveLength(5)
    expect(upSection(sql).split('\n')[1]).toBe('UP;')
  })
  test('also where it stands below', () => {
    const lines = upSection('-- migrate:down\nDOWN;\n-- migrate:up\nUP;\n').split('\n')
    expect(lines.map((line) => line.trim())).toEqual(['', '', '-- migrate:up', 'UP;', ''])
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { KeyDefinition } from './keys/key-definition.js'
import { keyDefinitions, keyNames, keys } from './keys.js'
import { keysTable } from './keys-table.js'

const manual = new URL('../../../../docs/server.md', import.meta.url)

/** Between these the manual has the table; `UPDATE_DOCS=1` writes it anew. */
function withTable(text: string, origin: KeyDefinition['origin']): string {
  const [begin, end] = [`<!-- keys of ${origin} -->\n`, `\n<!-- end of keys of ${origin} -->`]
  const [before = '', rest = ''] = text.split(begin)
  const [, after] = rest.split(end)
  if (after === undefined) throw new Error(`docs/server.md has no place for the keys of ${origin}.`)
  return `${before}${begin}\n${keysTable(origin)}\n${end}${after}`
}

test('the manual has every key as the table has it', () => {
  const text = readFileSync(manual, 'utf8')
  const wanted = withTable(withTable(text, 'PostgREST'), 'Rolecast')
  if (process.env.UPDATE_DOCS === '1') writeFileSync(manual, wanted)
  else expect(text, 'UPDATE_DOCS=1 npx vitest run packages/server/src/config/keys.test.ts writes it').toBe(wanted)
})

test('no name stands for two keys', () => {
  const names = keyDefinitions.flatMap(({ key, aliases = [], misspellings = [] }) => [key, ...aliases, ...misspellings])
  expect(new Set(names).size).toBe(names.length)
})

describe.each(keyNames)('%s', (name) => {
  const definition: KeyDefinition = keys[name]

  test('is the key in camel case', () => {
    expect(definition.key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())).toBe(name)
  })

  test('has a default of its own type', () => {
    if (definition.default === null) return
    const written =
      definition.type.description === 'octal mode' ? Number(definition.default).toString(8) : definition.default
    expect(definition.type.safeParse(written).data).toEqual(definition.default)
  })

  test('says what its values are and what it is for', () => {
    expect([definition.type.description, definition.description]).toEqual([
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ])
  })
})

/**
 * What PostgREST 16 changes by a reload, by its manual ("List of parameters"). `log-level` is among them since 16; `db-tx-end`,
 * which its manual lists as one of the database's, is not taken from there.
 */
const reloadableInPostgrest = `
  client-error-verbosity db-aggregates-enabled db-anon-role db-channel db-channel-enabled db-config db-pre-config
  db-extra-search-path db-hoisted-tx-settings db-max-rows db-plan-enabled db-pool-automatic-recovery db-pre-request
  db-prepared-statements db-root-spec db-schemas jwt-aud jwt-role-claim-key jwt-secret jwt-secret-is-base64
  jwt-cache-max-entries log-level log-query openapi-mode openapi-security-active server-trace-header
  server-timing-enabled url-use-legacy-target-names`
const fixedInPostgrest = `
  admin-server-host admin-server-port admin-server-unix-socket admin-server-unix-socket-mode db-pool
  db-pool-acquisition-timeout db-pool-max-idletime db-pool-max-lifetime db-tx-end db-uri openapi-server-proxy-uri
  server-cors-allowed-origins server-host server-port server-reuseport server-unix-socket server-unix-socket-mode`
const inPostgrestsDatabase = `
  client-error-verbosity db-aggregates-enabled db-anon-role db-pre-config db-extra-search-path db-hoisted-tx-settings
  db-max-rows db-plan-enabled db-pre-request db-prepared-statements db-root-spec db-schemas jwt-aud jwt-role-claim-key
  jwt-secret jwt-secret-is-base64 jwt-cache-max-entries openapi-mode openapi-security-active openapi-server-proxy-uri
  server-cors-allowed-origins server-trace-header server-timing-enabled url-use-legacy-target-names`

describe("PostgREST's keys are as its manual says", () => {
  const words = (text: string) => text.trim().split(/\s+/).sort()
  const ours = (chosen: (definition: KeyDefinition) => boolean) =>
    keyDefinitions
      .filter((definition) => definition.origin === 'PostgREST' && chosen(definition))
      .map(({ key }) => key)
      .sort()

  test('those that a reload changes', () => {
    expect(ours(({ reloadable }) => reloadable)).toEqual(words(reloadableInPostgrest))
  })

  test('those that it does not', () => {
    expect(ours(({ reloadable }) => !reloadable)).toEqual(words(fixedInPostgrest))
  })

  test('those that the database may set', () => {
    expect(ours(({ inDatabase }) => inDatabase)).toEqual(words(inPostgrestsDatabase))
  })
})

import { introspect } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { narrowingMigration } from '../accept/migration.js'
import { findingsIn } from '../audit.js'
import { AuditContext } from '../context.js'
import { loadLints } from '../load-lints.js'
import { type FormatName, formatNames, loadFormat } from './formats.js'
import type { Report } from './report.js'

/** Names that are markup, commands or comments somewhere. */
const hostile = [
  'a"><img src=x onerror=hacked()>',
  '</script><script>hacked()</script>]]>',
  'x\n::error::%0Ahacked\r\n;--\nDROP ROLE anon;',
  '`|[a](javascript:hacked()) @all #1 *b* {0}',
  'e\u001b[31m\u009b\u202e\u2028\ufffe',
] as const

let server: EmbeddedPostgres
let client: pg.Client
let report: Report

beforeAll(async () => {
  server = await startPostgres({ version: 15 })
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  await client.query('CREATE ROLE authenticator LOGIN; CREATE SCHEMA api')
  for (const name of hostile) {
    const quoted = pg.escapeIdentifier(name)
    await client.query(`
      CREATE ROLE ${quoted} NOLOGIN; GRANT ${quoted} TO authenticator; GRANT USAGE ON SCHEMA api TO ${quoted};
      CREATE TABLE api.${quoted} (${quoted} int, password text); GRANT ALL ON api.${quoted} TO PUBLIC, ${quoted};
      CREATE POLICY ${quoted} ON api.${quoted} TO ${quoted} USING (${quoted} > 0)`)
  }
  const options = { schemas: ['api'], authenticator: 'authenticator', anonymous: hostile[0] }
  const catalog = await introspect(client, { ...options, security: true })
  const lints = await loadLints()
  const context = new AuditContext(catalog, options)
  const findings = findingsIn(context, lints)
  report = {
    context,
    lints,
    findings,
    notes: [hostile[3]],
    failOn: 'error',
    version: '1.2.3',
    date: '2026-11-28',
    file: 'a b.json',
  }
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

const print = async (name: FormatName): Promise<string> => (await loadFormat(name)).print(report)

it.each(formatNames)('%s has nothing that a reader cannot see, and every finding', async (name) => {
  const printed = await print(name)
  expect(printed.match(/[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/gu)).toBeNull()
  for (const { id } of report.findings) expect(printed).toContain(id)
})

it('sarif is of version 2.1.0, and results name their rules', async () => {
  const { version, $schema, runs } = JSON.parse(await print('sarif'))
  expect([version, runs.length]).toEqual(['2.1.0', 1])
  expect($schema).toContain('sarif-schema-2.1.0.json')
  const [{ tool, results, invocations }] = runs
  const { rules } = tool.driver
  expect(new Set(rules.map(({ id }: { id: string }) => id)).size).toBe(rules.length)
  expect(results.length).toBe(report.findings.length)
  for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
    expect(rules[ruleIndex].id).toBe(ruleId)
    expect(['error', 'warning', 'note']).toContain(level)
    expect(message.text).not.toMatch(/(^|[^\\])\[/)
    expect(locations[0].logicalLocations[0].fullyQualifiedName).not.toBe('')
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b.json')
    expect(partialFingerprints['rolecastFinding/v1']).toMatch(/^[0-9a-f]{64}$/)
  }
  expect(invocations[0].executionSuccessful).toBe(true)
})

it('github has one command a line, and none of a name', async () => {
  const lines = (await print('github')).trimEnd().split('\n')
  expect(lines.length).toBe(report.findings.length + 2)
  for (const line of lines)
    expect(line).toMatch(/^::(error|warning|notice) (file=a b\.json,title=[^:,]*)?::(?!.*%0A)[^\r\n]*$|^::notice::/)
})

it('junit is well-formed XML', async () => {
  const xml = await print('junit')
  const text = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '')
    .replace(/<\/?[a-z-]+( [a-z]+="[^"<]*")*\/?>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, '')
  expect(text).not.toMatch(/[<&\ufffe]/)
  const [, failures] = /failures="(\d+)"/.exec(xml) ?? []
  expect(Number(failures)).toBe(xml.match(/<failure /g)?.length)
  expect(xml.match(/<testcase /g)?.length).toBeGreaterThan(report.lints.length)
})

it('markdown keeps names in code, and makes no markup of them', async () => {
  const printed = await print('markdown')
  const tags = /<\/?(?:details|summary|code)>/g
  const plain = printed.replace(/\\.|(`+)(?:.*?[^`])?\1(?!`)/gs, '').replaceAll(tags, '')
  expect(plain).not.toMatch(/[<`*]|\]\(|@(?!&#8203;)/)
  for (const row of printed.match(/^\| .*$/gm) ?? []) expect(row.replace(/\\./g, '').match(/\|/g)?.length).toBe(4)
})

describe('html', () => {
  it('has no element of a name, and a policy that lets nothing else run', async () => {
    const html = await print('html')
    expect(html).not.toMatch(/<img|onerror=hacked\(\)>(?!&)/)
    expect(html.match(/<script\b/g)?.length).toBe(4)
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^ ]+'; script-src('| 'sha256-[^ ]+){3}; /)
    expect(policy).not.toContain('unsafe')
  })
})

it('a migration is executed as it is meant, whatever its comments say', async () => {
  await client.query('BEGIN')
  await client.query(narrowingMigration(report.findings))
  const { rows } = await client.query(
    `SELECT count(*)::int AS open FROM pg_class WHERE relnamespace = 'api'::regnamespace AND NOT relrowsecurity`,
  )
  await client.query('ROLLBACK')
  expect(rows).toEqual([{ open: 0 }])
})

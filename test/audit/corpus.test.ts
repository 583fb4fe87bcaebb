import { isAtLeast } from '@rolecast/audit'
import { describe, expect, it } from 'vitest'
import { corpus, fileOf } from '../real/corpus.js'
import { auditDatabase, countsOf, linesOf } from './audit-database.js'

/** What is truly so in the schemas, at warning or above: `places` has what an extension would bring, the others no policies. */
const expected: Readonly<Record<string, readonly string[]>> = {
  tenants: ['N37'],
  library: [],
  places: ['F01', 'P01', 'S09'],
  warehouse: ['G13', 'P01'],
}

// Schemas that people would call correct: what is found in them is noise, or a mistake of the schema to be mended there.
describe.each(corpus.map((schema) => [schema.name, schema] as const))('%s', (name, schema) => {
  it('has next to no findings', { timeout: 120_000 }, async () => {
    const { findings, policies } = await auditDatabase({
      sql: [fileOf(schema)],
      schemas: schema.schemas,
      authenticator: 'authenticator',
      anonymous: schema.anonymous,
    })
    const warnings = findings.filter(({ severity }) => isAtLeast(severity, 'warning'))
    console.info(`${name}: ${policies} policies; ${countsOf(findings)}; ${warnings.length} of warning or above`)
    if (process.env.ROLECAST_FINDINGS) console.info(linesOf(findings))
    expect(warnings.map(({ id }) => id).sort(), linesOf(warnings)).toEqual(expected[name])
  })
})

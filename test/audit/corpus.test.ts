import { isAtLeast } from '@rolecast/audit'
import { describe, expect, it } from 'vitest'
import { corpus, fileOf } from '../real/corpus.js'
import { auditDatabase, countsOf, linesOf } from './audit-database.js'

/**
 * What is truly so in the schemas, at warning or above: `places` has what an extension would bring, the others no policies.
 * Of `tenants` all but N37 is the platform's: anonymous sign-in, statistics that PUBLIC may read, a vault for service_role.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  tenants: ['N24', 'N31', 'N31', 'N31', 'N37', 'N39', 'N39'],
  library: [],
  places: ['F01', 'P01', 'S09'],
  warehouse: ['G13', 'P01'],
}

// Schemas that people would call correct: what is found in them is noise, or a mistake of the schema to be mended there.
describe.each(corpus.map((schema) => [schema.name, schema] as const))('%s', (name, schema) => {
  it('has next to no findings', { timeout: 120_000 }, async () => {
    const { findings, policies } = await auditDatabase({
      sql: [fileOf(schema)],
      platform: schema.platform,
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

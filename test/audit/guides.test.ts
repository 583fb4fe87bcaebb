import { fileURLToPath } from 'node:url'
import type { Finding } from '@rolecast/audit'
import { expect, it } from 'vitest'
import { auditDatabase, countsOf, linesOf, type Situation } from './audit-database.js'

const file = (name: string): string => fileURLToPath(new URL(`guides/${name}.sql`, import.meta.url))

const guides: readonly Situation[] = [
  {
    sql: [file('production')],
    schemas: ['public', 'api', 'api_v1', 'api_v2'],
    authenticator: 'postgrest',
    anonymous: 'anon',
  },
  { sql: [file('roles-and-jwt')], schemas: ['public'], authenticator: 'authenticator', anonymous: 'anon' },
]

it('finds at least thirty kinds of mistakes in the two guides', { timeout: 120_000 }, async () => {
  const findings: Finding[] = []
  for (const guide of guides) {
    const { findings: found } = await auditDatabase(guide)
    console.info(`${guide.authenticator}: ${countsOf(found)}`)
    if (process.env.ROLECAST_FINDINGS) console.info(linesOf(found))
    findings.push(...found)
  }
  const ids = new Set(findings.map(({ id }) => id))
  console.info(`guides: ${ids.size} kinds: ${[...ids].sort().join(' ')}`)
  expect(ids.size).toBeGreaterThanOrEqual(30)
  // what each guide is known for
  for (const id of ['P01', 'P03', 'P13', 'N05', 'P26', 'F08', 'F10', 'G15', 'P02']) expect(ids).toContain(id)
})

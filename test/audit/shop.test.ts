import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isAtLeast } from '@rolecast/audit'
import { expect, it } from 'vitest'
import { auditDatabase, countsOf, linesOf } from './audit-database.js'

const folder = fileURLToPath(new URL('../../examples/shop/sql/', import.meta.url))
/** Those with data are left out. */
const files = readdirSync(folder).filter((file) => /^[01]\d-.*\.sql$/.test(file))

it('finds nothing above information in the shop', { timeout: 120_000 }, async () => {
  const { findings, policies } = await auditDatabase({
    sql: files.sort().map((file) => folder + file),
    schemas: ['v2', 'v1'],
    authenticator: 'authenticator',
    anonymous: 'anon',
  })
  console.info(`shop: ${policies} policies; ${countsOf(findings)}`)
  if (process.env.ROLECAST_FINDINGS) console.info(linesOf(findings))
  expect(linesOf(findings.filter(({ severity }) => isAtLeast(severity, 'warning')))).toBe('')
})

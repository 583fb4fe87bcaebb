import { isAtLeast } from '@rolecast/audit'
import { expect, it } from 'vitest'
import { auditDatabase, countsOf, linesOf } from './audit-database.js'
import { shopFiles } from './shop-files.js'

it('finds nothing above information in the shop', { timeout: 120_000 }, async () => {
  const { findings, policies } = await auditDatabase({
    sql: shopFiles,
    schemas: ['v2', 'v1'],
    authenticator: 'authenticator',
    anonymous: 'anon',
  })
  console.info(`shop: ${policies} policies; ${countsOf(findings)}`)
  if (process.env.ROLECAST_FINDINGS) console.info(linesOf(findings))
  expect(linesOf(findings.filter(({ severity }) => isAtLeast(severity, 'warning')))).toBe('')
})

import { findingsOfIds } from '../evidence.js'
import { manual, type Point } from '../point.js'

export const requestRate: Point = {
  title: 'One client cannot ask too often',
  judge({ audit: { server }, findings }) {
    const timeouts = findingsOfIds(findings, ['R16']).length === 0 ? 'is set' : 'is not set for each role (R16)'
    const rows =
      server === null
        ? ''
        : ` A response has ${server.dbMaxRows === null ? 'any number of rows (db-max-rows is not set)' : `at most ${server.dbMaxRows} rows`}.`
    return manual(
      `How often a client may ask is bounded in front of the server: look at the proxy. What one request may cost: statement_timeout ${timeouts}.${rows}`,
    )
  },
}

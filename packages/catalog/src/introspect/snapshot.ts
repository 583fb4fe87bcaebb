import type pg from 'pg'

export type Ask = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

/**
 * Runs `work` in one read-only transaction that sees one state of the catalogs throughout. What it sets ends with it.
 */
export async function inSnapshot<Result>(client: pg.ClientBase, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const result = await work(async (sql, values) => (await client.query(sql, values?.slice())).rows)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // a connection that is gone has no transaction left to end: the first error is the one to report
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

import { type Caller, type Outcome, outcomeFunction, type PermissionTest, type Trial } from '@rolecast/audit'
import type pg from 'pg'

/** What is asked of PostgreSQL: statements as a caller, with what the owner does before. */
export interface Asked {
  readonly caller: Caller
  readonly setup: readonly string[]
  readonly statements: readonly string[]
  /** where the statements stop, if one comes out otherwise; null: they all run */
  readonly expected: string | null
  /** the login role asks, and not the caller */
  readonly ofCatalog?: boolean | undefined
}

/** A trial as it is asked, whatever comes of it. */
export const asked = ({ caller, setup, steps }: Trial): Asked => ({
  caller,
  setup,
  statements: steps.map(({ sql }) => sql),
  expected: null,
})

export interface Broken {
  /** index of the test */
  readonly index: number
  readonly outcome: Outcome
}

/** Finds the first of the tests of these numbers that comes out otherwise than expected. */
const brokenFunction = `CREATE FUNCTION pg_temp.first_broken(numbers integer[], OUT index integer, OUT outcome text)
LANGUAGE plpgsql AS $broken$
DECLARE
  test pg_temp.permission_tests;
BEGIN
  FOR test IN
    SELECT t.* FROM unnest(numbers) WITH ORDINALITY AS wanted (number, place)
    JOIN pg_temp.permission_tests t ON t.number = wanted.number ORDER BY place
  LOOP
    outcome := pg_temp.outcome(test.role, test.claims, test.search_path, test.setup, test.statements, test.expected);
    IF NOT (CASE test.expected
      WHEN 'answered' THEN outcome LIKE '% rows'
      WHEN 'not refused' THEN outcome NOT LIKE 'refused%'
      ELSE outcome = test.expected
    END) THEN
      index := test.number;
      RETURN;
    END IF;
  END LOOP;
  outcome := NULL;
END
$broken$`

const batch = 400

/**
 * One connection in one transaction that is never committed. Everything that is made, changed and asked here is gone in the
 * end.
 */
export class Laboratory implements AsyncDisposable {
  private constructor(
    readonly client: pg.ClientBase,
    private readonly searchPath: string,
  ) {}

  /** @throws Error with PostgreSQL's code, where the login role may not make temporary functions */
  static async open(client: pg.ClientBase, searchPath: string): Promise<Laboratory> {
    await client.query('BEGIN')
    await client.query(
      "SET LOCAL lock_timeout = '3s'; SET LOCAL statement_timeout = '60s'; SET LOCAL check_function_bodies = off",
    )
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
    await client.query(outcomeFunction)
    return new Laboratory(client, searchPath)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.query('ROLLBACK').catch(() => {}) // a lost connection has rolled back already
  }

  /** Runs work and undoes it. */
  async undone<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('SAVEPOINT rolecast_undone')
    try {
      return await work()
    } finally {
      await this.client.query('ROLLBACK TO SAVEPOINT rolecast_undone; RELEASE SAVEPOINT rolecast_undone')
    }
  }

  /** Runs a statement; undoes it where it fails. @returns the error, or null */
  async attempt(sql: string): Promise<pg.DatabaseError | null> {
    await this.client.query('SAVEPOINT rolecast_attempt')
    try {
      await this.client.query(sql)
      await this.client.query('RELEASE SAVEPOINT rolecast_attempt')
      return null
    } catch (error) {
      await this.client.query('ROLLBACK TO SAVEPOINT rolecast_attempt; RELEASE SAVEPOINT rolecast_attempt')
      return error as pg.DatabaseError
    }
  }

  /** Asks all, each for itself. */
  async ask(all: readonly Asked[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = []
    for (let from = 0; from < all.length; from += batch) {
      const { rows } = await this.client.query<{ outcome: Outcome }>(
        `SELECT pg_temp.outcome(role, claims, search_path, setup, statements, expected) AS outcome
         FROM jsonb_to_recordset($1::jsonb) AS asked
           (place int, role text, claims text, search_path text, setup text, statements text[], expected text) ORDER BY place`,
        [JSON.stringify(all.slice(from, from + batch).map((item, place) => ({ place, ...this.row(item) })))],
      )
      outcomes.push(...rows.map(({ outcome }) => outcome))
    }
    return outcomes
  }

  /** Puts tests where `firstBroken` finds them, in the place of those before. */
  async load(tests: readonly PermissionTest[]): Promise<void> {
    await this.client.query(`DROP TABLE IF EXISTS pg_temp.permission_tests CASCADE`)
    await this.client.query(
      `CREATE TEMPORARY TABLE permission_tests
        (number int PRIMARY KEY, role text, claims text, search_path text, setup text, statements text[], expected text)`,
    )
    const rows = tests.map((test, number) => ({
      number,
      ...this.row({ ...test, statements: test.steps.map(({ sql }) => sql) }),
    }))
    await this.client.query(
      'INSERT INTO pg_temp.permission_tests SELECT * FROM jsonb_populate_recordset(null::pg_temp.permission_tests, $1::jsonb)',
      [JSON.stringify(rows)],
    )
    await this.client.query('ANALYZE pg_temp.permission_tests')
    await this.client.query(brokenFunction)
  }

  async firstBroken(numbers: readonly number[]): Promise<Broken | null> {
    const { rows } = await this.client.query<{ index: number | null; outcome: Outcome }>(
      'SELECT index, outcome FROM pg_temp.first_broken($1)',
      [numbers],
    )
    const [found] = rows
    return found === undefined || found.index === null ? null : { index: found.index, outcome: found.outcome }
  }

  private row({ caller, setup, statements, expected, ofCatalog = false }: Asked) {
    const claims = JSON.stringify({ ...caller.claims, role: caller.role })
    const before = setup.length === 0 ? null : setup.join(';\n')
    return {
      role: ofCatalog ? 'none' : caller.role,
      claims,
      search_path: this.searchPath,
      setup: before,
      statements,
      expected,
    }
  }
}

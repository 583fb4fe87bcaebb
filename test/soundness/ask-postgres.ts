import type pg from 'pg'
import type { Cell, Outcome } from './cells.js'
import { quote } from './random-database/names.js'

/** Runs statements as whoever calls it, each undone, so that a whole role costs one round trip. */
export const runner = `
  CREATE SCHEMA soundness_runner; GRANT USAGE ON SCHEMA soundness_runner TO PUBLIC;
  CREATE FUNCTION soundness_runner.run(statements text[]) RETURNS SETOF text[] LANGUAGE plpgsql AS $run$
  DECLARE statement text; touched bigint;
  BEGIN
    FOREACH statement IN ARRAY statements LOOP
      BEGIN
        EXECUTE statement;
        GET DIAGNOSTICS touched = ROW_COUNT;
        RAISE EXCEPTION 'done' USING ERRCODE = 'ZZ000';
      EXCEPTION WHEN OTHERS THEN
        IF SQLSTATE = 'ZZ000' THEN RETURN NEXT ARRAY['00000', touched::text];
        ELSE RETURN NEXT ARRAY[SQLSTATE, SQLERRM]; END IF;
      END;
    END LOOP;
  END $run$`

/** What PostgreSQL says to each cell's statement. */
export async function askPostgres(client: pg.Client, role: string, cells: readonly Cell[]): Promise<Outcome[]> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL ROLE ${quote(role)}`)
    const { rows } = await client.query<{ run: [string, string] }>('SELECT soundness_runner.run($1)', [
      cells.map(({ statement }) => statement),
    ])
    return rows.map(({ run: [state, message] }) => ({ state, message }))
  } finally {
    await client.query('ROLLBACK')
  }
}

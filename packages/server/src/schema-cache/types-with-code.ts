import { type QualifiedName, qualifiedName } from '@rolecast/catalog'
import type pg from 'pg'

/**
 * Functions that somebody wrote in SQL or in a procedural language, and internal ones that were given another name. C
 * functions are taken to do no more than their operator or type needs.
 */
const written = `
  SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.oid >= 16384 AND (l.lanname NOT IN ('c', 'internal') OR (l.lanname = 'internal' AND EXISTS (
    SELECT FROM pg_proc b WHERE b.oid < 16384 AND b.prosrc = p.prosrc AND b.provolatile = 'v')))`

/** Functions by whose names SQL of requests calls PostgreSQL's own: one for a nearer type takes their place. */
const called = `'avg', 'count', 'max', 'min', 'sum', 'array_agg', 'json_agg', 'jsonb_agg', 'string_agg', 'row_to_json',
  'to_json', 'to_jsonb', 'json_build_object', 'json_build_array', 'json_strip_nulls', 'json_object_keys', 'substring',
  'length', 'to_tsvector', 'to_tsquery', 'plainto_tsquery', 'phraseto_tsquery', 'websearch_to_tsquery'`

const text = `
  WITH written AS MATERIALIZED (${written}),
  aggregates AS (
    SELECT a.aggfnoid::oid AS oid FROM pg_aggregate a
    WHERE a.aggfnoid >= 16384
      AND EXISTS (SELECT FROM written w WHERE w.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn))
  ),
  touched AS (
    SELECT unnest(ARRAY[o.oprleft, o.oprright]) AS type FROM pg_operator o JOIN written w ON w.oid = o.oprcode
    UNION ALL
    SELECT unnest(ARRAY[m.amproclefttype, m.amprocrighttype]) FROM pg_amproc m JOIN written w ON w.oid = m.amproc
    UNION ALL
    SELECT c.castsource FROM pg_cast c JOIN written w ON w.oid = c.castfunc JOIN pg_type t ON t.oid = c.castsource
    WHERE t.typtype <> 'd' AND (c.castcontext = 'i' OR c.casttarget IN ('json'::regtype, 'jsonb'::regtype))
    UNION ALL
    SELECT unnest(ARRAY[r.rngtypid, r.rngmultitypid]) FROM pg_range r JOIN written w ON w.oid IN (r.rngcanonical, r.rngsubdiff)
    UNION ALL
    SELECT t.oid FROM pg_type t
    JOIN written w ON w.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typsubscript)
    UNION ALL
    SELECT unnest(p.proargtypes::oid[]) FROM pg_proc p
    WHERE p.proname IN (${called}) AND p.oid IN (SELECT oid FROM written UNION ALL SELECT oid FROM aggregates)
  )
  SELECT DISTINCT n.nspname AS schema, t.typname AS name
  FROM touched JOIN pg_type own ON own.oid = touched.type
  JOIN pg_type t ON t.oid = CASE WHEN own.typcategory = 'A' AND own.typelem <> 0 THEN own.typelem ELSE own.oid END
  JOIN pg_namespace n ON n.oid = t.typnamespace`

/**
 * Types whose values run code that somebody wrote when they are read, shown, compared or sorted: by operators, operator
 * classes, casts, aggregates and the type's own functions. Of an array its element type.
 */
export async function readTypesWithCode(client: pg.ClientBase): Promise<ReadonlySet<QualifiedName>> {
  const { rows } = await client.query<{ schema: string; name: string }>(text)
  return new Set(rows.map(({ schema, name }) => qualifiedName(schema, name)))
}

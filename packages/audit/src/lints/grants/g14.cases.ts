import type { LintCases } from '../../lint-cases.fixture.js'

const table = 'CREATE TABLE api.t (id int, name text, note text);'

export const cases: LintCases = {
  id: 'G14',
  positive: [
    {
      sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon; ALTER TABLE api.t ADD COLUMN price int`,
      object: 'api.t.price',
    },
    {
      sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon; ALTER TABLE api.t ADD COLUMN a int, ADD COLUMN b int`,
      object: 'api.t',
    },
  ],
  negative: [
    { sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon` },
    {
      sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon; ALTER TABLE api.t ADD COLUMN price int; GRANT SELECT (price) ON api.t TO app_user`,
    },
  ],
  nearMiss: [
    { sql: `${table} GRANT SELECT (id, note) ON api.t TO anon; ALTER TABLE api.t ADD COLUMN price int` },
    { sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon; ALTER TABLE api.t ADD COLUMN api_key text` },
    {
      sql: `${table} GRANT SELECT (id, name, note) ON api.t TO anon; GRANT SELECT ON api.t TO app_user; ALTER TABLE api.t ADD COLUMN price int`,
    },
  ],
}

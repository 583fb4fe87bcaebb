import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N31',
  positive: [
    {
      sql: `CREATE EXTENSION pg_stat_statements SCHEMA public`,
      object: `public.pg_stat_statements, public.pg_stat_statements_info`,
      role: 'anon',
    },
  ],
  negative: [{ sql: `` }],
  nearMiss: [
    {
      sql: `CREATE EXTENSION pg_stat_statements SCHEMA public; REVOKE ALL ON public.pg_stat_statements, public.pg_stat_statements_info FROM PUBLIC`,
    },
  ],
}

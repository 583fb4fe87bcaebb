import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S06',
  positive: [{ sql: '', schemas: ['api', 'public'], object: 'public' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE TABLE public.t (id int); GRANT SELECT ON public.t TO anon' }],
}

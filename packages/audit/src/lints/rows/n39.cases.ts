import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N39',
  positive: [
    {
      sql: `CREATE SCHEMA storage; CREATE TABLE storage.objects (id int, bucket_id text, owner text); ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON storage.objects FOR SELECT USING (id > 1);`,
      object: `p ON storage.objects`,
    },
    {
      sql: `CREATE SCHEMA vault; CREATE TABLE vault.secrets (id int); GRANT SELECT ON vault.secrets TO app_user`,
      object: `vault.secrets`,
    },
  ],
  negative: [
    {
      sql: `CREATE SCHEMA storage; CREATE TABLE storage.objects (id int, bucket_id text, owner text); ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON storage.objects FOR SELECT USING (bucket_id = 'a');`,
    },
  ],
  nearMiss: [
    { sql: `CREATE SCHEMA vault; CREATE TABLE vault.secrets (id int)` },
    {
      sql: `CREATE SCHEMA storage; CREATE TABLE storage.objects (id int, bucket_id text, owner text); ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON storage.objects USING (false);`,
    },
  ],
}

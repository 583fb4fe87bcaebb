import { commonFiles, keyFolder, keysReadme } from '../parts.js'
import type { Starter } from '../starter.js'

const sql = `-- Two versions of the API: views of the same tables, which are in a schema that is not exposed.

CREATE SCHEMA data AUTHORIZATION api_owner;

SET ROLE api_owner;

CREATE TABLE data.notes (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id uuid NOT NULL DEFAULT auth.uid(),
  title text NOT NULL,
  body text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notes_owner ON data.notes (owner_id);
COMMENT ON TABLE data.notes IS 'Notes: everybody sees and changes their own';
ALTER TABLE data.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE data.notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_read ON data.notes FOR SELECT TO api_v1_user, api_v2_user USING (owner_id = (SELECT auth.uid()));
CREATE POLICY own_insert ON data.notes FOR INSERT TO api_v2_user WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY own_update ON data.notes FOR UPDATE TO api_v2_user
  USING (owner_id = (SELECT auth.uid())) WITH CHECK (owner_id = (SELECT auth.uid()));

-- With the rights of whoever asks, so that the policies above hold. It needs PostgreSQL 15.
CREATE VIEW api_v1.notes WITH (security_invoker = true) AS
  SELECT id, title, title || E'\\n' || body AS text FROM data.notes;
COMMENT ON VIEW api_v1.notes IS 'Notes, as the first version had them';
CREATE VIEW api_v2.notes WITH (security_invoker = true) AS
  SELECT id, title, body, created_at FROM data.notes;
COMMENT ON VIEW api_v2.notes IS 'Notes: everybody sees and changes their own';

-- What everybody may know.
CREATE TABLE api_v2.status (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message text NOT NULL
);
COMMENT ON TABLE api_v2.status IS 'Whether everything works';
ALTER TABLE api_v2.status ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_v2.status FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON api_v2.status FOR SELECT TO anon USING (true);

-- Who uses one version cannot name anything of the other. Views need the columns of the table that they show, too.
GRANT USAGE ON SCHEMA api_v1 TO api_v1_user;
GRANT USAGE ON SCHEMA api_v2 TO api_v2_user, anon;
GRANT EXECUTE ON FUNCTION auth.uid() TO api_v1_user, api_v2_user;
GRANT SELECT ON api_v1.notes TO api_v1_user;
GRANT SELECT (id, title, body) ON data.notes TO api_v1_user;
GRANT SELECT, INSERT (title, body), UPDATE (title, body) ON api_v2.notes TO api_v2_user;
GRANT SELECT (id, title, body, created_at), INSERT (title, body), UPDATE (title, body) ON data.notes TO api_v2_user;
GRANT SELECT ON api_v2.status TO anon;

RESET ROLE;
`

export const versions: Starter = {
  name: 'versions',
  summary: 'two versions of an API side by side, each a schema with a role of its own',
  files: [
    ...commonFiles({
      roles: [
        ['api_v1_user', 'Apps of the first version: they read'],
        ['api_v2_user', 'Apps of the second version'],
      ],
      schemas: ['api_v2', 'api_v1'],
      tokens: keyFolder,
      title: 'Versions of an API',
      readme: `\`api_v1\` and \`api_v2\` are views of the tables in \`data\`, which is not exposed. Requests choose the first version with
\`Accept-Profile: api_v1\`.
A token for \`api_v1_user\` can only use the first version, one for \`api_v2_user\` only the second. It needs PostgreSQL 15 or
later, for views with the rights of whoever asks.

${keysReadme}`,
    }),
    { path: 'migrations/03_notes.sql', content: sql },
  ],
}

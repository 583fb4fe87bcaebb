import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A schema with something to offer and something to hide. */
export const schemaSql = `
CREATE ROLE anon NOLOGIN;
CREATE ROLE app_user NOLOGIN;
CREATE ROLE authenticator LOGIN NOINHERIT PASSWORD 'authenticator';
GRANT anon, app_user TO authenticator;
CREATE SCHEMA api;
GRANT USAGE ON SCHEMA api TO anon, app_user;
CREATE TABLE api.products (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, cost numeric);
COMMENT ON COLUMN api.products.cost IS 'what the supplier asks';
GRANT SELECT (id, name) ON api.products TO anon;
GRANT SELECT, INSERT, UPDATE, DELETE ON api.products TO app_user;
INSERT INTO api.products (name, cost) VALUES ('lamp', 12.5), ('chair', 30);
`

export const config = `import { defineConfig } from 'rolecast'
export default defineConfig({
  database: { sql: ['schema.sql'] },
  schemas: ['api'],
  roles: ['anon', 'app_user'],
  authenticator: 'authenticator',
  out: 'src/api',
})
`

export interface Project extends AsyncDisposable {
  readonly folder: string
  write(path: string, content: string): Promise<string>
}

/** A user's project in a temporary folder. */
export async function makeProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecast-project-'))
  const write = async (path: string, content: string) => {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    return file
  }
  for (const [path, content] of Object.entries(files)) await write(path, content)
  return { folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

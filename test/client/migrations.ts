import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { expect, test } from 'vitest'
import { modelOf } from '../../templates/client/model-of.js'

const before = `
CREATE ROLE someone; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT someone TO authenticator;
CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO someone;
ALTER DEFAULT PRIVILEGES IN SCHEMA api GRANT SELECT ON TABLES TO someone;
CREATE TABLE api.projects (id int PRIMARY KEY, name text);
CREATE TABLE api.tickets (id int PRIMARY KEY, project_id int NOT NULL REFERENCES api.projects, tenant int, no int, parent_id int REFERENCES api.tickets, UNIQUE (tenant, no));
CREATE TABLE api.notes (id int PRIMARY KEY, tenant int, ticket_no int, FOREIGN KEY (tenant, ticket_no) REFERENCES api.tickets (tenant, no));
CREATE TABLE api.labels (id int PRIMARY KEY, label text);
CREATE TABLE api.ticket_labels (ticket_id int REFERENCES api.tickets, label_id int REFERENCES api.labels, PRIMARY KEY (ticket_id, label_id));
CREATE TABLE api.details (ticket_id int PRIMARY KEY REFERENCES api.tickets, text text);
CREATE VIEW api.open_tickets AS SELECT id, project_id, parent_id FROM api.tickets;
CREATE FUNCTION api.first_label(api.tickets) RETURNS SETOF api.labels ROWS 1 STABLE LANGUAGE sql AS 'SELECT * FROM api.labels LIMIT 1';
INSERT INTO api.projects VALUES (1, 'one'); INSERT INTO api.tickets VALUES (1, 1, 1, 1, NULL), (2, 1, 1, 2, 1);
INSERT INTO api.notes VALUES (1, 1, 1); INSERT INTO api.labels VALUES (1, 'new'); INSERT INTO api.ticket_labels VALUES (1, 1);
INSERT INTO api.details VALUES (1, 'x')`

/** Nothing is taken away: keys, tables, junctions and views come in addition. */
const after = `
ALTER TABLE api.tickets ADD moved_from int REFERENCES api.projects, ADD blocked_by_id int REFERENCES api.tickets,
  ADD archived_in_project_id int REFERENCES api.projects, ADD other_no int, ADD owner_id int;
ALTER TABLE api.notes ADD copied_from int, ADD FOREIGN KEY (tenant, copied_from) REFERENCES api.tickets (tenant, no),
  ADD about_id int REFERENCES api.tickets;
ALTER TABLE api.projects ADD first_ticket_id int REFERENCES api.tickets, ADD main_label_id int REFERENCES api.labels;
ALTER TABLE api.details ADD similar_id int UNIQUE REFERENCES api.tickets;
CREATE TABLE api.watched_labels (ticket_id int REFERENCES api.tickets, label_id int REFERENCES api.labels, PRIMARY KEY (ticket_id, label_id));
CREATE TABLE api.members (id int PRIMARY KEY, ticket_id int REFERENCES api.tickets);
CREATE VIEW api.urgent_tickets AS SELECT * FROM api.tickets;
CREATE VIEW api.all_projects AS SELECT * FROM api.projects;
CREATE OR REPLACE VIEW api.open_tickets AS SELECT id, project_id, parent_id, moved_from, blocked_by_id FROM api.tickets`

/** Each relationship by the names that a client has for it, and the request that it makes. */
function requestsOf(surface: Surface): ReadonlyMap<string, string> {
  const relations = modelOf(surface, {}).schemas.flatMap((schema) => schema.relations)
  return new Map(
    relations.flatMap(({ surface: { name }, relationships }) =>
      relationships.map(({ property, target, surface: { request, hint } }) => {
        const meant = hint === null ? request : `${request}!${hint}`
        return [`${name}.${property}`, `/${name}?select=${property}:${meant}(${target.surface.primaryKey[0] ?? 'id'})`]
      }),
    ),
  )
}

test('deployed clients survive what is added to the database, and no name changes', { timeout: 60_000 }, async () => {
  await using postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  const options = { schemas: ['api'], roles: ['someone'] }
  const ask = async (requests: ReadonlyMap<string, string>) => {
    const dbUri = postgres.uriOf({ user: 'authenticator' })
    const server = await createServer({ dbUri, dbSchemas: ['api'], dbAnonRole: 'someone' })
    const answers = new Map<string, unknown>()
    for (const [name, request] of requests) {
      const response = await server.fetch(new Request(`http://localhost${request}`))
      answers.set(name, [request, response.status, await response.json()])
    }
    await server.close()
    return answers
  }
  try {
    await client.query(before)
    const deployed = requestsOf(surfaceOf(await introspect(client, options), 'someone', options))
    expect(deployed.size).toBeGreaterThan(15)
    const answers = await ask(deployed)
    for (const answer of answers.values()) expect(answer).toMatchObject({ 1: 200 })
    await client.query(after)
    expect(await ask(deployed)).toEqual(answers)
    const migrated = requestsOf(surfaceOf(await introspect(client, options), 'someone', options))
    expect(migrated.size).toBeGreaterThan(deployed.size + 10)
    for (const [name, request] of deployed) expect([name, migrated.get(name)]).toEqual([name, request])
    for (const name of migrated.keys()) expect(name).not.toMatch(/\d$/)
  } finally {
    await client.end()
  }
})

import { fileURLToPath } from 'node:url'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTarget, type Target } from './target.js'
import type { Sent } from './wire.js'

let target: Target
let owner: pg.Client
beforeAll(async () => {
  target = await openTarget(
    { dbSchemas: ['ways'], dbAggregatesEnabled: true },
    fileURLToPath(new URL('./residue.sql', import.meta.url)),
  )
  owner = new pg.Client({ connectionString: target.postgres.uri })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await target?.close()
})

const post = (name: string, body: object): Sent => ({ method: 'POST', target: `/${name}`, body: JSON.stringify(body) })
const named = (name: string) => post(name, { id: 1, name: 'a' })

/** Every way on which PostgreSQL runs code of the database's own for a request: objects of residue.sql. */
const ways: Readonly<Record<string, Sent>> = {
  'a view that calls a function': { target: '/of_function' },
  'a view that calls set_config': { target: '/of_set_config' },
  'the condition of a view': { target: '/of_condition' },
  'a view in a view': { target: '/of_subquery' },
  'query_to_xml in a view': { target: '/of_query' },
  'table_to_xml in a view': { target: '/of_table' },
  'schema_to_xml in a view': { target: '/of_schema' },
  'ts_stat in a view': { target: '/of_statistics' },
  'ts_rewrite in a view': { target: '/of_rewriting' },
  'an aggregate in a view': { target: '/of_aggregate' },
  'an aggregate as a window function': { target: '/of_window' },
  'a cast to a domain in a view': { target: '/of_domain' },
  'a cast to an array of a domain': { target: '/of_domains' },
  'json_populate_record in a view': { target: '/of_record' },
  'json_to_recordset with a domain': { target: '/of_typed_list' },
  'a policy': { target: '/guarded' },
  'a policy of the table of a view': { target: '/over_guarded' },
  'a policy that reads a view': { target: '/asking' },
  'a policy of an embedded table': { target: '/plain?select=id,guarded(id)' },
  'a policy of a junction': { target: '/plain?select=id,tags(id)' },
  'a computed field': { target: '/plain?select=computed' },
  'a filter by a computed field': { target: '/plain?computed=neq.x' },
  'an order by a computed field': { target: '/plain?order=computed' },
  'a computed relationship': { target: '/plain?select=id,related(id)' },
  'a filter by an operator': { target: '/priced?price=eq.(1)' },
  'an order by an operator class': { target: '/priced?order=price' },
  'a comparison of arrays': { target: '/price_lists?prices=eq.{(1)}' },
  'an aggregate of the database': { target: '/priced?select=price.sum()' },
  'a cast to json': { target: '/shapes' },
  'an implicit cast': { target: '/marks?mark=like.g*' },
  'a representation': { target: '/coloured' },
  'a trigger of an inheriting table': { method: 'PATCH', target: '/parents?id=eq.1', body: '{"name":"b"}' },
  'a trigger of a partition': named('parted'),
  'the expression of a partition key': named('parted_by'),
  'a check of a partition of a partition': named('parted_twice'),
  'ON UPDATE CASCADE to a table with a check': { method: 'PATCH', target: '/keys?id=eq.1', body: '{"id":101}' },
  'ON DELETE SET NULL to a generated column': { method: 'DELETE', target: '/keys2?id=eq.2' },
  'ON DELETE SET DEFAULT to a function': { method: 'DELETE', target: '/keys3?id=eq.3' },
  'ON DELETE CASCADE over two deferred keys to a trigger': { method: 'DELETE', target: '/keys4?id=eq.4' },
  'ON UPDATE CASCADE to the index of a partition': { method: 'PATCH', target: '/keys5?id=eq.5', body: '{"id":105}' },
  'the expression of an index': named('indexed'),
  'the predicate of an index': named('partly_indexed'),
  'an exclusion constraint': named('excluding'),
  'the operator class of an index': {
    method: 'POST',
    target: '/own_index',
    body: '[{"id":1,"price":{"amount":1}},{"id":2,"price":{"amount":2}}]',
  },
  'a generated column': named('generated'),
  'a check': named('checking'),
  'a default': post('defaulted', { id: 1 }),
  'a default that is set_config': post('setting', { id: 1 }),
  'the check of a policy': named('policed'),
  'a rule': named('ruled'),
  'a trigger of statements with a transition table': named('watched'),
  'a deferred constraint trigger': named('late'),
  'a domain': named('domains'),
  'an array of a domain': post('domain_lists', { id: 1, names: ['a'] }),
  'a domain over a domain': named('domains_again'),
  'a domain over an array': post('list_domains', { id: 1, names: ['a'] }),
  'a domain in a composite type': post('pairs', { id: 1, pair: { left_one: 'a', right_one: 1 } }),
  'a domain in an array of a composite type': post('pair_lists', { id: 1, pairs: [{ left_one: 'a', right_one: 1 }] }),
  'a domain in a range': post('ranges', { id: 1, span: '[1,5)' }),
  'a domain in a multirange': post('multiranges', { id: 1, spans: '{[1,5)}' }),
  'the default of a domain': post('domain_defaults', { id: 1 }),
  'a domain in the row type of a table': post('rows_of_others', { id: 1, other: { id: 1, name: 'a' } }),
}

test.each(Object.entries(ways))('nothing is left by %s', async (_, sent) => {
  const reply = await target.ask(sent)
  expect([200, 201, 204], reply.text).toContain(reply.status)
  const state = await target.ask({ target: '/rpc/state' })
  expect(state.json).toEqual({ tenant: '', locks: 0 })
})

test('each way leaves something where sessions are not reset', async () => {
  const server = await createServer({ ...target.options, dbResetSession: false })
  const ask = async ({ method = 'GET', target: path, body }: Sent) => {
    const headers = { 'Content-Type': 'application/json' }
    const init: RequestInit = body === undefined ? { method } : { method, body: String(body), headers }
    return (await server.fetch(new Request(`http://a${path}`, init))).text()
  }
  try {
    await owner.query('TRUNCATE ways.excluding; INSERT INTO ways.keys VALUES (1); TRUNCATE private.cascading')
    for (const [title, sent] of Object.entries(ways)) {
      if (title.startsWith('ON ')) continue // rows whose keys others follow are gone after the first time
      await ask(sent)
      expect({ title, state: await ask({ target: '/rpc/state' }) }).toMatchObject({
        state: expect.stringMatching('other'),
      })
      await ask(post('rpc/forget', {}))
    }
  } finally {
    await server.close()
  }
})

test.each(['numbered', 'identified'])('what sequences gave is not told to the next: %s', async (name) => {
  expect((await target.ask(post(name, { name: 'a' }))).status).toBe(201)
  expect((await target.ask(post('rpc/last_value', {}))).json).toBeNull()
})

test('functions that are IMMUTABLE and read no settings are not warned of', () => {
  expect(target.log.join('\n')).not.toContain('IMMUTABLE')
})

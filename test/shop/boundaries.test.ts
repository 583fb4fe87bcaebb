import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testedVersions } from '../tested-versions.js'
import { type ApiRole, type Claims, denied, people, person, roles, type Shop, startShop } from './shop.js'

const { ada, ben, mona, olga, paul, rosa } = people

const callers: Readonly<Record<ApiRole, Claims>> = { anon: {}, app_user: ada, manager: mona, tenant_admin: olga }

describe.each(testedVersions)('the roles on PostgreSQL %i', (version) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await startShop(version)
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  /** One statement as a role. */
  const run = (role: ApiRole, claims: Claims, sql: string, values: readonly unknown[] = []) =>
    shop.as(role, claims, (query) => query(sql, values))
  const count = async (role: ApiRole, claims: Claims, from: string): Promise<number> => {
    const [row] = await shop.as(role, claims, (query) => query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`))
    return row?.n ?? -1
  }

  describe('anon', () => {
    test('reads products without what the shop pays, and to whom', async () => {
      const visible = 'id, category_id, slug, name, description, price, stock, sizes, attributes, created_at, search'
      expect(await run('anon', {}, `SELECT ${visible} FROM v2.products`)).toHaveLength(70)
      for (const column of ['cost', 'supplier_id', 'discontinued_at', '*']) {
        await expect(run('anon', {}, `SELECT ${column} FROM v2.products`)).rejects.toMatchObject(denied)
      }
      await expect(run('anon', {}, 'SELECT id FROM v2.products WHERE cost > 1')).rejects.toMatchObject(denied)
      await expect(run('anon', {}, 'SELECT id FROM v2.products ORDER BY cost')).rejects.toMatchObject(denied)
      await expect(run('anon', {}, 'SELECT v2.margin(p) FROM v2.products p')).rejects.toMatchObject(denied)
      await expect(run('anon', {}, 'SELECT * FROM v2.suppliers')).rejects.toMatchObject(denied)
    })

    test('does not see what is no longer sold', async () => {
      expect(await run('anon', {}, "SELECT id FROM v2.products WHERE slug = 'winter-blend'")).toEqual([])
      expect(await count('anon', {}, 'v2.product_tags WHERE product_id = 5')).toBe(0)
      expect(await count('anon', {}, 'v2.bestsellers WHERE id = 5')).toBe(0)
      expect(await count('anon', {}, 'v1.products')).toBe(70)
      expect(await count('manager', mona, 'v2.products')).toBe(72)
    })

    test('sees how often things sold, but no order', async () => {
      expect(await count('anon', {}, 'v2.bestsellers WHERE sold > 0')).toBeGreaterThan(60)
      for (const relation of [
        'v2.orders',
        'v2.lines',
        'v2.profiles',
        'v2.chat',
        'v2.tenants',
        'v1.orders',
        'internal.sold',
      ]) {
        await expect(run('anon', {}, `SELECT * FROM ${relation}`)).rejects.toMatchObject(denied)
      }
    })

    test('finds products by words', async () => {
      const found = await run('anon', {}, "SELECT name FROM v2.search_products('green tea', 3)")
      expect(found).toHaveLength(3)
      expect(found).toContainEqual({ name: 'Sencha' })
    })
  })

  describe('app_user', () => {
    test('sees own orders and their lines, and no others', async () => {
      const [mine] = await shop.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM v2.orders WHERE customer_id = $1',
        [ada.sub],
      )
      expect(mine?.n).toBeGreaterThan(3)
      expect(await count('app_user', ada, 'v2.orders')).toBe(mine?.n)
      expect(await count('app_user', ada, 'v1.orders')).toBe(mine?.n)
      expect(await count('app_user', ada, `v2.orders WHERE customer_id <> '${ada.sub}'`)).toBe(0)
      expect(await count('app_user', ada, 'v2.lines WHERE order_id NOT IN (SELECT id FROM v2.orders)')).toBe(0)
      expect(await count('manager', mona, 'v2.orders')).toBe(160)
    })

    test('sees nothing where claims are missing', async () => {
      for (const relation of ['v2.orders', 'v2.lines', 'v2.chat', 'v2.tasks', 'v2.members', 'v1.account']) {
        expect(await count('app_user', {}, relation)).toBe(0)
      }
    })

    test('orders at the shop\u2019s prices, from the stock', async () => {
      await shop.as('app_user', ada, async (query) => {
        const [stock] = await query<{ stock: number }>('SELECT stock FROM v2.products WHERE id = 14')
        const [placed] = await query<{ id: number; total: string; status: string; customer_id: string }>(
          "SELECT * FROM v2.place_order(ARRAY[(1, 2), (14, 1)]::v2.order_item[], 'Thanks')",
        )
        expect(placed).toMatchObject({ total: '42.70', status: 'open', customer_id: ada.sub })
        expect(await query('SELECT v2.calculate_total($1) AS total', [placed?.id])).toEqual([{ total: '42.70' }])
        expect(await query('SELECT v2.item_count(o) AS n FROM v2.orders o WHERE id = $1', [placed?.id])).toEqual([
          { n: '3' },
        ])
        expect(await query('SELECT stock FROM v2.products WHERE id = 14')).toEqual([{ stock: (stock?.stock ?? 0) - 1 }])
        await query('UPDATE v2.lines SET qty = 4 WHERE order_id = $1 AND product_id = 1', [placed?.id])
        await query('DELETE FROM v2.lines WHERE order_id = $1 AND product_id = 14', [placed?.id])
        expect(await query('SELECT total FROM v2.orders WHERE id = $1', [placed?.id])).toEqual([{ total: '55.60' }])
        expect(await query('SELECT stock FROM v2.products WHERE id = 14')).toEqual([stock])
      })
    })

    test.each([
      ['a price', 'INSERT INTO v2.lines (order_id, product_id, qty, unit_price) VALUES (160, 1, 1, 0.01)'],
      ['a total', 'UPDATE v2.orders SET total = 0'],
      ['a paid order', "UPDATE v2.orders SET status = 'paid' WHERE status = 'open'"],
      ['another\u2019s order', `INSERT INTO v2.orders (customer_id) VALUES ('${person(2)}')`],
      ['a line of another\u2019s order', 'INSERT INTO v2.lines (order_id, product_id, qty) VALUES (1, 1, 1)'],
      ['a product', "UPDATE v2.products SET name = 'mine'"],
      ['another\u2019s profile id', `UPDATE v2.profiles SET id = '${person(2)}'`],
    ])('cannot write %s', async (_, sql) => {
      const [open] = await shop.query<{ customer_id: string }>(
        "SELECT customer_id FROM v2.orders WHERE status = 'open' ORDER BY id DESC LIMIT 1",
      )
      await expect(run('app_user', { sub: open?.customer_id }, sql)).rejects.toMatchObject(denied)
    })

    test('changes, cancels and deletes open orders only', async () => {
      const [open] = await shop.query<{ id: number; customer_id: string }>(
        "SELECT id, customer_id FROM v2.orders WHERE status = 'open' ORDER BY id DESC LIMIT 1",
      )
      const owner = { sub: open?.customer_id }
      const cancel = "UPDATE v2.orders SET status = 'cancelled' RETURNING status"
      const cancelled = await run('app_user', owner, cancel)
      expect(cancelled.length).toBeGreaterThan(0)
      expect(await run('app_user', owner, 'DELETE FROM v2.orders RETURNING id')).toHaveLength(cancelled.length)
      const shipped = "status = 'shipped'"
      expect(await run('app_user', ada, `UPDATE v2.orders SET note = '' WHERE ${shipped} RETURNING id`)).toEqual([])
      expect(await run('app_user', ada, `DELETE FROM v2.orders WHERE ${shipped} RETURNING id`)).toEqual([])
    })

    test('a cancelled order\u2019s things are back in the stock', async () => {
      await shop.as('app_user', ada, async (query) => {
        const stock = () => query('SELECT stock FROM v2.products WHERE id = 2')
        const before = await stock()
        const [placed] = await query<{ id: number }>('SELECT id FROM v2.place_order(ARRAY[(2, 5)]::v2.order_item[])')
        expect(await stock()).not.toEqual(before)
        await query("UPDATE v2.orders SET status = 'cancelled' WHERE id = $1", [placed?.id])
        expect(await stock()).toEqual(before)
      })
    })

    test('cannot order what is gone, what is not there, or nothing', async () => {
      const order = (items: string) => run('app_user', ada, `SELECT v2.place_order(${items})`)
      await expect(order('ARRAY[(5, 1)]::v2.order_item[]')).rejects.toMatchObject({ code: '23503' })
      await expect(order('ARRAY[(1, 100000)]::v2.order_item[]')).rejects.toMatchObject({ code: '23514' })
      await expect(order("'{}'")).rejects.toMatchObject({ code: '22023' })
    })

    test('chats under no name but the own', async () => {
      const send = 'INSERT INTO v2.chat (message_from, message_to, message_subject) VALUES ($1, $2, $3)'
      await run('app_user', ada, send, [ada.sub, ben.sub, 'Hello'])
      await expect(run('app_user', ada, send, [ben.sub, ada.sub, 'I owe you'])).rejects.toMatchObject(denied)
      await shop.as('app_user', ada, async (query) => {
        const sent = 'INSERT INTO v2.chat (message_to, message_subject) VALUES ($1, $2) RETURNING message_from'
        expect(await query(sent, [ben.sub, 'Hello'])).toEqual([{ message_from: ada.sub }])
      })
      expect(await count('app_user', ada, 'v2.chat')).toBeGreaterThan(0)
      expect(await count('app_user', ada, `v2.chat WHERE '${ada.sub}' NOT IN (message_from, message_to)`)).toBe(0)
      await expect(run('manager', mona, 'SELECT * FROM v2.chat')).rejects.toMatchObject(denied)
    })

    test('sees listed profiles and the own, and changes the own', async () => {
      expect(await count('app_user', { sub: person(3) }, 'v2.profiles WHERE NOT listed')).toBe(1)
      expect(await run('app_user', ada, "UPDATE v2.profiles SET city = 'Linz' RETURNING id")).toEqual([{ id: ada.sub }])
      expect(await run('app_user', ada, "UPDATE v1.account SET full_name = 'Ada' RETURNING id")).toEqual([
        { id: ada.sub },
      ])
    })
  })

  describe('tenants', () => {
    const tables = ['tenants', 'members', 'projects', 'tasks']

    test.each(tables)('see their own %s only', async (table) => {
      const key = table === 'tenants' ? 'id' : 'tenant_id'
      for (const member of [ada, rosa]) {
        const own = await run('app_user', member, `SELECT DISTINCT ${key}::text AS tenant FROM v2.${table}`)
        expect(own).toEqual([{ tenant: member.tenant_id }])
      }
      expect(await count('app_user', { sub: person(3) }, `v2.${table}`)).toBe(0)
      expect(await count('tenant_admin', olga, `v2.${table} WHERE ${key} <> 'acme'`)).toBe(0)
    })

    test('write into their own account only', async () => {
      const [foreign] = await shop.query<{ id: number }>("SELECT id FROM v2.projects WHERE tenant_id = 'borealis'")
      await shop.as('app_user', ada, async (query) => {
        const added = "INSERT INTO v2.projects (name) VALUES ('Ours') RETURNING tenant_id"
        expect(await query(added)).toEqual([{ tenant_id: 'acme' }])
      })
      const task = "INSERT INTO v2.tasks (project_id, title) VALUES ($1, 'Theirs')"
      await expect(run('app_user', ada, task, [foreign?.id])).rejects.toMatchObject({ code: '23503' })
      const given = "INSERT INTO v2.projects (tenant_id, name) VALUES ('borealis', 'Theirs')"
      await expect(run('app_user', ada, given)).rejects.toMatchObject(denied)
      await expect(run('app_user', {}, "INSERT INTO v2.projects (name) VALUES ('Nobody\u2019s')")).rejects.toThrow()
      expect(
        await run('app_user', ada, "UPDATE v2.tasks SET title = '' WHERE tenant_id <> 'acme' RETURNING id"),
      ).toEqual([])
    })

    test('are administered by their administrators only', async () => {
      await expect(run('app_user', ada, 'SELECT * FROM v2.invoices')).rejects.toMatchObject(denied)
      await expect(run('app_user', ada, 'DELETE FROM v2.tasks')).rejects.toMatchObject(denied)
      expect(await count('tenant_admin', olga, 'v2.invoices')).toBe(6)
      const hire = 'INSERT INTO v2.members (user_id, title) VALUES ($1, $2) RETURNING tenant_id'
      expect(await run('tenant_admin', paul, hire, [person(4), 'Cook'])).toEqual([{ tenant_id: 'borealis' }])
      expect(await run('tenant_admin', paul, "DELETE FROM v2.projects WHERE tenant_id = 'acme' RETURNING id")).toEqual(
        [],
      )
      expect(await run('tenant_admin', paul, 'DELETE FROM v2.tasks RETURNING id')).toHaveLength(18)
    })
  })

  describe('manager', () => {
    test('sees cost and margin, and changes what is sold', async () => {
      const [row] = await run('manager', mona, 'SELECT cost, v2.margin(p) AS margin FROM v2.products p WHERE id = 1')
      expect(row).toEqual({ cost: '7.10', margin: '48.9' })
      expect(await run('manager', mona, 'UPDATE v2.products SET price = 14 WHERE id = 1 RETURNING id')).toHaveLength(1)
      expect(await run('manager', mona, 'UPDATE v2.products SET price = 14 WHERE id = 5 RETURNING id')).toEqual([])
      await expect(run('manager', mona, 'UPDATE v2.orders SET total = 0')).rejects.toMatchObject(denied)
    })

    test('discontinues a product by function only', async () => {
      const directly = 'UPDATE v2.products SET discontinued_at = now()'
      await expect(run('manager', mona, directly)).rejects.toMatchObject(denied)
      await shop.as('manager', mona, async (query) => {
        await query('SELECT v2.discontinue_product(1)')
        expect(await query('SELECT discontinued_at IS NOT NULL AS gone FROM v2.products WHERE id = 1')).toEqual([
          { gone: true },
        ])
        await expect(query('SELECT v2.discontinue_product(1)')).rejects.toMatchObject({ code: 'P0002' })
      })
      await expect(run('app_user', ada, 'SELECT v2.discontinue_product(1)')).rejects.toMatchObject(denied)
    })

    test('reports sales, the same in every time zone', async () => {
      const report = "SELECT * FROM v2.sales_report('2026-01-01', '2026-01-31')"
      const rows = await run('manager', mona, report)
      expect(rows.map((row) => row.category)).toEqual(['Coffee', 'Garden', 'Kitchen', 'Table', 'Tea'])
      const elsewhere = await shop.as('manager', mona, async (query) => {
        await query("SET LOCAL timezone = 'Pacific/Auckland'")
        return query(report)
      })
      expect(elsewhere).toEqual(rows)
      await expect(run('app_user', ada, report)).rejects.toMatchObject(denied)
    })
  })

  describe('nobody who comes through the API', () => {
    test.each(roles)('as %s reads users, sessions, the secret or the log', async (role) => {
      const hidden = [
        'auth.users',
        'auth.sessions',
        'auth.jwt_secret',
        'audit.log',
        'pg_catalog.pg_authid',
        'internal.sold',
      ]
      for (const relation of hidden) {
        await expect(run(role, callers[role], `SELECT * FROM ${relation}`)).rejects.toMatchObject(denied)
      }
      for (const call of [
        "auth.sign('{}')",
        'auth.uid()',
        `auth.token_of('${person(1)}')`,
        'internal.tenant_of(null)',
      ]) {
        await expect(run(role, callers[role], `SELECT ${call}`)).rejects.toMatchObject(denied)
      }
      const privileges = await shop.query(
        `SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('auth', 'audit') AND c.relkind IN ('r', 'S')
           AND (CASE c.relkind WHEN 'r' THEN has_any_column_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                  OR has_table_privilege($1, c.oid, 'DELETE, TRUNCATE, TRIGGER')
                ELSE has_sequence_privilege($1, c.oid, 'USAGE, SELECT, UPDATE') END)`,
        [role],
      )
      expect(privileges).toEqual([])
    })
  })

  describe('the audit log', () => {
    test('says who inserted, updated and deleted, as which role', async () => {
      await shop.query('BEGIN')
      try {
        await shop.query("SELECT set_config('request.jwt.claims', $1, true)", [
          JSON.stringify({ ...ada, role: 'app_user' }),
        ])
        await shop.query('SET LOCAL ROLE app_user')
        const [placed] = await shop.query<{ id: number }>("INSERT INTO v2.orders (note) VALUES ('one') RETURNING id")
        await shop.query("UPDATE v2.orders SET note = 'two' WHERE id = $1", [placed?.id])
        await shop.query('DELETE FROM v2.orders WHERE id = $1', [placed?.id])
        await shop.query('SET LOCAL ROLE NONE')
        const log = await shop.query(
          `SELECT operation, subject, role, relation, old_data ->> 'note' AS old, new_data ->> 'note' AS new
           FROM audit.log ORDER BY id DESC LIMIT 3`,
        )
        const who = { subject: ada.sub, role: 'app_user', relation: 'v2.orders' }
        expect(log).toEqual([
          { ...who, operation: 'DELETE', old: 'two', new: null },
          { ...who, operation: 'UPDATE', old: 'one', new: 'two' },
          { ...who, operation: 'INSERT', old: null, new: 'one' },
        ])
      } finally {
        await shop.query('ROLLBACK')
      }
    })

    test('keeps no password hash, and sees TRUNCATE', async () => {
      await shop.query('BEGIN')
      try {
        await shop.query('UPDATE auth.users SET blocked_at = now() WHERE id = $1', [ada.sub])
        await shop.query('TRUNCATE v2.orders CASCADE')
        const log = await shop.query(`SELECT operation, subject, role, new_data ? 'password_hash' AS leaked
          FROM audit.log ORDER BY id DESC LIMIT 2`)
        expect(log).toEqual([
          { operation: 'TRUNCATE', subject: null, role: 'postgres', leaked: null },
          { operation: 'UPDATE', subject: null, role: 'postgres', leaked: false },
        ])
      } finally {
        await shop.query('ROLLBACK')
      }
    })
  })
})

import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from './role-database.fixture.js'

describe.each([15, 18] as const)('what the planner and rewriter decide, on PostgreSQL %s', (version) => {
  const { relations, says } = useRoleDatabase(version)
  const secured = (name: string, policies: string) => `CREATE TABLE api.${name} (a int, b int);
    INSERT INTO api.${name} VALUES (1, 1); ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY; ${policies}`

  it('a view’s condition goes with a scan that no policy lets a row of: from 17 on', async () => {
    const view = (name: string) =>
      `CREATE VIEW api.v_${name} WITH (security_invoker) AS SELECT a FROM api.${name} WHERE api.f(b) > 0`
    const of = await relations(`${secured('shut', '')}; ${view('shut')};
      ${secured('never', 'CREATE POLICY p ON api.never USING (b > 0); CREATE POLICY r ON api.never AS RESTRICTIVE USING (1 = 0)')};
      ${view('never')}; ${secured('open', 'CREATE POLICY p ON api.open USING (b > 0)')}; ${view('open')}`)
    for (const name of ['v_shut', 'v_never']) {
      const isAllowed = version >= 17
      expect(await says('anon', `SELECT a FROM api.${name}`)).toBe(isAllowed ? '00000' : '42501')
      expect(of('anon', name)?.select ?? []).toEqual(isAllowed ? ['a'] : [])
      expect(await says('anon', `DELETE FROM api.${name}`)).toBe(isAllowed ? '00000' : '42501')
      expect(of('anon', name)?.delete ?? false).toBe(isAllowed)
    }
    expect(of('anon', 'v_open')?.select).toEqual([])
  })

  it('before 17 a filter brings a scan back that no policy lets a row of, and the view’s volatile columns with it', async () => {
    const of = await relations(`${secured('hidden', '')};
      CREATE VIEW api.v_hidden WITH (security_invoker) AS SELECT a, api.yes() AS x FROM api.hidden;
      CREATE VIEW api.w_hidden AS SELECT a FROM api.v_hidden WHERE a > 0`)
    expect(await says('anon', 'SELECT a FROM api.v_hidden')).toBe('00000')
    expect(of('anon', 'v_hidden')?.select).toEqual(['a'])
    const isAllowed = version >= 17
    expect(await says('anon', 'SELECT a FROM api.v_hidden WHERE a > 0 ORDER BY a')).toBe(isAllowed ? '00000' : '42501')
    expect(of('anon', 'v_hidden')?.filter).toEqual(isAllowed ? ['a'] : [])
    expect(await says('anon', 'SELECT a FROM api.w_hidden')).toBe(isAllowed ? '00000' : '42501')
    expect(of('anon', 'w_hidden')?.select ?? []).toEqual(isAllowed ? ['a'] : [])
    expect(await says('anon', 'UPDATE api.w_hidden SET a = 1')).toBe('00000')
    expect(of('anon', 'w_hidden')?.update).toEqual(['a'])
  })

  it('a view’s condition that is left out is planned all the same: immutable functions are called', async () => {
    const of = await relations(`${secured('closed', '')};
      CREATE VIEW api.v_closed WITH (security_invoker) AS SELECT a FROM api.closed WHERE api.one() > 0`)
    expect(await says('anon', 'SELECT a FROM api.v_closed')).toBe('42501')
    expect(await says('anon', 'UPDATE api.v_closed SET a = 1')).toBe('42501')
    expect(of('anon', 'v_closed')).toBeUndefined()
  })

  it('what CASE, COALESCE and comparisons of constants leave out is never called', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, CHECK (CASE WHEN 1 = 1 THEN true ELSE api.f(a) > 0 END));
      CREATE VIEW api.folded AS SELECT a, CASE WHEN false THEN api.f(a) ELSE 0 END AS x, coalesce(1, api.f(a)) AS y,
        CASE WHEN a > 0 THEN api.f(a) END AS z FROM api.t;
      ${secured('p', 'CREATE POLICY p ON api.p USING (1 = 0 OR NULL IS NOT NULL) WITH CHECK (1 < 2)')}`)
    expect(of('anon', 't')?.insertAlone).toEqual(['a'])
    expect(of('anon', 'folded')?.select).toEqual(['a', 'x', 'y'])
    expect(await says('anon', 'SELECT x, y FROM api.folded')).toBe('00000')
    expect(await says('anon', 'SELECT z FROM api.folded')).toBe('42501')
    expect(of('anon', 'p')?.verdicts).toMatchObject({ select: 'zero-rows', insert: 'unrestricted' })
  })

  it('an immutable function of constants is called while planning, though its result is not needed', async () => {
    const of = await relations(
      `${secured('t', 'CREATE POLICY p ON api.t USING (NOT (api.one() > 0) OR true)')};
      ${secured('u', 'CREATE POLICY p ON api.u USING (true OR api.one() > 0)')}`.replaceAll('.t ', '.planned '),
    )
    expect(await says('anon', 'SELECT a FROM api.planned')).toBe('42501')
    expect(of('anon', 'planned')).toBeUndefined()
    expect(await says('anon', 'SELECT a FROM api.u')).toBe('00000')
    expect(of('anon', 'u')?.select).toEqual(['a', 'b'])
  })

  it('and in an index of what is scanned or written to: by rows, by keys that lead there, and by a materialized view', async () => {
    const table = (name: string) =>
      `CREATE TABLE api.${name} (a int PRIMARY KEY, b int NOT NULL); INSERT INTO api.${name} VALUES (1, 1)`
    const of = await relations(`${table('indexed')}; CREATE INDEX ON api.indexed (b) WHERE a > api.one();
      ${table('named')}; CREATE TABLE api.naming (a int, n int REFERENCES api.named); CREATE INDEX ON api.naming ((n + api.f(2)));
      INSERT INTO api.naming VALUES (1, 1); ALTER TABLE api.naming OWNER TO owner; CREATE INDEX ON api.named (b) WHERE a > 0;
      CREATE MATERIALIZED VIEW api.kept AS SELECT 1 AS a; CREATE INDEX ON api.kept ((a + api.one()))`)
    for (const statement of [
      'SELECT a FROM api.indexed',
      'INSERT INTO api.indexed (a) VALUES (2)',
      'UPDATE api.indexed SET b = 1',
      'DELETE FROM api.indexed',
      'SELECT a FROM api.kept',
      'DELETE FROM api.named',
    ]) {
      expect(await says('anon', statement), statement).toBe('42501')
    }
    expect(of('anon', 'indexed')).toBeUndefined()
    expect(of('anon', 'kept')).toBeUndefined()
    expect(of('anon', 'named')).toMatchObject({
      select: ['a', 'b'],
      insertAlone: ['a', 'b'],
      update: ['b'],
      delete: false,
    })
    expect(of('staff', 'indexed')).toMatchObject({ select: ['a', 'b'], update: ['a', 'b'], delete: true })
  })

  it('and in a CHECK of a partition or inheriting table, where a condition makes the planner look at it', async () => {
    const of =
      await relations(`CREATE TABLE api.parent (a int); CREATE TABLE api.heir (CHECK (api.one() > 0)) INHERITS (api.parent);
      ${secured('above', 'CREATE POLICY p ON api.above USING (a > 0)')};
      CREATE TABLE api.below (CHECK (api.one() > 0)) INHERITS (api.above)`)
    expect(await says('anon', 'SELECT a FROM api.parent')).toBe('00000')
    expect(await says('anon', 'SELECT a FROM api.parent WHERE a > 0')).toBe('42501')
    expect(of('anon', 'parent')).toMatchObject({ select: ['a'], filter: [], filtered: { delete: false } })
    expect(await says('anon', 'SELECT a FROM api.above')).toBe('42501')
    expect(of('anon', 'above')?.select).toEqual([])
    expect(of('staff', 'above')?.filter).toEqual(['a', 'b'])
  })

  it('an update that reaches no row computes generated columns for triggers that are told of the statement', async () => {
    const table = (name: string, trigger: string) => `CREATE TABLE api.${name}
      (a int, b int, g int GENERATED ALWAYS AS (api.f(a)) STORED); ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY; ${trigger}`
    const trigger = (name: string) =>
      `CREATE TRIGGER tr AFTER UPDATE ON api.${name} FOR EACH STATEMENT EXECUTE FUNCTION api.tr()`
    const of = await relations(`${table('plain', '')}; ${table('told', trigger('told'))};
      ${table('off', trigger('off'))}; ALTER TABLE api.off DISABLE TRIGGER tr`)
    for (const name of ['plain', 'told', 'off']) {
      const isAllowed = name === 'plain' && version >= 16
      expect(await says('anon', `UPDATE api.${name} SET a = 1`), name).toBe(isAllowed ? '00000' : '42501')
      expect(await says('anon', `UPDATE api.${name} SET b = 1`), name).toBe('00000')
      expect(of('anon', name)?.update, name).toEqual(isAllowed ? ['a', 'b'] : ['b'])
    }
  })

  it('policies that lead back to themselves are refused, though a constant hides it', async () => {
    const of = await relations(
      secured(
        'r',
        'CREATE POLICY p ON api.r USING (true); CREATE POLICY q ON api.r USING (true OR EXISTS (SELECT FROM api.r))',
      ),
    )
    expect(await says('anon', 'SELECT a FROM api.r')).toBe('42P17')
    expect(of('anon', 'r')).toBeUndefined()
  })

  it('a value is checked by the domains within it; a value left out is not', async () => {
    const of = await relations(`CREATE DOMAIN api.positive AS int CHECK (api.f(VALUE) > 0);
      CREATE TYPE api.pair AS (x int, y api.positive); CREATE DOMAIN api.listed AS int[] CHECK (api.f(VALUE[1]) > 0);
      CREATE TABLE api.c (a int, pair api.pair, list api.positive[]); CREATE TABLE api.d (a int, b api.listed)`)
    expect(of('anon', 'c')).toMatchObject({ insertAlone: ['a'], update: ['a'] })
    expect(await says('anon', `INSERT INTO api.c (pair) VALUES ('(1,2)')`)).toBe('42501')
    expect(await says('anon', `INSERT INTO api.c (list) VALUES ('{1}')`)).toBe('42501')
    expect(await says('anon', 'INSERT INTO api.c (a) VALUES (1)')).toBe('00000')
    expect(of('staff', 'c')?.insertAlone).toEqual(['a', 'pair', 'list'])
    expect(await says('anon', 'INSERT INTO api.d (a) VALUES (1)')).toBe('42501')
    expect(of('anon', 'd')).toMatchObject({ insert: [], update: ['a'] })
    expect(of('staff', 'd')?.insertAlone).toEqual(['a', 'b'])
  })

  it('a rule that does nothing instead leaves nothing to check; a conditional one stops a view', async () => {
    const of = await relations(`CREATE TABLE api.n (a int, g int GENERATED ALWAYS AS (a * 2) STORED);
      CREATE RULE d AS ON DELETE TO api.n DO INSTEAD NOTHING; CREATE RULE i AS ON INSERT TO api.n DO INSTEAD NOTHING;
      CREATE RULE u AS ON UPDATE TO api.n DO INSTEAD NOTHING; CREATE TABLE api.base (a int);
      CREATE VIEW api.stopped AS SELECT a FROM api.base;
      CREATE RULE d AS ON DELETE TO api.stopped WHERE OLD.a > 0 DO INSTEAD NOTHING`)
    expect(await says('owner', 'DELETE FROM api.n')).toBe('00000')
    expect(await says('owner', 'INSERT INTO api.n (a) VALUES (1)')).toBe('00000')
    expect(of('owner', 'n')).toMatchObject({ select: [], insert: [], insertAlone: ['a'], update: ['a'], delete: true })
    expect(await says('anon', 'DELETE FROM api.stopped')).toBe('55000')
    expect(of('anon', 'stopped')).toMatchObject({ delete: false, update: ['a'] })
  })

  it('a missing value stops an insert before a CHECK is prepared, unless a trigger may fill it', async () => {
    const table = (name: string) => `CREATE TABLE api.${name} (a int NOT NULL, b int, CHECK (api.f(b) > 0))`
    const of = await relations(`${table('m')}; ${table('filled')};
      CREATE TRIGGER tr BEFORE INSERT ON api.filled FOR EACH ROW EXECUTE FUNCTION api.tr()`)
    expect(await says('anon', 'INSERT INTO api.m (b) VALUES (1)')).toBe('23502')
    expect(await says('anon', 'INSERT INTO api.m (a) VALUES (1)')).toBe('42501')
    expect(of('anon', 'm')).toMatchObject({ insert: [], insertAlone: ['b'] })
    expect(of('anon', 'filled')?.insertAlone ?? []).toEqual([])
    expect(of('staff', 'filled')).toMatchObject({ insertAlone: ['a', 'b'], maybeRequired: ['a'] })
  })

  it('of a UNION ALL only the columns asked for are computed', async () => {
    const of = await relations(
      `CREATE TABLE api.s (a int); CREATE VIEW api.all AS SELECT a, api.f(a) AS x FROM api.s
      UNION ALL SELECT a, api.f(a) FROM api.s; CREATE VIEW api.distinct AS SELECT a, api.f(a) AS x FROM api.s
      UNION SELECT a, api.f(a) FROM api.s`
        .replace('api.all', 'api."all"')
        .replace('api.distinct', 'api."distinct"'),
    )
    expect(await says('anon', 'SELECT a FROM api."all"')).toBe('00000')
    expect(of('anon', 'all')?.select).toEqual(['a'])
    expect(await says('anon', 'SELECT a FROM api."distinct"')).toBe('42501')
    expect(of('anon', 'distinct')).toBeUndefined()
  })

  it('of a query in FROM, too; a CTE must be one that is put in the place of its name', async () => {
    const inner = (more = '') => `SELECT a, api.f(b) AS x${more} FROM api.based`
    const views: Readonly<Record<string, readonly [text: string, isAllowed: boolean]>> = {
      plain: [`SELECT q.a, q.x FROM (${inner()}) q`, true],
      nested: [`SELECT p.a, p.x FROM (SELECT q.a, q.x FROM (${inner()}) q) p`, true],
      limited: [`SELECT q.a, q.x FROM (${inner()} LIMIT 5) q`, true],
      grouped: [`SELECT q.a, q.x FROM (SELECT a, max(api.f(b)) AS x FROM api.based GROUP BY a) q`, true],
      lateral_one: [`SELECT t.a, q.x FROM api.based t, LATERAL (SELECT api.f(t.b) AS x) q`, true],
      through: [`SELECT t.a, q.x FROM (${inner()}) t, LATERAL (SELECT t.x OFFSET 0) q`, true],
      counted: [`SELECT q.a, count(*) AS x FROM (${inner()}) q GROUP BY q.a`, true],
      filtered: [`SELECT q.a, q.x FROM (${inner()}) q WHERE q.x > 0`, false],
      sorted: [`SELECT q.a, q.x FROM (${inner()} ORDER BY 2) q`, false],
      distinct_one: [`SELECT q.a, q.x FROM (SELECT DISTINCT a, api.f(b) AS x FROM api.based) q`, false],
      joined: [`SELECT t.a, q.x FROM api.based t JOIN (${inner()}) q ON q.x = t.a`, false],
      cte: [`WITH q AS (${inner()}) SELECT q.a, q.x FROM q`, true],
      cte_kept: [`WITH q AS MATERIALIZED (${inner()}) SELECT q.a, q.x FROM q`, false],
      cte_twice: [`WITH q AS (${inner()}) SELECT q.a, q.x FROM q, q AS r`, false],
      cte_twice_put: [`WITH q AS NOT MATERIALIZED (${inner()}) SELECT q.a, q.x FROM q, q AS r`, true],
      cte_volatile: [`WITH q AS (${inner(', random() AS r')}) SELECT q.a, q.x FROM q`, false],
      cte_seems_volatile: [`WITH q AS (${inner()} WHERE true OR random() > 1) SELECT q.a, q.x FROM q`, false],
    }
    const made = Object.entries(views).map(([name, [text]]) => `CREATE VIEW api.of_${name} AS ${text}`)
    const of = await relations(
      `CREATE TABLE api.based (a int, b int); INSERT INTO api.based VALUES (1, 1); ${made.join(';')}`,
    )
    for (const [name, [, isAllowed]] of Object.entries(views)) {
      expect(await says('anon', `SELECT a FROM api.of_${name}`), name).toBe(isAllowed ? '00000' : '42501')
      expect(of('anon', `of_${name}`)?.select.includes('a') ?? false, name).toBe(isAllowed)
      const isRefused = (await says('anon', `SELECT x FROM api.of_${name}`)) === '42501'
      expect(of('anon', `of_${name}`)?.select.includes('x') ?? false, name).toBe(!isRefused)
      expect(of('staff', `of_${name}`)?.select, name).toEqual(['a', 'x'])
    }
  })

  it('rows for an INSTEAD OF trigger carry all columns of queries in FROM along', async () => {
    const of = await relations(`CREATE TABLE api.rows (a int, b int); INSERT INTO api.rows VALUES (1, 1);
      CREATE VIEW api.inside AS SELECT q.a, q.x FROM (SELECT a, api.f(b) AS x FROM api.rows OFFSET 0) q;
      CREATE VIEW api.outside AS SELECT a FROM api.inside;
      CREATE TRIGGER tr INSTEAD OF DELETE ON api.outside FOR EACH ROW EXECUTE FUNCTION api.tr()`)
    expect(await says('anon', 'SELECT a FROM api.outside')).toBe('00000')
    expect(await says('anon', 'DELETE FROM api.outside')).toBe('42501')
    expect(of('anon', 'outside')).toMatchObject({ select: ['a'], delete: false })
    expect(of('staff', 'outside')?.delete).toBe(true)
  })

  it('a column that cannot be null need not be tested, from 17 on, but must be readable all the same', async () => {
    const of = await relations(`CREATE SCHEMA behind; CREATE TABLE behind.full (a int NOT NULL, b int);
      CREATE VIEW api.tested AS SELECT b FROM behind.full WHERE a IS NOT NULL; ALTER VIEW api.tested OWNER TO owner;
      GRANT USAGE ON SCHEMA behind TO owner; GRANT SELECT (b) ON behind.full TO owner`)
    expect(await says('anon', 'SELECT b FROM api.tested')).toBe('42501')
    expect(of('anon', 'tested')).toBeUndefined()
  })

  it('a rule that replaces an update needs the rows of its view, if a view on top chooses some', async () => {
    const of = await relations(`CREATE TABLE api.under (a int, b int); INSERT INTO api.under VALUES (1, 1);
      CREATE TABLE api.elsewhere (a int); CREATE VIEW api.ruled AS SELECT a, b FROM api.under WHERE api.f(b) > 0;
      CREATE RULE r AS ON UPDATE TO api.ruled DO INSTEAD DELETE FROM api.elsewhere;
      CREATE VIEW api.choosing AS SELECT a FROM api.ruled WHERE a > 0; CREATE VIEW api.taking AS SELECT a FROM api.ruled`)
    for (const name of ['choosing', 'taking']) {
      const isAllowed = name === 'taking'
      expect(await says('anon', `UPDATE api.${name} SET a = 1`), name).toBe(isAllowed ? '00000' : '42501')
      expect(of('anon', name)?.update ?? [], name).toEqual(isAllowed ? ['a'] : [])
    }
  })

  it('a rule’s write to an identity column is refused before a missing value is, and before grants', async () => {
    const of = await relations(`CREATE TABLE api.numbers (id int GENERATED ALWAYS AS IDENTITY, a int);
      CREATE TABLE api.wanting (a int NOT NULL, b int); ALTER TABLE api.wanting OWNER TO owner;
      CREATE RULE r AS ON INSERT TO api.wanting DO ALSO UPDATE api.numbers SET id = 7`)
    expect(await says('staff', 'INSERT INTO api.wanting (b) VALUES (1)')).toBe('428C9')
    expect(of('staff', 'wanting')).toMatchObject({ insertAlone: [], update: ['a', 'b'] })
  })
})

import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from '../access/role-database.fixture.js'

describe('what partitions and children add to a write', () => {
  const { relations } = useRoleDatabase(15)

  it('a row put into a partition, or changed in it, is compared with bounds that may be computed', async () => {
    const of = await relations(`CREATE TABLE api.p (a int, b int) PARTITION BY RANGE (api.f(a));
      CREATE TABLE api.p1 PARTITION OF api.p FOR VALUES FROM (0) TO (9) PARTITION BY LIST (b);
      CREATE TABLE api.p11 PARTITION OF api.p1 DEFAULT`)
    for (const name of ['p', 'p1', 'p11']) {
      expect(of('anon', name)).toMatchObject({ insertAlone: [], update: [], delete: true })
      expect(of('staff', name)).toMatchObject({ insertAlone: ['a', 'b'], update: ['a', 'b'], delete: true })
    }
  })

  it('an update or delete of a table reaches the rows of its children, and what their own table asks', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, b int); CREATE TABLE api.child () INHERITS (api.t);
      CREATE INDEX ON api.child (api.f(a)); CREATE TABLE api.u (a int); CREATE TABLE api.grandchild () INHERITS (api.child);
      CREATE TABLE api.checked (CHECK (api.f(a) > 0)) INHERITS (api.u);
      CREATE TRIGGER tr BEFORE DELETE ON api.grandchild FOR EACH ROW WHEN (api.yes()) EXECUTE FUNCTION api.tr();
      CREATE TRIGGER st BEFORE DELETE ON api.checked FOR EACH STATEMENT WHEN (api.yes()) EXECUTE FUNCTION api.tr()`)
    expect(of('anon', 't')).toMatchObject({ insertAlone: ['a', 'b'], update: ['b'], delete: false })
    expect(of('staff', 't')).toMatchObject({ insertAlone: ['a', 'b'], update: ['a', 'b'], delete: true })
    expect(of('anon', 'u')).toMatchObject({ insertAlone: ['a'], update: [], delete: true })
    expect(of('anon', 'checked')).toMatchObject({ delete: false })
  })

  it('an insert into a partitioned table is refused where every partition refuses it', async () => {
    const of = await relations(`CREATE TABLE api.r (a int) PARTITION BY LIST (a);
      CREATE TABLE api.r1 PARTITION OF api.r FOR VALUES IN (1); ALTER TABLE api.r1 ADD CHECK (api.f(a) > 0);
      CREATE TABLE api.s (a int) PARTITION BY LIST (a); CREATE TABLE api.s2 PARTITION OF api.s DEFAULT;
      CREATE TABLE api.s1 PARTITION OF api.s FOR VALUES IN (1); ALTER TABLE api.s1 ADD CHECK (api.f(a) > 0)`)
    expect(of('anon', 'r')?.insertAlone).toEqual([])
    expect(of('staff', 'r')?.insertAlone).toEqual(['a'])
    expect(of('anon', 's')?.insertAlone).toEqual(['a'])
  })

  it('a view cannot take an insert at all while a column that it computes has a default', async () => {
    const of = await relations(`CREATE TABLE api.v0 (a int); CREATE VIEW api.v AS SELECT a, a + 1 AS b FROM api.v0;
      ALTER VIEW api.v ALTER COLUMN b SET DEFAULT 3`)
    expect(of('staff', 'v')).toMatchObject({ insert: [], insertAlone: [], update: ['a'], delete: true })
  })
})

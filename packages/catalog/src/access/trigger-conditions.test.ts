import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from './role-database.fixture.js'

describe('WHEN conditions of triggers, which the role itself evaluates', () => {
  const { relations, says } = useRoleDatabase(15)

  it('UPDATE OF columns limits updates only, not the INSERT and DELETE of the same trigger', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, b int);
      CREATE TRIGGER tr AFTER INSERT OR UPDATE OF b OR DELETE ON api.t FOR EACH ROW WHEN (api.yes()) EXECUTE FUNCTION api.tr()`)
    expect(of('anon', 't')).toMatchObject({ insertAlone: [], update: ['a'], delete: false })
    expect(of('staff', 't')).toMatchObject({ insertAlone: ['a', 'b'], update: ['a', 'b'], delete: true })
  })

  it('a trigger for each statement is run where no row is reached, one for each row is not', async () => {
    const trigger = (name: string, level: string) => `CREATE TABLE api.${name} (a int);
      ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY;
      CREATE TRIGGER tr BEFORE UPDATE OR DELETE ON api.${name} FOR EACH ${level} WHEN (api.yes()) EXECUTE FUNCTION api.tr();`
    const of = await relations(trigger('s', 'STATEMENT') + trigger('r', 'ROW'))
    expect(of('anon', 's')).toMatchObject({ select: ['a'], update: [], delete: false })
    expect(of('anon', 'r')).toMatchObject({ select: ['a'], update: ['a'], delete: true })
  })

  it('a part that is false leaves the others of an AND in, which are prepared one by one', async () => {
    const of = await relations(`CREATE TABLE api.part (a int);
      CREATE TRIGGER tr AFTER INSERT ON api.part FOR EACH ROW WHEN (api.yes() AND false) EXECUTE FUNCTION api.tr();
      CREATE TRIGGER other AFTER UPDATE ON api.part FOR EACH ROW WHEN (api.yes() OR true) EXECUTE FUNCTION api.tr()`)
    expect(await says('anon', 'INSERT INTO api.part (a) VALUES (1)')).toBe('42501')
    expect(of('anon', 'part')).toMatchObject({ insertAlone: [], update: ['a'] })
  })
})

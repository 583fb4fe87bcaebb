import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from '../role-database.fixture.js'

/** `owner` has no USAGE on the schema `kept`, where it owns a table. */
const kept = `CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE kept.parent (id int PRIMARY KEY); INSERT INTO kept.parent VALUES (1);
  ALTER TABLE kept.parent OWNER TO owner;`

describe.each([15, 18] as const)('what foreign keys run as the owners of tables, on PostgreSQL %s', (version) => {
  const { relations, says } = useRoleDatabase(version)

  it('a new key is looked up as the owner of the referenced table, who must be able to', async () => {
    const of = await relations(`${kept} CREATE TABLE api.child (id int, parent int REFERENCES kept.parent, note text);
      CREATE TABLE api.late (parent int REFERENCES kept.parent DEFERRABLE INITIALLY DEFERRED);
      INSERT INTO api.child VALUES (1, NULL, '')`)
    expect(of('staff', 'child')).toMatchObject({ insertAlone: ['id', 'note'], update: ['id', 'note'], delete: true })
    expect(of('staff', 'late')?.insertAlone).toEqual(['parent'])
    expect(await says('staff', 'INSERT INTO api.child (parent) VALUES (1)')).toBe('42501')
    expect(await says('staff', 'UPDATE api.child SET parent = 1')).toBe('42501')
    expect(await says('staff', 'INSERT INTO api.child (id) VALUES (1)')).toBe('00000')
  })

  it.each(['NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL'])(
    'rows that reference a deleted one are found as their own table’s owner: %s',
    async (action) => {
      const name = `parent_${action.replace(' ', '_').toLowerCase()}`
      const of =
        await relations(`CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE api.${name} (id int PRIMARY KEY, note text);
        CREATE TABLE kept.of_${name} (parent int REFERENCES api.${name} ON DELETE ${action});
        ALTER TABLE kept.of_${name} OWNER TO owner; INSERT INTO api.${name} VALUES (1)`)
      expect(of('staff', name)).toMatchObject({ update: ['note'], delete: false })
      expect(await says('staff', `DELETE FROM api.${name}`)).toBe('42501')
      expect(await says('staff', `UPDATE api.${name} SET id = 2`)).toBe('42501')
      expect(await says('staff', `UPDATE api.${name} SET note = ''`)).toBe('00000')
    },
  )

  it.each([
    ['NO ACTION', true, true],
    ['RESTRICT', false, true],
    ['CASCADE', false, true],
    ['SET NULL', false, true],
    ['SET DEFAULT', false, true],
    ['SET NULL ON UPDATE CASCADE', false, false],
    ['NO ACTION ON UPDATE SET DEFAULT', true, false],
  ])('of a deferred key actions do not wait, checks do: %s', async (action, mayDelete, mayUpdate) => {
    const name = `late_${action.replaceAll(' ', '_').toLowerCase()}`
    const of =
      await relations(`CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE api.${name} (id int PRIMARY KEY, note text);
      CREATE TABLE kept.of_${name} (parent int REFERENCES api.${name} ON DELETE ${action} DEFERRABLE INITIALLY DEFERRED);
      ALTER TABLE kept.of_${name} OWNER TO owner; INSERT INTO api.${name} VALUES (1)`)
    expect(of('staff', name)).toMatchObject({ update: mayUpdate ? ['id', 'note'] : ['note'], delete: mayDelete })
    expect(await says('staff', `DELETE FROM api.${name}`)).toBe(mayDelete ? '00000' : '42501')
    expect(await says('staff', `UPDATE api.${name} SET id = 2`)).toBe(mayUpdate ? '00000' : '42501')
  })
})

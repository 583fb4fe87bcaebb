import { indexCatalog, type QualifiedName, type Relation } from '@rolecast/catalog'
import type { Persona, RowDraft, SeedRow } from '../rows/row.js'
import type { World } from '../rows/world.js'
import { primaryKey } from '../rows/world.js'
import { seedSql, updateRow } from './requests.js'

/** What the owner changes before a question, for rows that cannot stand beside those that are there. */
export interface Situation {
  /** `a is among members of b, role guest` */
  readonly label: string
  /** the table that is changed */
  readonly relation: QualifiedName
  readonly setup: readonly string[]
  /** whose rows it makes a difference to; null: to all that the caller may not see otherwise */
  readonly persona: Persona | null
}

/**
 * Three kinds. A row of which there can only be one, so that its variations have to take its place: a profile that is
 * listed. And persona a in a group of b's, in each of the parts that its members may have. And
 * a table whose rows are all seen: what may be changed and deleted is decided by other policies than what is seen, which a
 * statement without a condition does not ask.
 *
 * @param unmade variations that could not be made beside the persona's own row
 */
export function situationsFor(
  world: World,
  made: readonly SeedRow[],
  unmade: readonly RowDraft[],
): readonly Situation[] {
  const { relations } = indexCatalog(world.catalog)
  const own = made.filter(({ varied }) => varied === null)
  return [...new Set(own.map(({ relation }) => relation))]
    .filter((key) => relations.get(key)?.rowSecurity.enabled)
    .map(
      (key): Situation => ({
        label: `all rows of ${relations.get(key)?.name} are seen`,
        relation: key,
        setup: [`CREATE POLICY rolecast_sees_all_rows ON ${key} FOR SELECT USING (true)`],
        persona: null,
      }),
    )
    .concat(
      unmade.flatMap(({ relation: key, persona, varied, columns }): Situation[] => {
        const relation = relations.get(key)
        const row = own.find((item) => item.relation === key && item.persona === persona)
        if (relation === undefined || row === undefined || varied === null) return []
        const id = Object.fromEntries(row.key.map((name) => [name, row.values[name] ?? null]))
        const value = columns[varied]?.[0] ?? null
        const label = `${varied} of ${row.label} is ${value ?? 'null'}`
        return [{ label, relation: key, setup: [updateRow(relation, id, varied, value).sql], persona }]
      }),
      own.flatMap((row) => {
        const relation = relations.get(row.relation)
        const other = own.find((item) => item.relation === row.relation && item.persona === 'a')
        return relation === undefined || other === undefined || row.persona === 'a'
          ? []
          : admitted(world, relation, row, other, made)
      }),
    )
}

/** Persona a where persona b is: a row of b's with what says whose it is from a's. */
function admitted(world: World, relation: Relation, row: SeedRow, other: SeedRow, made: readonly SeedRow[]) {
  const differs = (name: string) => row.values[name] !== other.values[name]
  const referring = relation.constraints.filter(({ kind }) => kind === 'foreign key').flatMap(({ columns }) => columns)
  const isPerson = (name: string) => world.claimOf(row.relation, name) !== undefined && differs(name)
  const isGroup = (name: string) => referring.includes(name) && !isPerson(name) && differs(name)
  const isMembership = [
    primaryKey(relation),
    ...relation.constraints.filter(({ kind }) => kind === 'unique').map(({ columns }) => columns),
    ...relation.indexes.filter(({ unique }) => unique).map(({ columns }) => columns.filter((name) => name !== null)),
  ].some((names) => names.some(isPerson) && names.some(isGroup))
  if (!isMembership) return []
  const values = {
    ...row.values,
    ...world.fresh(row, made).values,
    ...Object.fromEntries(
      Object.keys(row.values)
        .filter(isPerson)
        .map((name) => [name, other.values[name] ?? null]),
    ),
  }
  const parts = relation.columns.flatMap(({ name }) =>
    isPerson(name) || referring.includes(name)
      ? []
      : world.toldApartOf(row.relation, name).map((value): readonly [string, string | null] => [name, value]),
  )
  const situation = (part: Readonly<Record<string, string | null>>): Situation => {
    const said = Object.entries(part).map(([name, value]) => `, ${name} ${value ?? 'null'}`)
    return {
      label: `a is among ${relation.name} of b${said.join('')}`,
      relation: row.relation,
      setup: [seedSql(relation, { ...values, ...part })],
      persona: 'b',
    }
  }
  return parts.length === 0 ? [situation({})] : parts.map(([name, value]) => situation({ [name]: value }))
}

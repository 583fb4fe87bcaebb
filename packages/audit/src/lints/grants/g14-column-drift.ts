import { type Column, qualifiedName, quoteIdentifier, type Relation } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { looksSecret } from '../../sensitive-names.js'

/** Columns were granted one by one; one that was added later is nobody's, and nobody may have meant that. */
export const lint: Lint = {
  id: 'G14',
  severity: 'warning',
  title: 'A column came after the grants of columns',
  nearMiss: 'A column among others that are granted, or one whose name says that it is to be hidden.',
  references: ['CWE-1164'],
  *find({ exposedRelations }) {
    for (const relation of exposedRelations) {
      if (relation.kind === 'view' || relation.kind === 'materialized view') continue
      const later = laterColumns(relation)
      if (later.length === 0) continue
      const key = qualifiedName(relation.schema, relation.name)
      const names = later.map(({ name }) => quoteIdentifier(name)).join(', ')
      const isOne = later.length === 1
      yield {
        object: isOne ? `${key}.${names}` : key,
        message: `No role was granted ${names} of ${key}: look whether ${isOne ? 'it is' : 'they are'} to be hidden, or ${isOne ? 'was' : 'were'} forgotten.`,
        evidence: `Each column before ${isOne ? 'it' : 'them'} was granted one by one, and there is no grant of the whole table but the owner's.`,
        fix: null,
      }
    }
  },
}

/** The last ones, where all before them have grants of their own. */
function laterColumns({ columns, acl, owner }: Relation): readonly Column[] {
  const isGrantedWhole = (acl ?? []).some(({ grantee }) => grantee !== owner)
  const from = columns.findLastIndex(isGranted) + 1
  const [granted, later] = [columns.slice(0, from), columns.slice(from)]
  const isDrift = !isGrantedWhole && granted.length > 1 && granted.every(isGranted)
  return isDrift ? later.filter(({ name, generated }) => !looksSecret(name) && generated === null) : []
}

const isGranted = ({ acl }: Column): boolean => (acl ?? []).length > 0

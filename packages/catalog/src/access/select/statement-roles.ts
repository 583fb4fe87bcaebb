import type { Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { EffectivePrivileges } from '../effective-privileges.js'

/** The roles that one statement is checked for: the one that runs it, and the owners of views that it acts through. */
export class StatementRoles {
  readonly #byRole = new Map<string, EffectivePrivileges>()
  readonly current: EffectivePrivileges

  /** @param role the role that runs the statement */
  constructor(
    readonly index: CatalogIndex,
    role: string,
  ) {
    this.current = this.as(role)
  }

  /** PostgreSQL's answers about a role. */
  as(role: string): EffectivePrivileges {
    const known = this.#byRole.get(role)
    if (known !== undefined) return known
    const privileges = new EffectivePrivileges(this.index, role)
    this.#byRole.set(role, privileges)
    return privileges
  }

  /** Who is checked for what a view reads: its owner, or whoever runs the statement if it is a SECURITY INVOKER view. */
  checkedFor(view: Relation): EffectivePrivileges {
    return view.securityInvoker ? this.current : this.as(view.owner)
  }
}

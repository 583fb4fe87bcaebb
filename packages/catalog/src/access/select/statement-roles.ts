import type { Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { EffectivePrivileges } from '../effective-privileges.js'

/** The roles that one statement is checked for: the one that runs it, and the owners of views that it acts through. */
export class StatementRoles {
  readonly current: EffectivePrivileges
  readonly #others: Map<string, EffectivePrivileges>

  /**
   * @param current the role that runs the statement
   * @param others the roles it acts through as far as they are known; more are added
   */
  constructor(
    readonly index: CatalogIndex,
    current: string | EffectivePrivileges,
    others = new Map<string, EffectivePrivileges>(),
  ) {
    this.current = typeof current === 'string' ? new EffectivePrivileges(index, current) : current
    this.#others = others
  }

  /** PostgreSQL's answers about a role. */
  as(role: string): EffectivePrivileges {
    if (this.current.is(role)) return this.current
    const known = this.#others.get(role)
    if (known !== undefined) return known
    const privileges = new EffectivePrivileges(this.index, role)
    this.#others.set(role, privileges)
    return privileges
  }

  /** Who is checked for what a view reads: its owner, or whoever runs the statement if it is a SECURITY INVOKER view. */
  checkedFor(view: Relation): EffectivePrivileges {
    return view.securityInvoker ? this.current : this.as(view.owner)
  }
}

import type { Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { Answers } from '../effective-privileges.js'

/** The roles that one statement is checked for: the one that runs it, and the owners of views that it acts through. */
export class StatementRoles {
  readonly #answers = new Map<string, Answers>()
  readonly current: Answers

  /** @param role the role that runs the statement */
  constructor(
    readonly index: CatalogIndex,
    role: string,
  ) {
    this.current = this.as(role)
  }

  /** PostgreSQL's answers about a role. */
  as(role: string): Answers {
    const known = this.#answers.get(role)
    if (known !== undefined) return known
    const answers = new Answers(this.index, role)
    this.#answers.set(role, answers)
    return answers
  }

  /** Who is checked for what a view reads: its owner, or whoever runs the statement if it is a SECURITY INVOKER view. */
  checkedFor(view: Relation): Answers {
    return view.securityInvoker ? this.current : this.as(view.owner)
  }
}

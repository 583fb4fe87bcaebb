import type { AppUse, Use } from '@rolecast/audit'
import type { Node } from 'ts-morph'

/** A call of which it cannot be told what it asks. */
export interface Unresolved {
  readonly file: string
  /** from 1 */
  readonly line: number
  readonly reason: string
}

/** Collects what an app's program says. */
export class FoundUsage {
  readonly uses: AppUse[] = []
  readonly unresolved: Unresolved[] = []
  /** how many calls of clients were read: reads, writes and calls of functions, not their further steps */
  calls = 0

  /** @param place how files are named in reports */
  constructor(readonly place: (file: string) => string) {}

  add(roles: readonly string[], ...uses: readonly Use[]): void {
    for (const use of uses) this.uses.push({ roles, use })
  }

  /** @param privileges what it could need, in capitals; null: anything */
  cannotTell(node: Node, roles: readonly string[], reason: string, privileges: readonly string[] | null): undefined {
    const file = this.place(node.getSourceFile().getFilePath())
    const line = node.getStartLineNumber()
    if (!this.unresolved.some((known) => known.file === file && known.line === line)) {
      this.unresolved.push({ file, line, reason })
    }
    this.add(roles, { kind: 'anything', privileges })
  }
}

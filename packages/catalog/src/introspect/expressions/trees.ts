import { readViewTree, type ViewTree } from '../views/view-tree.js'
import { isNode, nodesOf } from './node-tree.js'
import { parseNodeTree } from './parse-node-tree.js'
import { noUses, type TreeUses, usesOfTree } from './tree-dependencies.js'

/** Reads trees as the rows come, keeps what they use, and knows all ids that they named. */
export class Trees {
  readonly functions = new Set<number>()
  readonly sequences = new Set<number | string>()
  readonly relations = new Set<number>()

  /** Several texts count as one expression. */
  uses(...texts: readonly (string | null)[]): TreeUses {
    const trees = texts.flatMap((text) => (text === null ? [] : [parseNodeTree(text)]))
    return trees.length === 0 ? noUses : this.#note(usesOfTree(...trees))
  }

  /** A condition whose parts are prepared one by one (make_ands_implicit): one that is false leaves the others in. */
  conjuncts(text: string | null): TreeUses {
    if (text === null) return noUses
    const tree = parseNodeTree(text)
    const isAnd = isNode(tree) && tree.tag === 'BOOLEXPR' && tree.fields.get('boolop') === 'and'
    return this.#note(usesOfTree(...(isAnd ? nodesOf(tree.fields.get('args')) : [tree])))
  }

  /** A list of expressions, one by one. */
  list(text: string | null): TreeUses[] {
    const list = text === null ? [] : parseNodeTree(text)
    return nodesOf(list).map((tree) => this.#note(usesOfTree(tree)))
  }

  view(action: string): ViewTree | undefined {
    const view = readViewTree(parseNodeTree(action))
    if (view) this.#note(view.uses)
    for (const column of view?.columns ?? []) if (column.origin) this.relations.add(column.origin.relation)
    return view
  }

  #note(uses: TreeUses): TreeUses {
    for (const oid of uses.functions) this.functions.add(oid)
    for (const oid of uses.constantCalls.flat()) this.functions.add(oid)
    for (const oid of uses.foldedFunctions) this.functions.add(oid)
    for (const { sequence } of uses.sequences) this.sequences.add(sequence)
    for (const { relation } of uses.relations) this.relations.add(relation)
    for (const relation of uses.foldedRelations) this.relations.add(relation)
    return uses
  }
}

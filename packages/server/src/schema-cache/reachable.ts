/** A node of a graph: whether it has the property itself, and the nodes from which it gets it. */
export interface GraphNode {
  readonly has: boolean
  readonly from: readonly string[]
}

/** The keys of nodes that have a property, or get it from one that has, in any number of steps. Circles are fine. */
export function reachable(nodes: ReadonlyMap<string, GraphNode>): ReadonlySet<string> {
  const dependents = new Map<string, string[]>()
  for (const [key, { from }] of nodes) {
    for (const source of from) {
      const known = dependents.get(source)
      if (known === undefined) dependents.set(source, [key])
      else known.push(key)
    }
  }
  const found = new Set<string>()
  const waiting = [...nodes].flatMap(([key, { has }]) => (has ? [key] : []))
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (found.has(key)) continue
    found.add(key)
    waiting.push(...(dependents.get(key) ?? []))
  }
  return found
}

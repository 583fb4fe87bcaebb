import type { Comparison, Operand, Path, Segment, Selector, Test } from './path.js'

/** The values that a path leads to, in order (RFC 9535, section 2). */
export function evaluatePath(path: Path, whole: unknown): readonly unknown[] {
  return follow(path.segments, whole, whole)
}

function follow(segments: readonly Segment[], start: unknown, whole: unknown): readonly unknown[] {
  return segments.reduce<readonly unknown[]>(
    (nodes, { descendants, selectors }) =>
      nodes
        .flatMap((node) => (descendants ? withDescendants(node) : [node]))
        .flatMap((node) => selectors.flatMap((selector) => select(selector, node, whole))),
    [start],
  )
}

function withDescendants(node: unknown): unknown[] {
  return [node, ...children(node).flatMap(withDescendants)]
}

function children(node: unknown): readonly unknown[] {
  if (Array.isArray(node)) return node
  return typeof node === 'object' && node !== null ? Object.values(node) : []
}

function select(selector: Selector, node: unknown, whole: unknown): readonly unknown[] {
  switch (selector.kind) {
    case 'wildcard':
      return children(node)
    case 'filter':
      return children(node).filter((child) => holds(selector.test, child, whole))
    case 'name':
      return typeof node === 'object' && node !== null && !Array.isArray(node) && Object.hasOwn(node, selector.name)
        ? [(node as Record<string, unknown>)[selector.name]]
        : []
    case 'index': {
      if (!Array.isArray(node)) return []
      const index = selector.index < 0 ? node.length + selector.index : selector.index
      return index >= 0 && index < node.length ? [node[index]] : []
    }
    case 'slice':
      return Array.isArray(node) ? slice(node, selector) : []
  }
}

type Slice = Extract<Selector, { kind: 'slice' }>

function slice(items: readonly unknown[], { start, end, step }: Slice): unknown[] {
  const { length } = items
  const result: unknown[] = []
  const absolute = (position: number) => (position < 0 ? length + position : position)
  if (step > 0) {
    const stop = Math.min(absolute(end ?? length), length)
    for (let at = Math.max(absolute(start ?? 0), 0); at < stop; at += step) result.push(items[at])
  } else if (step < 0) {
    const stop = Math.max(end === null ? -1 : absolute(end), -1)
    for (let at = Math.min(absolute(start ?? length - 1), length - 1); at > stop; at += step) result.push(items[at])
  }
  return result
}

function holds(test: Test, node: unknown, whole: unknown): boolean {
  switch (test.kind) {
    case 'or':
      return test.tests.some((one) => holds(one, node, whole))
    case 'and':
      return test.tests.every((one) => holds(one, node, whole))
    case 'not':
      return !holds(test.test, node, whole)
    case 'exists':
      return nodesAt(test.path, node, whole).length > 0
    case 'compare':
      return compare(test.operator, evaluate(test.left, node, whole), evaluate(test.right, node, whole))
    case 'match':
    case 'search': {
      const text = evaluate(test.text, node, whole)
      const pattern = evaluate(test.pattern, node, whole)
      return typeof text === 'string' && typeof pattern === 'string' && fits(test.kind, text, pattern)
    }
  }
}

function fits(kind: 'match' | 'search', text: string, pattern: string): boolean {
  try {
    return new RegExp(kind === 'match' ? `^(?:${pattern})$` : pattern, 'u').test(text)
  } catch {
    return false
  }
}

function nodesAt({ root, segments }: Path, node: unknown, whole: unknown): readonly unknown[] {
  return follow(segments, root === '$' ? whole : node, whole)
}

/** undefined: nothing */
function evaluate(operand: Operand, node: unknown, whole: unknown): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value
    case 'value': {
      const nodes = nodesAt(operand.path, node, whole)
      return nodes.length === 1 ? nodes[0] : undefined
    }
    case 'count':
      return nodesAt(operand.path, node, whole).length
    case 'length': {
      const value = evaluate(operand.of, node, whole)
      if (typeof value === 'string') return [...value].length
      return typeof value === 'object' && value !== null ? children(value).length : undefined
    }
  }
}

function compare(operator: Comparison, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return areEqual(left, right)
    case '!=':
      return !areEqual(left, right)
    case '<':
      return isLess(left, right)
    case '>':
      return isLess(right, left)
    case '<=':
      return isLess(left, right) || areEqual(left, right)
    case '>=':
      return isLess(right, left) || areEqual(left, right)
  }
}

function areEqual(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right
  const [own, other] = [Object.entries(left), Object.entries(right)]
  return (
    Array.isArray(left) === Array.isArray(right) &&
    own.length === other.length &&
    own.every(([key, value]) => Object.hasOwn(right, key) && areEqual(value, (right as Record<string, unknown>)[key]))
  )
}

function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right
  return typeof left === 'string' && typeof right === 'string' && left < right
}

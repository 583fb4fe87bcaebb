import { foldNode } from './fold-node.js'
import type { NodeValue } from './node-tree.js'

export class NodeTreeError extends Error {
  override name = 'NodeTreeError'
}

interface OpenNode {
  tag: string
  fields: Map<string, NodeValue>
  field: string | undefined
}
type OpenList = NodeValue[]

/**
 * Parses the text form of a tree (src/backend/nodes/outfuncs.c prints it): `{TAG :field value ...}`, lists in
 * parentheses, everything else tokens that end at white space or a bracket and in which a backslash protects the next
 * character. Without recursion, so that an expression of any depth is read. Nodes that constants decide come folded, as
 * the planner would have them, so that nothing is asked about what is never evaluated. Bitmapsets and lists of numbers come as lists
 * whose first item is their letter (`b`, `i`, `o`, `x`); a string in a list keeps its opening quote.
 *
 * @throws NodeTreeError on text that is no tree
 */
export function parseNodeTree(text: string): NodeValue {
  const stack: (OpenNode | OpenList)[] = []
  let result: NodeValue | undefined
  let position = 0

  const skipSpace = () => {
    while (position < text.length && isSpace(text.charCodeAt(position))) position += 1
  }
  const readToken = (): string => {
    const start = position
    let hasEscape = false
    for (; position < text.length; position += 1) {
      const code = text.charCodeAt(position)
      if (code === backslash) {
        hasEscape = true
        position += 1
      } else if (isSpace(code) || isBracket(code)) break
    }
    const token = text.slice(start, position)
    return hasEscape ? token.replace(/\\(.)/gs, '$1') : token
  }
  const give = (value: NodeValue) => {
    const open = stack.at(-1)
    if (open === undefined) result = value
    else if (Array.isArray(open)) open.push(value)
    else {
      if (open.field === undefined) throw new NodeTreeError(`A value without a field at ${position}`)
      open.fields.set(open.field, value)
      if (open.field === 'constvalue' && value !== null) skipBytes(open.fields)
      open.field = undefined
    }
  }
  /** A constant's value is its length and its bytes in square brackets: `4 [ 1 0 0 0 0 0 0 0 ]` */
  const skipBytes = (fields: Map<string, NodeValue>) => {
    const start = text.indexOf('[', position)
    const end = text.indexOf(']', start)
    if (start < 0 || end < 0) throw new NodeTreeError(`A constant without bytes at ${position}`)
    fields.set(
      'constvalue',
      text
        .slice(start + 1, end)
        .trim()
        .split(' '),
    )
    position = end + 1
  }

  for (skipSpace(); position < text.length; skipSpace()) {
    const character = text[position]
    if (character === '{') {
      position += 1
      stack.push({ tag: readToken(), fields: new Map(), field: undefined })
    } else if (character === '(') {
      position += 1
      stack.push([])
    } else if (character === '}' || character === ')') {
      position += 1
      const closed = stack.pop()
      if (closed === undefined || Array.isArray(closed) !== (character === ')')) {
        throw new NodeTreeError(`Unexpected ${character} at ${position}`)
      }
      give(Array.isArray(closed) ? closed : foldNode({ tag: closed.tag, fields: closed.fields }))
    } else {
      const isNull = text.startsWith('<>', position)
      const token = readToken()
      const open = stack.at(-1)
      if (open !== undefined && !Array.isArray(open) && open.field === undefined) open.field = token.slice(1)
      else give(isNull ? null : token)
    }
  }
  if (stack.length > 0 || result === undefined) throw new NodeTreeError('The tree ends before it is complete.')
  return result
}

const backslash = 0x5c
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x09
const isBracket = (code: number) => code === 0x28 || code === 0x29 || code === 0x7b || code === 0x7d

import { type Literal, type QueryListener, type WalkedRequest, walkRequest } from './walk-query.js'

/**
 * A request taken apart: `key` is everything that decides the statement, `literals` is the rest. Two requests with the
 * same key have the same plan and the same statement.
 */
export interface Shape {
  readonly key: string
  readonly literals: readonly Literal[]
}

export function shapeOf(request: WalkedRequest): Shape {
  const shape = new ShapeListener()
  walkRequest(request, shape)
  return shape
}

class ShapeListener implements QueryListener, Shape {
  key = ''
  readonly literals: Literal[] = []

  structure(text: string): void {
    this.key += text
  }

  literal(value: Literal): void {
    this.literals.push(value)
    this.key += '?'
  }
}

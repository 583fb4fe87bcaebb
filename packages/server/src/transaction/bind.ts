import { arrayLiteral } from '@rolecast/grammar'
import type { Parameter } from '../compile/statement.js'
import { invariant } from '../invariant.js'
import type { Payload } from '../parse/payload.js'
import type { Slot } from '../plan/plan.js'
import type { Literal } from '../plan/walk-query.js'
import type { BoundValue } from '../postgres/bound-value.js'

/** The parameters of one request for a statement of its shape. */
export function bindParameters(
  parameters: readonly Parameter[],
  literals: readonly Literal[],
  payload: Payload | null,
): BoundValue[] {
  return parameters.map((parameter) => bindOne(parameter, literals, payload))
}

function bindOne(parameter: Parameter, literals: readonly Literal[], payload: Payload | null): BoundValue {
  switch (parameter.from) {
    case 'literal': {
      const literal = literalAt(literals, parameter.slot)
      if (parameter.form === 'list') return typeof literal === 'string' ? literal : listOf(literal)
      const text = typeof literal === 'string' ? literal : arrayLiteral([...literal])
      return parameter.form === 'pattern' ? text.replaceAll('*', '%') : text
    }
    case 'limit': {
      const limit = String(literalAt(literals, parameter.slot))
      return parameter.maximum !== null && BigInt(limit) > BigInt(parameter.maximum) ? String(parameter.maximum) : limit
    }
    case 'variadic':
      return arrayLiteral(parameter.slots.map((slot) => String(literalAt(literals, slot))))
    case 'body': {
      const content = payload === null || payload.kind === 'form' ? '' : payload.content
      if (typeof content === 'string') return parameter.binary ? Buffer.from(content) : content
      const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
      return parameter.binary ? bytes : bytes.toString()
    }
  }
}

function literalAt(literals: readonly Literal[], slot: Slot): Literal {
  const literal = literals[slot]
  invariant(literal !== undefined, `a statement takes literal ${slot} of a request that has ${literals.length}`)
  return literal
}

/** `in.()` has no value, not an empty one. */
function listOf(values: readonly string[]): string {
  return values.length === 1 && values[0] === '' ? '{}' : arrayLiteral([...values])
}

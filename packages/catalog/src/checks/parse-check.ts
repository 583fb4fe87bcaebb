import { quoteIdentifier } from '../postgres/names.js'
import { type CheckExpression, unknown } from './check-expression.js'
import { isKeyWord, type Token, tokensOf } from './tokens.js'

/**
 * Reads a CHECK as `pg_get_expr` prints it with an empty search path, where each operator stands in parentheses of its
 * own. Parts that it does not know are `unknown`: so is the whole, if the text has another form.
 */
export function parseCheck(text: string): CheckExpression {
  const tokens = tokensOf(text)
  if (tokens === null) return unknown
  try {
    const parser = new Parser(tokens)
    const expression = parser.expression()
    return parser.isAtEnd ? expression : unknown
  } catch (error) {
    if (error instanceof UnknownForm) return unknown
    throw error
  }
}

class UnknownForm extends Error {}

/** Deeper ones are left to PostgreSQL. */
const maximumDepth = 200

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>='])
const typeWords: ReadonlySet<string> = new Set(['varying', 'precision', 'with', 'without', 'time', 'zone'])

class Parser {
  readonly #tokens: readonly Token[]
  #position = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get isAtEnd(): boolean {
    return this.#position === this.#tokens.length
  }

  expression(): CheckExpression {
    if (++this.#depth > maximumDepth) throw new UnknownForm()
    const result = this.#list('or', () => this.#list('and', () => this.#negation()))
    this.#depth--
    return result
  }

  #list(kind: 'and' | 'or', operand: () => CheckExpression): CheckExpression {
    const operands = [operand()]
    while (this.#takes('word', kind.toUpperCase())) operands.push(operand())
    const [only] = operands
    return operands.length === 1 && only !== undefined ? only : { kind, operands }
  }

  #negation(): CheckExpression {
    return this.#takes('word', 'NOT') ? { kind: 'not', operand: this.#negation() } : this.#comparison()
  }

  #comparison(): CheckExpression {
    let left = this.#operation()
    for (;;) {
      if (this.#takes('word', 'IS')) left = this.#test(left)
      else if (comparisons.has(this.#operatorAhead() ?? '')) left = this.#binary(left, () => this.#operation())
      else return left
    }
  }

  #operation(): CheckExpression {
    let left = this.#postfix()
    while (this.#operatorAhead() !== null && !comparisons.has(this.#operatorAhead() ?? '')) {
      left = this.#binary(left, () => this.#postfix())
    }
    return left
  }

  #binary(left: CheckExpression, operand: () => CheckExpression): CheckExpression {
    const operator = this.#next().text
    const quantifier = this.#takes('word', 'ANY') ? 'any' : this.#takes('word', 'ALL') ? 'all' : null
    if (quantifier === null) return { kind: 'operator', operator, left, right: operand() }
    this.#expect('(')
    const list = this.expression()
    this.#expect(')')
    return { kind: 'quantified', operator, quantifier, left, list }
  }

  #test(operand: CheckExpression): CheckExpression {
    const negated = this.#takes('word', 'NOT')
    if (this.#takes('word', 'DISTINCT')) {
      if (!this.#takes('word', 'FROM')) throw new UnknownForm()
      const distinct: CheckExpression = { kind: 'distinct', left: operand, right: this.#operation() }
      return negated ? { kind: 'not', operand: distinct } : distinct
    }
    for (const what of ['null', 'true', 'false', 'unknown'] as const) {
      if (this.#takes('word', what.toUpperCase())) return { kind: 'is', what, negated, operand }
    }
    throw new UnknownForm()
  }

  #postfix(): CheckExpression {
    let operand = this.#primary()
    for (;;) {
      if (this.#takes('mark', '::')) {
        const type = this.#type()
        operand =
          operand.kind === 'constant' && operand.type === null ? { ...operand, type } : { kind: 'cast', type, operand }
      } else if (this.#takes('word', 'COLLATE')) {
        this.#name()
        operand = unknown
      } else if (this.#takes('mark', '[')) {
        this.#skipTo(']')
        operand = unknown
      } else if (this.#takes('mark', '.')) {
        this.#next()
        operand = unknown
      } else return operand
    }
  }

  #primary(): CheckExpression {
    const token = this.#next()
    switch (token.kind) {
      case 'string':
        return { kind: 'constant', value: token.text, type: null }
      case 'number':
        return { kind: 'constant', value: token.text, type: 'numeric' }
      case 'operator':
        this.#postfix() // of one operand
        return unknown
      case 'quoted':
        return this.#column(token)
      case 'word':
        return this.#word(token)
      case 'mark': {
        if (token.text !== '(') throw new UnknownForm()
        const inner = this.expression()
        this.#expect(')')
        return inner
      }
    }
  }

  #word(token: Token): CheckExpression {
    switch (token.text) {
      case 'NULL':
        return { kind: 'constant', value: null, type: null }
      case 'true':
      case 'false':
        return { kind: 'constant', value: token.text, type: 'boolean' }
      case 'VALUE':
        return { kind: 'value' }
      case 'ARRAY':
        this.#expect('[')
        return { kind: 'list', items: this.#items(']') }
      case 'CASE':
        this.#skipCase()
        return unknown
      case 'TRIM':
        return this.#trim()
      case 'POSITION':
        return this.#positionOf()
      default:
        return this.#column(token)
    }
  }

  /** A column, or a call of one of PostgreSQL's own functions, whose names need no schema. */
  #column(token: Token): CheckExpression {
    if (this.#isAhead('mark', '.')) {
      this.#next()
      this.#next() // a function of a schema, or a column of a row
      if (this.#takes('mark', '(')) this.#skipTo(')')
      return unknown
    }
    if (!this.#takes('mark', '(')) {
      return isKeyWord(token) ? unknown : { kind: 'column', name: token.text }
    }
    const { text } = token
    if (isKeyWord(token) && text !== 'COALESCE') {
      this.#skipTo(')')
      return unknown
    }
    return { kind: 'call', function: text.toLowerCase(), arguments: this.#items(')') }
  }

  /** `TRIM(BOTH FROM name)` */
  #trim(): CheckExpression {
    this.#expect('(')
    for (const [word, name] of [
      ['BOTH', 'btrim'],
      ['LEADING', 'ltrim'],
      ['TRAILING', 'rtrim'],
    ] as const) {
      // biome-ignore format: a table
      if (!this.#takes('word', word)) continue
      if (!this.#takes('word', 'FROM')) break
      return { kind: 'call', function: name, arguments: this.#items(')') }
    }
    this.#skipTo(')')
    return unknown
  }

  /** `POSITION(('@'::text) IN (email))` */
  #positionOf(): CheckExpression {
    this.#expect('(')
    const part = this.#postfix()
    if (!this.#takes('word', 'IN')) throw new UnknownForm()
    const text = this.#postfix()
    this.#expect(')')
    return { kind: 'call', function: 'strpos', arguments: [text, part] }
  }

  #items(end: string): CheckExpression[] {
    const items: CheckExpression[] = []
    if (this.#takes('mark', end)) return items
    do {
      if (this.#takes('word', 'VARIADIC')) throw new UnknownForm()
      items.push(this.expression())
    } while (this.#takes('mark', ','))
    this.#expect(end)
    return items
  }

  /** A type as `format_type` prints it. */
  #type(): string {
    let type = this.#name()
    while (this.#takes('mark', '.')) type += `.${this.#name()}`
    for (;;) {
      const { kind, text } = this.#tokens[this.#position] ?? { kind: 'mark', text: '' }
      if (kind === 'word' && typeWords.has(text)) type += ` ${this.#next().text}`
      else if (text === '(' && this.#tokens[this.#position + 1]?.kind === 'number') type += this.#modifier()
      else if (this.#takes('mark', '[')) {
        this.#expect(']')
        type += '[]'
      } else return type
    }
  }

  #modifier(): string {
    let text = ''
    for (let token = this.#next(); token.text !== ')'; token = this.#next()) text += token.text
    return `${text})`
  }

  #name(): string {
    const { kind, text } = this.#next()
    if (kind !== 'word' && kind !== 'quoted') throw new UnknownForm()
    return kind === 'quoted' ? quoteAlways(text) : text
  }

  #skipCase(): void {
    for (let depth = 1; depth > 0; ) {
      const { kind, text } = this.#next()
      if (kind === 'word' && text === 'CASE') depth++
      if (kind === 'word' && text === 'END') depth--
    }
  }

  /** Over the end of a list whose beginning is read already. */
  #skipTo(end: string): void {
    for (let depth = 1; depth > 0; ) {
      const { kind, text } = this.#next()
      if (kind === 'mark' && (text === '(' || text === '[')) depth++
      if (kind === 'mark' && (text === ')' || text === ']')) depth--
      if (depth === 0 && text !== end) throw new UnknownForm()
    }
  }

  #operatorAhead(): string | null {
    const token = this.#tokens[this.#position]
    return token?.kind === 'operator' ? token.text : null
  }

  #isAhead(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#position]
    return token?.kind === kind && token.text === text
  }

  #takes(kind: Token['kind'], text: string): boolean {
    const isThere = this.#isAhead(kind, text)
    if (isThere) this.#position++
    return isThere
  }

  #expect(mark: string): void {
    if (!this.#takes('mark', mark)) throw new UnknownForm()
  }

  #next(): Token {
    const token = this.#tokens[this.#position++]
    if (token === undefined) throw new UnknownForm()
    return token
  }
}

const quoteAlways = (name: string) => {
  const quoted = quoteIdentifier(name)
  return quoted.startsWith('"') ? quoted : `"${name}"`
}

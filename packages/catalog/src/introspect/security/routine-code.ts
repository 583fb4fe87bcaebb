import type { RoutineCode, SettingUse, SettingWrite } from '../../model/security.js'
import { type QualifiedName, qualifiedName } from '../../postgres/names.js'
import { claimOfBody } from './claim-of-body.js'
import { type SqlToken, tokensOf } from './sql-tokens.js'

/** The names that a body may mention, by the name without its schema. */
export interface KnownNames {
  readonly relations: ReadonlyMap<string, readonly QualifiedName[]>
  readonly routines: ReadonlyMap<string, readonly QualifiedName[]>
}

const unreadable: RoutineCode = {
  readable: false,
  settingsRead: [],
  settingsWritten: [],
  dynamicSql: false,
  literalSecret: false,
  publishedSecret: false,
  identities: [],
  raises: false,
  relations: [],
  writes: [],
  commands: [],
  calls: [],
}

/** Functions whose text arguments are keys. */
const signing: ReadonlySet<string> = new Set([
  'sign',
  'hmac',
  'encrypt',
  'pgp_sym_encrypt',
  'pgp_sym_decrypt',
  'verify',
])
const commandWords = ['insert', 'update', 'delete', 'merge', 'truncate', 'share', 'lock'] as const
const identityWords = ['current_user', 'session_user', 'current_role', 'user'] as const

/**
 * What a routine's body does, told from its words. Comments count for nothing, and literals only where they are asked for.
 *
 * @param body null where there is none to read
 * @param isPublished whether a literal is a secret that was published
 */
export function codeOf(body: string | null, known: KnownNames, isPublished: (text: string) => boolean): RoutineCode {
  if (body === null) return unreadable
  const tokens = tokensOf(body)
  const words = new Set(tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : [])))
  const relations = mentioned(tokens, known.relations)
  const claim = claimOfBody(body)
  return {
    readable: true,
    settingsRead: settingsRead(tokens),
    settingsWritten: settingsWritten(tokens),
    dynamicSql: isDynamic(tokens),
    literalSecret: tokens.some(
      (token, at) => isCall(tokens, at, signing) && hasLiteral(argumentsAt(tokens, at), token.text),
    ),
    publishedSecret: tokens.some((token) => token.kind === 'literal' && isPublished(token.text)),
    identities: identityWords.filter((word) => words.has(word)),
    raises: words.has('raise'),
    relations: [...relations.keys()].sort(),
    writes: [...relations]
      .flatMap(([name, places]) => (places.some((at) => isWritten(tokens, at)) ? [name] : []))
      .sort(),
    commands: commandWords.filter((word) => words.has(word)),
    calls: [...mentioned(tokens, known.routines).keys()].sort(),
    ...(claim !== null && { claim }),
  }
}

function isCall(tokens: readonly SqlToken[], at: number, names: ReadonlySet<string>): boolean {
  const token = tokens[at]
  return token?.kind === 'word' && names.has(token.text) && tokens[at + 1]?.text === '('
}

/** The tokens of each argument of the call whose name stands at `at`. */
function argumentsAt(tokens: readonly SqlToken[], at: number): readonly (readonly SqlToken[])[] {
  const found: SqlToken[][] = [[]]
  let depth = 0
  for (const token of tokens.slice(at + 1)) {
    if (token.kind === 'symbol' && token.text === '(') {
      depth += 1
      if (depth === 1) continue
    }
    if (token.kind === 'symbol' && token.text === ')') {
      depth -= 1
      if (depth === 0) break
    }
    if (depth === 1 && token.kind === 'symbol' && token.text === ',') found.push([])
    else found.at(-1)?.push(token)
  }
  return found
}

/** Where the call that begins at `at` ends: the position after its closing parenthesis. */
function endOfCall(tokens: readonly SqlToken[], at: number): number {
  let depth = 0
  for (let index = at + 1; index < tokens.length; index++) {
    const token = tokens[index]
    if (token?.kind !== 'symbol') continue
    if (token.text === '(') depth += 1
    if (token.text === ')' && --depth === 0) return index + 1
  }
  return tokens.length
}

/** The one literal that an argument is, casts aside; null where it is something else. */
function literalIn(argument: readonly SqlToken[] | undefined): string | null {
  const [first, ...rest] = argument ?? []
  if (first?.kind !== 'literal') return null
  return rest.every(({ kind, text }) => kind === 'word' || text === '::') ? first.text : null
}

const hasLiteral = (given: readonly (readonly SqlToken[])[], name: string): boolean =>
  given.slice(name === 'sign' || name === 'verify' ? 1 : 0).some((argument) => (literalIn(argument) ?? '').length >= 8)

function settingsRead(tokens: readonly SqlToken[]): SettingUse[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || token.text !== 'current_setting' || tokens[at + 1]?.text !== '(') return []
    const [name, missing] = argumentsAt(tokens, at)
    const end = endOfCall(tokens, at)
    const isWrapped = tokens.slice(Math.max(0, at - 4), at).some(({ text }) => text === 'nullif')
    const after = tokens.slice(end, end + (isWrapped ? 6 : 4)).map(({ text }) => text)
    const cast = after[after.indexOf('::') + 1]
    return [
      {
        name: literalIn(name),
        missingOk: missing?.some(({ text }) => text === 'true') ?? false,
        nullIfEmpty: isWrapped,
        asJson: after.includes('::') && (cast === 'json' || cast === 'jsonb'),
        path: pathAfter(tokens, end),
      },
    ]
  })
}

/** The keys that `->` and `->>` take out of what ends at `from`, casts and parentheses passed over. */
function pathAfter(tokens: readonly SqlToken[], from: number): string[] {
  const path: string[] = []
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.kind === 'symbol' && (token.text === '->' || token.text === '->>')) {
      const key = tokens[at + 1]
      if (key?.kind !== 'literal') break
      path.push(key.text)
      at += 1
    } else if (token?.text === '::') at += 1
    else if (token?.text === ',' && tokens[at + 1]?.kind === 'literal' && tokens[at + 1]?.text === '') at += 1
    else if (token?.text !== ')') break
  }
  return path
}

function settingsWritten(tokens: readonly SqlToken[]): SettingWrite[] {
  return tokens.flatMap((token, at): SettingWrite[] => {
    if (token.kind !== 'word') return []
    if (token.text === 'set_config' && tokens[at + 1]?.text === '(') {
      const [name, , isLocal] = argumentsAt(tokens, at)
      return [{ name: literalIn(name), session: !(isLocal?.some(({ text }) => text === 'true') ?? false) }]
    }
    const isStatement = at === 0 || [';', 'begin', 'then', 'else', 'loop'].includes(tokens[at - 1]?.text ?? '')
    if (token.text !== 'set' || !isStatement) return []
    const scope = tokens[at + 1]?.text
    const isLocal = scope === 'local'
    const named = tokens.slice(at + (isLocal || scope === 'session' ? 2 : 1))
    const name = named[1]?.text === '.' ? `${named[0]?.text}.${named[2]?.text}` : (named[0]?.text ?? null)
    return [{ name, session: !isLocal }]
  })
}

/** EXECUTE of a text put together with `||`, or by format() with %s. */
function isDynamic(tokens: readonly SqlToken[]): boolean {
  return tokens.some((token, at) => {
    if (token.kind !== 'word' || token.text !== 'execute') return false
    const end = tokens.findIndex(
      ({ text, kind }, index) => index > at && kind !== 'literal' && (text === ';' || text === 'using'),
    )
    const statement = tokens.slice(at + 1, end < 0 ? undefined : end)
    const isPutTogether = statement.some(
      ({ kind, text }, index) => kind === 'symbol' && text === '||' && !isQuotedOperand(statement, index),
    )
    const isFormatted = statement.some(
      ({ kind, text }, index) =>
        kind === 'word' && text === 'format' && /%(\d+\$)?-?\d*s/.test(literalAfter(statement, index)),
    )
    return isPutTogether || isFormatted
  })
}

/** Whether what stands around a `||` is a literal or a call that quotes. */
function isQuotedOperand(tokens: readonly SqlToken[], at: number): boolean {
  const next = tokens[at + 1]
  if (next === undefined || next.kind === 'literal') return true
  return next.kind === 'word' && ['quote_ident', 'quote_literal', 'quote_nullable', 'format'].includes(next.text)
}

const literalAfter = (tokens: readonly SqlToken[], at: number): string =>
  tokens.slice(at + 1, at + 3).find(({ kind }) => kind === 'literal')?.text ?? ''

/** Places where a known name stands, by its key. A name with a schema counts only for that schema. */
function mentioned(
  tokens: readonly SqlToken[],
  known: ReadonlyMap<string, readonly QualifiedName[]>,
): Map<QualifiedName, number[]> {
  const found = new Map<QualifiedName, number[]>()
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue
    const candidates = known.get(token.text)
    if (candidates === undefined) continue
    const schema = tokens[at - 1]?.text === '.' ? tokens[at - 2]?.text : undefined
    const exact = schema === undefined ? undefined : qualifiedName(schema, token.text)
    const keys = exact !== undefined && candidates.includes(exact) ? [exact] : schema === undefined ? candidates : []
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), at])
  }
  return found
}

/** INSERT INTO name, UPDATE name, DELETE FROM name, TRUNCATE name, MERGE INTO name. */
function isWritten(tokens: readonly SqlToken[], at: number): boolean {
  const start = tokens[at - 1]?.text === '.' ? at - 2 : at
  const before = tokens
    .slice(Math.max(0, start - 3), start)
    .map(({ text }) => text)
    .filter((text) => text !== 'only' && text !== 'table')
  const [second, first] = [before.at(-2), before.at(-1)]
  if (first === 'update' || first === 'truncate') return true
  return (first === 'into' && (second === 'insert' || second === 'merge')) || (first === 'from' && second === 'delete')
}

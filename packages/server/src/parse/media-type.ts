/** A media type of the response, as `Accept` asks for it and plans decide it. */
export interface MediaType {
  /** in lower case, without parameters */
  readonly name: string
  /** `nulls=stripped` */
  readonly stripNulls: boolean
  /** of an EXPLAIN: how it was asked for */
  readonly explain: ExplainOptions | null
}

export interface ExplainOptions {
  readonly format: 'text' | 'json'
  /** what the plan is of */
  readonly of: MediaType
  readonly options: readonly ExplainOption[]
}

export type ExplainOption = 'analyze' | 'verbose' | 'settings' | 'buffers' | 'wal'

const explainOptions: readonly ExplainOption[] = ['analyze', 'verbose', 'settings', 'buffers', 'wal']

export const json = 'application/json'
export const csv = 'text/csv'
/** A value of JSON on each line: not PostgREST's. */
export const ndjson = 'application/x-ndjson'
export const geoJson = 'application/geo+json'
export const singular = 'application/vnd.pgrst.object'
export const array = 'application/vnd.pgrst.array'
const explained = 'application/vnd.pgrst.plan'

export const form = 'application/x-www-form-urlencoded'

/** How a request's body is read. */
export type BodyForm = 'json' | 'csv' | 'form' | 'text' | 'bytes'

const bodyForms: ReadonlyMap<string, BodyForm> = new Map([
  [json, 'json'],
  [csv, 'csv'],
  [form, 'form'],
  ['text/plain', 'text'],
  ['text/xml', 'text'],
  ['application/octet-stream', 'bytes'],
])

/** @param type as `bodyType` gives it; null: nothing reads such bodies */
export function bodyForm(type: string): BodyForm | null {
  return bodyForms.get(type) ?? null
}

/** The media type of a body: the name alone where it is one of `bodyForms`, else as sent; JSON where none was sent. */
export function bodyType(header: string | undefined): string {
  if (header === undefined) return json
  if (bodyForms.has(header)) return header
  const { name } = parseMediaType(header)
  return bodyForms.has(name) ? name : header
}

export function plainMediaType(name: string): MediaType {
  return { name, stripNulls: false, explain: null }
}

/**
 * Reads one media type with its parameters. The vendor types have an optional `+json` (and `+text`, of plans), which is
 * left out of the name.
 */
export function parseMediaType(text: string): MediaType {
  const [full = '', ...parameters] = splitParameters(text)
  const name = full.toLowerCase()
  const parameter = new Map(parameters.map(splitParameter))
  const stripNulls = parameter.get('nulls') === 'stripped'
  if (name === singular || name === `${singular}+json`) return { name: singular, stripNulls, explain: null }
  if (name === `${array}+json` && !stripNulls) return plainMediaType(json)
  if (name === array || name === `${array}+json`)
    return stripNulls ? { name: array, stripNulls, explain: null } : plainMediaType(json)
  if (name === explained || name === `${explained}+text` || name === `${explained}+json`) {
    const requested = (parameter.get('options') ?? '').split('|')
    return {
      name: explained,
      stripNulls: false,
      explain: {
        format: name.endsWith('+json') ? 'json' : 'text',
        of: parseMediaType(parameter.get('for') ?? json),
        options: explainOptions.filter((option) => requested.includes(option)),
      },
    }
  }
  return plainMediaType(name)
}

/** The media type as a response writes it, without charset. */
export function formatMediaType({ name, stripNulls, explain }: MediaType): string {
  if (explain !== null) {
    const options = explain.options.length > 0 ? `; options=${explain.options.join('|')}` : ''
    return `${name}+${explain.format}; for="${formatMediaType(explain.of)}"${options}`
  }
  if (name === singular || name === array) return `${name}+json${stripNulls ? ';nulls=stripped' : ''}`
  return name
}

/** The Content-Type of a response: text has its charset, which is always UTF-8. */
export function contentTypeOf(media: MediaType): string {
  const text = formatMediaType(media)
  const withoutCharset = media.explain === null && !textual.test(media.name)
  return withoutCharset ? text : `${text}; charset=utf-8`
}

/** Whether PostgREST knows the type by itself: then parameters that it has no use for are dropped. */
function isOurs({ name }: MediaType): boolean {
  return textual.test(name) || builtIn.has(name)
}

/** How errors call a media type: ours in their own form, others as they were sent. */
export function echoedType(sent: string): string {
  const media = parseMediaType(sent)
  return isOurs(media) ? formatMediaType(media) : sent
}

const builtIn: ReadonlySet<string> = new Set(['application/octet-stream', form, '*/*'])

const textual = /^(?:application\/(?:json|geo\+json|openapi\+json|vnd\.pgrst\..*)|text\/(?:csv|plain|xml))$/

/** Splits at semicolons outside of quotes. */
function splitParameters(text: string): string[] {
  const parts: string[] = []
  let quoted = false
  let current = ''
  for (const character of text) {
    if (character === '"') quoted = !quoted
    if (character === ';' && !quoted) {
      parts.push(current.trim())
      current = ''
    } else current += character
  }
  return [...parts, current.trim()]
}

function splitParameter(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 0) return [text.toLowerCase(), '']
  const value = text.slice(at + 1).trim()
  return [text.slice(0, at).trim().toLowerCase(), value.startsWith('"') ? value.slice(1, -1) : value]
}

/** A media type, as far as this API gives it a meaning ("Media Type Handlers" and "Resource Representation" of PostgREST's manual). */
export type MediaType =
  | { readonly kind: PlainKind }
  /** application/vnd.pgrst.object+json: exactly one row */
  | { readonly kind: 'object'; readonly stripNulls: boolean }
  /** application/vnd.pgrst.array+json;nulls=stripped */
  | { readonly kind: 'stripped-array' }
  | PlanMediaType
  /** anything else; `text` as it was sent */
  | { readonly kind: 'other'; readonly text: string }

export type PlainKind = 'json' | 'geojson' | 'csv' | 'text' | 'xml' | 'openapi' | 'form' | 'octets' | 'any'

export const planOptions = ['analyze', 'verbose', 'settings', 'buffers', 'wal'] as const

/** application/vnd.pgrst.plan+json; for="text/csv"; options=analyze|buffers */
export interface PlanMediaType {
  readonly kind: 'plan'
  readonly format: 'text' | 'json'
  readonly for: MediaType
  readonly options: readonly (typeof planOptions)[number][]
}

const plain: Readonly<Record<PlainKind, string>> = {
  json: 'application/json',
  geojson: 'application/geo+json',
  csv: 'text/csv',
  text: 'text/plain',
  xml: 'text/xml',
  openapi: 'application/openapi+json',
  form: 'application/x-www-form-urlencoded',
  octets: 'application/octet-stream',
  any: '*/*',
}

const kinds: ReadonlyMap<string, PlainKind> = new Map(
  Object.entries(plain).map(([kind, name]) => [name, kind as PlainKind]),
)
const mediaTypes: ReadonlyMap<PlainKind, MediaType> = new Map([...kinds.values()].map((kind) => [kind, { kind }]))

/** One media type with its parameters; whatever is not known or not well-formed is 'other'. */
export function parseMediaType(text: string): MediaType {
  const semicolon = text.indexOf(';')
  const name = (semicolon === -1 ? text : text.slice(0, semicolon)).trim().toLowerCase()
  const kind = kinds.get(name)
  const known = kind === undefined ? undefined : mediaTypes.get(kind)
  if (known !== undefined) return known
  if (!name.startsWith('application/vnd.pgrst.')) return { kind: 'other', text }
  const parameters = parseMediaParameters(semicolon === -1 ? '' : text.slice(semicolon))
  const stripNulls = parameters.get('nulls') === 'stripped'
  switch (name.slice('application/vnd.pgrst.'.length)) {
    case 'object':
    case 'object+json':
      return { kind: 'object', stripNulls }
    case 'array':
    case 'array+json':
      return stripNulls ? { kind: 'stripped-array' } : { kind: 'json' }
    case 'plan':
    case 'plan+text':
      return planOf('text', parameters)
    case 'plan+json':
      return planOf('json', parameters)
    default:
      return { kind: 'other', text }
  }
}

function planOf(format: 'text' | 'json', parameters: ReadonlyMap<string, string>): PlanMediaType {
  const asked = (parameters.get('options') ?? '').split('|')
  const inner = parseMediaType(parameters.get('for') ?? plain.json)
  return {
    kind: 'plan',
    format,
    for: inner.kind === 'plan' ? { kind: 'json' } : inner,
    options: planOptions.filter((option) => asked.includes(option)),
  }
}

const parameter = /\s*;\s*([A-Za-z0-9-]+)\s*=\s*(?:"([^"]*)"|([A-Za-z0-9|-]+))/y

/** `; name=value; name="value"`, names in lower case; reading ends at what is not well-formed. */
function parseMediaParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  parameter.lastIndex = 0
  for (let match = parameter.exec(text); match !== null; match = parameter.exec(text)) {
    const [, name = '', quoted, bare] = match
    parameters.set(name.toLowerCase(), quoted ?? bare ?? '')
  }
  return parameters
}

/** The media type's canonical text, without a charset. */
export function printMediaType(type: MediaType): string {
  switch (type.kind) {
    case 'object':
      return `application/vnd.pgrst.object+json${type.stripNulls ? ';nulls=stripped' : ''}`
    case 'stripped-array':
      return 'application/vnd.pgrst.array+json;nulls=stripped'
    case 'plan': {
      const options = type.options.length === 0 ? '' : `; options=${type.options.join('|')}`
      return `application/vnd.pgrst.plan+${type.format}; for="${printMediaType(type.for)}"${options}`
    }
    case 'other':
      return type.text
    default:
      return plain[type.kind]
  }
}

/** The value of `Content-Type` for a response of this type. */
export function contentTypeOf(type: MediaType): string {
  const bare = type.kind === 'octets' || type.kind === 'other'
  return bare ? printMediaType(type) : `${printMediaType(type)}; charset=utf-8`
}

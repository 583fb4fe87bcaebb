import { splitTarget } from '../http-message.js'

/**
 * `Content-Location`: the resource's canonical address, its query sorted by name.
 * @param target path and query as sent
 */
export function contentLocation(relation: string, target: string): string {
  const { query: search } = splitTarget(target)
  if (search === '') return `/${encodeName(relation)}`
  if (onePlainPair.test(search)) return `/${encodeName(relation)}?${search}`
  const pairs = pairsOf(search).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `/${encodeName(relation)}?${joined(pairs)}`
}

/** What has the same name has its values behind it, with commas between them. */
function joined(pairs: readonly (readonly [string, string])[]): string {
  let text = ''
  let last: string | null = null
  for (const [name, value] of pairs) {
    text +=
      name === last ? `,${encodePart(value)}` : `${last === null ? '' : '&'}${encodePart(name)}=${encodePart(value)}`
    last = name
  }
  return text
}

const encoded = /[%+]/
const onePlainPair = /^[\w.~-]+=[\w.~-]*$/

/** As `URLSearchParams` reads it, which takes its time. */
function pairsOf(search: string): [string, string][] {
  if (encoded.test(search)) return [...new URLSearchParams(search)]
  return search.split('&').flatMap((part): [string, string][] => {
    if (part === '') return []
    const at = part.indexOf('=')
    return [at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]]
  })
}

/** `Location` of an inserted row, by its key's columns and their values as text. */
export function location(relation: string, columns: readonly string[], values: readonly (string | null)[]): string {
  const filters = columns.map((column, index) => {
    const value = values[index] ?? null
    return `${encodePart(column)}=${encodePart(value === null ? 'is.null' : `eq.${value}`)}`
  })
  return `/${encodeName(relation)}?${filters.join('&')}`
}

const plain = /^[\w.~-]*$/

function encodePart(text: string): string {
  if (plain.test(text)) return text
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** As one segment of a path, in which less has to be encoded (RFC 3986, section 3.3). */
function encodeName(name: string): string {
  if (plain.test(name)) return name
  return encodeURIComponent(wellFormed(name)).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent)
}

/** Half a surrogate pair has no UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

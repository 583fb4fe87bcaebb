/**
 * `Content-Location`: the resource's canonical address, its query sorted by name.
 * @param target path and query as sent
 */
export function contentLocation(relation: string, target: string): string {
  const mark = target.indexOf('?')
  const search = mark < 0 ? '' : target.slice(mark + 1)
  if (search === '') return `/${encodeHeader(relation)}`
  const pairs = [...new URLSearchParams(search)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `/${encodeHeader(relation)}?${pairs.map(pair).join('&')}`
}

/** `Location` of an inserted row, by its key's columns and their values as text. */
export function location(relation: string, columns: readonly string[], values: readonly (string | null)[]): string {
  const filters = columns.map((column, index) => {
    const value = values[index] ?? null
    return `${encodePart(column)}=${encodePart(value === null ? 'is.null' : `eq.${value}`)}`
  })
  return `/${encodeHeader(relation)}?${filters.join('&')}`
}

function pair([name, value]: [string, string]): string {
  return `${encodePart(name)}=${encodePart(value)}`
}

function encodePart(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function encodeHeader(name: string): string {
  return encodePart(name)
}

/** Half a surrogate pair has no UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

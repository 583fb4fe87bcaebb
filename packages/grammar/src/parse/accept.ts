interface Weighed {
  readonly type: string
  readonly quality: number
  readonly specificity: number
}

/** Where nothing of it is, a media type is as it stands. */
const marked = /[ ;]/

const anything: readonly string[] = ['*/*']

/**
 * The media types of an `Accept` header, best first: by quality, then the more specific (more parameters, fewer stars),
 * then in the order sent.
 */
export function parseAccept(header: string | undefined): readonly string[] {
  if (header === undefined) return anything
  if (!header.includes(',')) return [marked.test(header) ? weigh(header).type : header]
  return header
    .split(',')
    .map(weigh)
    .sort((a, b) => b.quality - a.quality || b.specificity - a.specificity)
    .map(({ type }) => type)
}

/** As PostgREST does it: blanks are dropped, and with a quality whatever follows it. */
function weigh(text: string): Weighed {
  const compact = text.replaceAll(' ', '')
  const at = compact.indexOf(';q=')
  const type = at === -1 ? compact : compact.slice(0, at)
  const quality = at === -1 ? 1 : Number.parseFloat(compact.slice(at + 3))
  return { type, quality: Number.isFinite(quality) ? quality : 1, specificity: countOf(type, ';') - countOf(type, '*') }
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1
}

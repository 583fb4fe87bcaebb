/**
 * `Content-Range` of rows, and the status it stands for (RFC 9110, section 14.4).
 * @param offset rows left out before the first
 * @param rows rows in the response
 * @param total rows there are; null: not counted
 */
export function rangeOf(
  offset: number,
  rows: number,
  total: number | null,
): { status: 200 | 206 | 416; range: string } {
  const last = offset + rows - 1
  return { status: statusOf(offset, rows, total), range: contentRange(offset, last, total) }
}

function statusOf(offset: number, rows: number, total: number | null): 200 | 206 | 416 {
  if (total === null) return 200
  if (offset > total) return 416
  return rows < total ? 206 : 200
}

export function contentRange(first: number, last: number, total: number | null): string {
  const isEmpty = first > last || total === 0
  return `${isEmpty ? '*' : `${first}-${last}`}/${total ?? '*'}`
}

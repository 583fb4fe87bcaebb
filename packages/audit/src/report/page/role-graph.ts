import { compareNames } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'
import { escapeXml } from '../escape-xml.js'

/** A role in the drawing: in which column, and at which place of it. */
interface Place {
  readonly name: string
  readonly depth: number
  readonly row: number
}

const [width, height, gapX, gapY] = [172, 34, 72, 14] as const
/** More roles than that are a carpet. */
const MOST = 60

/** A drawing of who becomes whom, from the authenticator to the right; nothing where no role is a member of another. */
export function roleGraph(context: AuditContext): string {
  const places = placesOf(context)
  const edges = [...places.values()].flatMap((from) =>
    (context.index.roles.get(from.name)?.memberOf ?? []).flatMap(({ role, inherit, set }) => {
      const to = places.get(role)
      return to === undefined || !(inherit || set) ? [] : [{ from, to, inherit }]
    }),
  )
  if (edges.length === 0 || places.size > MOST) return ''
  const all = [...places.values()]
  const right = Math.max(...all.map(({ depth }) => x(depth) + width)) + 2
  const below = Math.max(...all.map(({ row }) => y(row) + height)) + gapY
  const isLong = edges.some(({ from, to }) => !isNext(from, to))
  const bottom = isLong ? below + 4 : below - gapY + 2
  const lines = edges.map(({ from, to, inherit }) => {
    const [x1, y1] = [x(from.depth) + width, y(from.row) + height / 2]
    const [x2, y2] = [x(to.depth) - 3, y(to.row) + height / 2]
    const half = gapX / 2
    const line = isNext(from, to)
      ? `C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`
      : `C${x1 + half} ${y1} ${x1} ${below} ${x1 + half} ${below}H${x2 - half}C${x2} ${below} ${x2 - half} ${y2} ${x2} ${y2}`
    return `<path class="${inherit ? 'inherits' : 'becomes'}" marker-end="url(#arrow)" d="M${x1} ${y1}${line}"/>`
  })
  const boxes = all.map(
    ({ name, depth, row }) =>
      `<g><title>${escapeXml(name)}</title><rect class="${kindOf(name, context)}" x="${x(depth)}" y="${y(row)}" width="${width}" height="${height}" rx="8"/><text x="${x(depth) + width / 2}" y="${y(row) + height / 2 + 4.5}">${escapeXml(shortened(name))}</text></g>`,
  )
  return `<svg class="graph" viewBox="0 0 ${right} ${bottom}" width="${right}" height="${bottom}" aria-hidden="true"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>${lines.join('')}${boxes.join('')}</svg>`
}

/** What goes further than to the next column goes below the boxes between. */
const isNext = (from: Place, to: Place): boolean => to.depth === from.depth + 1

const x = (depth: number): number => 1 + depth * (width + gapX)
const y = (row: number): number => 1 + row * (height + gapY)

/** Each role as far to the right as the longest chain to it is long. */
function placesOf({ authenticator, roles, index }: AuditContext): ReadonlyMap<string, Place> {
  const depths = new Map<string, number>()
  const visit = (name: string, depth: number, path: readonly string[]): void => {
    if (path.includes(name) || depth <= (depths.get(name) ?? -1) || depths.size > MOST) return
    depths.set(name, depth)
    for (const { role } of index.roles.get(name)?.memberOf ?? []) visit(role, depth + 1, [...path, name])
  }
  if (authenticator !== null) visit(authenticator.name, 0, [])
  for (const role of roles) if (!depths.has(role)) visit(role, authenticator === null ? 0 : 1, [])
  const rows = new Map<number, number>()
  const sorted = [...depths].sort(([a], [b]) => compareNames(a, b))
  return new Map(
    sorted.map(([name, depth]) => {
      const row = rows.get(depth) ?? 0
      rows.set(depth, row + 1)
      return [name, { name, depth, row }]
    }),
  )
}

function kindOf(name: string, { authenticator, anonymous, roles, index }: AuditContext): string {
  const role = index.roles.get(name)
  if (role?.superuser || role?.bypassRowSecurity) return 'exempt'
  if (name === authenticator?.name) return 'authenticator'
  if (name === anonymous) return 'anonymous'
  return roles.includes(name) ? 'api' : 'other'
}

function shortened(name: string): string {
  const characters = [...name]
  return characters.length <= 21 ? name : `${characters.slice(0, 20).join('')}…`
}

import type { Surface } from '@rolecast/catalog'
import { cellsOf } from './cells.js'

/** What a role may do: columns by verb and object, such as `select api.orders`. None where the verb is about no column. */
export type Rights = Readonly<Record<string, readonly string[]>>

/** The cells of a role's surface, a line for each verb and object. They name nothing that the role may not see. */
export function rightsOf(surface: Surface): Rights {
  const rights = new Map<string, string[]>()
  for (const { object, verb, column } of cellsOf(surface).values()) {
    const right = `${verb} ${object}`
    const columns = rights.get(right) ?? []
    rights.set(right, column === undefined ? columns : [...columns, column].sort())
  }
  return Object.fromEntries(rights)
}

/** What one has and the other has not: `select api.orders (id, total)`, a line for each verb and object. */
export function rightsBeyond(one: Rights, other: Rights): readonly string[] {
  return Object.entries(one).flatMap(([right, columns]) => {
    const known = Object.hasOwn(other, right) ? other[right] : undefined
    if (known === undefined) return [columns.length === 0 ? right : `${right} (${columns.join(', ')})`]
    const more = columns.filter((column) => !known.includes(column))
    return more.length === 0 ? [] : [`${right} (${more.join(', ')})`]
  })
}

import { qualifiedName, type Surface } from '@rolecast/catalog'

/** What a role may do: columns by verb and object, such as `select api.orders`. None where the verb is about no column. */
export type Rights = Readonly<Record<string, readonly string[]>>

/** The rights on a role's surface. They name nothing that the role may not see. */
export function rightsOf({ relations, functions }: Surface): Rights {
  const rights: Record<string, readonly string[]> = {}
  for (const relation of relations) {
    const name = qualifiedName(relation.schema, relation.name)
    for (const verb of ['select', 'insert', 'update'] as const) {
      if (relation[verb].length > 0) rights[`${verb} ${name}`] = [...relation[verb]].sort()
    }
    if (relation.delete) rights[`delete ${name}`] = []
  }
  for (const { schema, name, arguments: listed } of functions) {
    rights[`call ${qualifiedName(schema, name)}(${listed})`] = []
  }
  return rights
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

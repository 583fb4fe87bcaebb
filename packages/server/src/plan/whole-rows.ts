import { everyColumn, type ReadNode } from './plan.js'

/** Whether a query asks for nothing but every column of its relation. */
export function selectsWholeRows({ fields, embeds }: ReadNode): boolean {
  return fields.length === 1 && fields[0]?.field.name === everyColumn && embeds.length === 0
}

import type { Cell } from './change.js'

/** A relation, or a function with its arguments. */
const named = /^("(?:[^"]|"")*"|[^".]+)\.("(?:[^"]|"")*"|[^".(]+)/s

/** How the role's client names a cell: `orders.total`, `orders.insert({ total })`, `rpc.f()`; other schemas stand in front. */
export function memberOf({ object, verb, column }: Cell, defaultSchema: string | undefined): string {
  const [, schema = '', name = ''] = named.exec(object)?.map(bare) ?? []
  const place = schema === defaultSchema ? '' : `${schema}.`
  if (verb === 'execute') return `${place}rpc.${name}()`
  if (verb === 'select') return column === undefined ? `${place}${name}` : `${place}${name}.${column}`
  return `${place}${name}.${verb}(${column === undefined ? '' : `{ ${column} }`})`
}

function bare(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}

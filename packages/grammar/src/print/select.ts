import type { SelectItem } from '../query.js'
import { printIdentifier, printName } from './escape.js'
import { printField } from './field.js'

/** The value of `select=`. */
export function printItems(items: readonly SelectItem[]): string {
  return items.map(printItem).join()
}

function printItem(item: SelectItem): string {
  if (item.kind === 'all') return '*'
  const alias = item.alias === null ? '' : `${printName(item.alias)}:`
  if (item.kind === 'field') {
    const { field, cast, aggregate, aggregateCast } = item
    return (
      alias +
      (field ? printField(field) : '') +
      printCast(cast) +
      (aggregate ? `${field ? '.' : ''}${aggregate}()` : '') +
      printCast(aggregateCast)
    )
  }
  const { target, hint, join, spread, selection } = item
  const hints = (hint === null ? '' : `!${printName(hint)}`) + (join ? `!${join}` : '')
  // A spread has no alias: its columns become the parent's.
  return `${spread ? '...' : alias}${printName(target)}${hints}(${printItems(selection.items)})`
}

function printCast(cast: string | null): string {
  return cast === null ? '' : `::${printIdentifier(cast)}`
}

import type { Embed, SelectField, SelectItem } from '../query.js'
import { printIdentifier, printName } from './escape.js'
import { printField } from './field.js'

/** The value of `select=`. */
export function printItems(items: readonly SelectItem[]): string {
  return items.map(printItem).join(',')
}

function printItem(item: SelectItem): string {
  switch (item.kind) {
    case 'all':
      return '*'
    case 'field':
      return printFieldItem(item)
    case 'embed':
      return printEmbed(item)
  }
}

function printFieldItem({ field, alias, cast, aggregate, aggregateCast }: SelectField): string {
  return (
    printAlias(alias) +
    (field === null ? '' : printField(field)) +
    printCast(cast) +
    (aggregate === null ? '' : field === null ? `${aggregate}()` : `.${aggregate}()`) +
    printCast(aggregateCast)
  )
}

/** A spread has no alias: its columns become the parent's. */
function printEmbed({ target, alias, hint, join, spread, selection }: Embed): string {
  return (
    (spread ? '...' : printAlias(alias)) +
    printName(target) +
    (hint === null ? '' : `!${printName(hint)}`) +
    (join === null ? '' : `!${join}`) +
    `(${printItems(selection.items)})`
  )
}

function printAlias(alias: string | null): string {
  return alias === null ? '' : `${printName(alias)}:`
}

function printCast(cast: string | null): string {
  return cast === null ? '' : `::${printIdentifier(cast)}`
}

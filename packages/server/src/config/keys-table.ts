import type { KeyDefinition } from './keys/key-definition.js'
import { keyDefinitions } from './keys.js'

/** The table of keys of `docs/server.md`: first PostgREST's, then ours. */
export function keysTable(origin: KeyDefinition['origin']): string {
  const rows = keyDefinitions.filter((definition) => definition.origin === origin).map(rowOf)
  return ['| key | value | default | changes | meaning |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

function rowOf(definition: KeyDefinition): string {
  const { key, aliases = [], type, reloadable, inDatabase, description } = definition
  const names = [key, ...aliases].map((name) => `\`${name}\``).join(', ')
  const changes = [reloadable ? 'by reload' : 'at start', ...(inDatabase ? ['database'] : [])].join(', ')
  return `| ${names} | ${type.description ?? ''} | ${defaultOf(definition)} | ${changes} | ${description} |`
}

function defaultOf({ default: value, type }: KeyDefinition): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : `\`${value.join(', ')}\``
  return `\`${type.description === 'octal mode' ? Number(value).toString(8) : String(value)}\``
}

import type { SchemaCache } from '../schema-cache/schema-cache.js'
import type { Access } from './access.js'
import type { ServerAddress } from './server-address.js'

/** What the description of an API is made of. */
export interface OpenApiInput {
  readonly cache: Pick<SchemaCache, 'catalog' | 'relations' | 'relationships' | 'routines'>
  /** the schema that is described */
  readonly schema: string
  /** what the role may use; null: everything is described (openapi-mode = ignore-privileges) */
  readonly access: Access | null
  readonly address: ServerAddress
  /** openapi-security-active */
  readonly securityActive: boolean
  /** of this server */
  readonly version: string
}

/** A part of the document. */
export type Json = Readonly<Record<string, unknown>>

/** The first line of a comment; and the rest, without the empty lines between them. */
export function splitComment(comment: string | null): { summary?: string; description?: string } {
  if (comment === null) return {}
  const end = comment.indexOf('\n')
  if (end === -1) return { summary: comment }
  const description = comment.slice(end).replace(/^\n+/, '')
  return { summary: comment.slice(0, end), ...(description !== '' && { description }) }
}

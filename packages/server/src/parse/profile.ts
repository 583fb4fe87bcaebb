import { schemaNotExposed } from '../errors/request-errors.js'
import { type HttpRequest, receivedText } from '../http-message.js'

const contentMethods: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT', 'DELETE'])

export interface Profile {
  readonly schema: string
  /** what the headers asked for; null: nothing, so it is the default schema */
  readonly asked: string | null
}

/**
 * The schema that `Accept-Profile`, or `Content-Profile` with a body, asks for ("Schemas" in PostgREST's manual).
 * @throws ApiError PGRST106, naming the exposed schemas only
 */
export function profileOf({ method, headers }: HttpRequest, schemas: readonly string[]): Profile {
  const header = contentMethods.has(method) ? headers['content-profile'] : headers['accept-profile']
  const asked = header === undefined ? null : receivedText(header)
  if (asked !== null && !schemas.includes(asked)) throw schemaNotExposed(asked, schemas)
  return { schema: asked ?? schemas[0] ?? 'public', asked }
}

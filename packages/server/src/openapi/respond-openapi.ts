import { notAcceptable } from '../errors/request-errors.js'
import type { HttpResponse } from '../http-message.js'

const takers: ReadonlySet<string> = new Set(['application/openapi+json', 'application/json', '*/*'])

/**
 * Whether the client takes an OpenAPI document.
 * @throws ApiError PGRST107
 */
export function checkOpenApiAccepted(accept: readonly string[]): void {
  if (accept.some((type) => takers.has((type.split(';', 1)[0] ?? '').toLowerCase()))) return
  throw notAcceptable(accept)
}

/**
 * @param document as text
 * @param profile the schema, where the response names it
 */
export function openApiResponse(document: string, headOnly: boolean, profile: string | null): HttpResponse {
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/openapi+json; charset=utf-8'],
      ...(profile === null ? [] : [['Content-Profile', profile] as const]),
    ],
    body: headOnly ? null : document,
  }
}

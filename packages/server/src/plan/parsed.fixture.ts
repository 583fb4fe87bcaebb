import type { Query } from '@rolecast/grammar'
import { defaultLimits } from '@rolecast/grammar/parse'
import { parseRequest } from '../parse/parse-request.js'
import type { ParsedQuery } from '../parse/parsed-request.js'

/** The query of `METHOD /path | accept | prefer`. */
export function parsed(request: string, body?: unknown): Query {
  return parsedRequest(request, body).query
}

/** `METHOD /path | accept | prefer`, parsed. */
export function parsedRequest(request: string, body?: unknown): ParsedQuery {
  const [line = '', accept = '', prefer = ''] = request.split('|').map((part) => part.trim())
  const [method = 'GET', target = ''] = line.startsWith('/') ? ['GET', line] : line.split(' ')
  const result = parseRequest(
    {
      method,
      target,
      headers: {
        ...(accept === '' ? {} : { accept }),
        ...(prefer === '' ? {} : { prefer }),
        'content-type': 'application/json',
      },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    },
    {
      dbSchemas: ['fest'],
      dbRootSpec: null,
      openapiMode: 'disabled',
      urlUseLegacyTargetNames: true,
      transactionOverride: true,
      requireFilter: false,
      limits: defaultLimits,
      jsonDepth: 2000,
    },
  )
  if (result.kind !== 'query') throw new Error(`Not a query: ${request}`)
  return result
}

import type { Identity } from '../authenticate/identity.js'
import type { Config } from '../config/config.js'
import { type HttpRequest, type HttpResponse, splitTarget } from '../http-message.js'
import type { ParsedRoot } from '../parse/parsed-request.js'
import type { RoleSettings } from '../schema-cache/role-settings.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { cookiesJson, headersJson } from '../transaction/request-json.js'
import { settingsStep } from '../transaction/settings.js'
import type { Transaction, TransactionResult } from '../transaction/transaction.js'
import { preRequestStep, residueOfRequest, searchPathOf } from '../transaction/transaction-of.js'
import { accessOf, accessStatement } from './access.js'
import { checkOpenApiAccepted, openApiResponse } from './respond-openapi.js'
import { serverAddress } from './server-address.js'

export interface RootRequest {
  readonly parsed: ParsedRoot
  readonly request: HttpRequest
  readonly identity: Identity
  readonly config: Config
  readonly cache: SchemaCache
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
  /** of this server */
  readonly version: string
  readonly run: (transaction: Transaction) => Promise<TransactionResult>
  /** hears which stage has just ended */
  readonly mark: (stage: 'plan' | 'transaction' | 'response') => void
}

/**
 * Answers a request for the root: the database is asked what the role may use, unless privileges are ignored.
 * @throws ApiError PGRST107, and what `run` throws
 */
export async function rootResponse(root: RootRequest): Promise<HttpResponse> {
  const { parsed, config, cache, version, run, mark } = root
  const { schema, headOnly } = parsed
  checkOpenApiAccepted(parsed.accept)
  const transaction = config.openapiMode === 'follow-privileges' ? accessTransaction(root) : null
  mark('plan')
  const access = transaction === null ? null : accessOf((await run(transaction)).main)
  mark('transaction')
  const response = openApiResponse(
    {
      cache,
      schema,
      access,
      address: serverAddress(config),
      securityActive: config.openapiSecurityActive,
      version,
    },
    headOnly,
    parsed.profiled ? schema : null,
  )
  mark('response')
  return response
}

function accessTransaction({ parsed, request, identity, config, cache, roleSettings }: RootRequest): Transaction {
  const { headers, method, target } = request
  const settings = settingsStep(
    {
      searchPath: searchPathOf(parsed.schema, config),
      role: identity.role,
      claims: identity.claims,
      method,
      path: splitTarget(target).path,
      headers: headersJson(headers),
      cookies: cookiesJson(headers.cookie),
      ofRole: roleSettings.get(identity.role)?.settings ?? [],
      others: config.appSettings,
    },
    true,
  )
  return {
    settings,
    preRequest: preRequestStep(config, identity.role),
    main: accessStatement(parsed.schema),
    after: null,
    readOnly: true,
    residue: residueOfRequest('none', cache.codeResidue, config),
    isolation: 'read committed',
    end: 'commit',
    check: null,
  }
}

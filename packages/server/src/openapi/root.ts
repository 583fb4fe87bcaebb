import type { Identity } from '../authenticate/identity.js'
import type { Config } from '../config/config.js'
import { type HttpRequest, type HttpResponse, splitTarget } from '../http-message.js'
import type { ParsedRoot } from '../parse/parsed-request.js'
import type { RoleSettings } from '../schema-cache/role-settings.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { cookiesJson, headersJson } from '../transaction/request-json.js'
import { settingsStep } from '../transaction/settings.js'
import type { Transaction, TransactionResult } from '../transaction/transaction.js'
import { namedSettings, preRequestStep, residueOfRequest, searchPathOf } from '../transaction/transaction-of.js'
import { accessOf, accessStatement } from './access.js'
import { catalogStateText } from './catalog-state.js'
import { openApiOf } from './document.js'
import { checkOpenApiAccepted, openApiResponse } from './respond-openapi.js'
import { serverAddress } from './server-address.js'
import type { SurfaceDocuments } from './surface-documents.js'

export interface RootRequest {
  readonly parsed: ParsedRoot
  readonly request: HttpRequest
  readonly identity: Identity
  readonly config: Config
  readonly cache: SchemaCache
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
  readonly documents: SurfaceDocuments
  /** of this server */
  readonly version: string
  readonly run: (transaction: Transaction) => Promise<TransactionResult>
  /** hears which stage has just ended */
  readonly mark: (stage: 'plan' | 'transaction' | 'response') => void
}

/**
 * Answers a request for the root with a description of what the role may do, or of everything where privileges are ignored.
 * @throws ApiError PGRST107, and what `run` throws
 */
export async function rootResponse(root: RootRequest): Promise<HttpResponse> {
  const { parsed, config, run, mark } = root
  checkOpenApiAccepted(parsed.accept)
  const { question, documentOf } = config.openapiVersion === '3.1' ? surfaceDocument(root) : documentOfPostgrest(root)
  const transaction = config.openapiMode === 'follow-privileges' ? asRole(root, question) : null
  mark('plan')
  const answer = transaction === null ? null : (await run(transaction)).main
  mark('transaction')
  const document = await documentOf(answer)
  const response = openApiResponse(document, parsed.headOnly, parsed.profiled ? parsed.schema : null)
  mark('response')
  return response
}

/** A document, and what the database is asked for it as the role of the request, where privileges are followed. */
interface Description {
  readonly question: Transaction['main']
  /** @param answer null: nothing was asked */
  readonly documentOf: (answer: TransactionResult['main'] | null) => string | Promise<string>
}

function documentOfPostgrest({ parsed: { schema }, config, cache, version }: RootRequest): Description {
  return {
    question: accessStatement(schema),
    documentOf: (answer) => {
      const access = answer === null ? null : accessOf(answer)
      const address = serverAddress(config)
      return JSON.stringify(
        openApiOf({ cache, schema, access, address, securityActive: config.openapiSecurityActive, version }),
      )
    },
  }
}

function surfaceDocument({ parsed: { schema }, identity: { role }, documents }: RootRequest): Description {
  return {
    question: { text: catalogStateText, values: [] },
    // Where privileges are ignored, nothing changes before the schema is reloaded.
    documentOf: (answer) => documents.of({ role, schema, state: answer?.[0]?.[0] ?? '' }),
  }
}

function asRole(
  { parsed, request, identity, config, cache, roleSettings }: RootRequest,
  main: Transaction['main'],
): Transaction {
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
      others: namedSettings(config.appSettings, config, identity, request),
      claimPrefixes: config.dbClaimSettings,
    },
    true,
  )
  return {
    settings,
    preRequest: preRequestStep(config, identity.role),
    estimate: null,
    head: null,
    main,
    readOnly: true,
    residue: residueOfRequest('none', cache.codeResidue, config),
    isolation: 'read committed',
    end: 'commit',
    check: null,
  }
}

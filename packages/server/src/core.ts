import { Readable } from 'node:stream'
import type { Authenticator } from './authenticate/authenticator.js'
import type { Identity } from './authenticate/identity.js'
import type { Config } from './config/config.js'
import { ApiError } from './errors/api-error.js'
import { errorResponse } from './errors/error-response.js'
import { preflightResponse, withCors } from './http/cors.js'
import { type HttpRequest, type HttpResponse, streamOf } from './http-message.js'
import { ServerTiming } from './observe/server-timing.js'
import { rootResponse } from './openapi/root.js'
import { SurfaceDocuments } from './openapi/surface-documents.js'
import { version } from './openapi/version.js'
import { largeBody, parseInSlices, parseRequest } from './parse/parse-request.js'
import { type ParseSettings, parseSettings } from './parse/parse-settings.js'
import type { ParsedOptions, ParsedQuery, ParsedRoot } from './parse/parsed-request.js'
import { findRelation } from './plan/find-relation.js'
import { findOverloads } from './plan/find-routine.js'
import { noNames, type VisibleNames } from './plan/visible-names.js'
import { AbandonedError } from './postgres/errors.js'
import type { ClientDisconnect, Pool } from './postgres/pool.js'
import type { RateLimiter } from './rate-limit/rate-limiter.js'
import { allowResponse, relationMethods, rootMethods, routineMethods } from './respond/allow.js'
import { addCommonHeaders } from './respond/common-headers.js'
import { compressed } from './respond/compress.js'
import { withETag } from './respond/etag.js'
import { failureOf } from './respond/failure.js'
import { respond } from './respond/respond.js'
import { withWarnings } from './respond/warnings.js'
import type { DatabaseState } from './schema-cache/load.js'
import { PlanCache } from './transaction/plan-cache.js'
import type { Transaction, TransactionResult } from './transaction/transaction.js'
import { transactionOf } from './transaction/transaction-of.js'
import { VisibleNamesByRole } from './transaction/visible-names.js'

/** Everything that requests share. Replaced as a whole when configuration or schema change. */
export interface CoreState {
  readonly config: Config
  readonly database: DatabaseState
  readonly authenticator: Authenticator
  /** hears of everything that became an error response */
  readonly onError?: (error: unknown, request: HttpRequest, status: number) => void
  /** null: requests are not counted */
  readonly limiter: RateLimiter | null
  /** hears whose a request is */
  readonly onIdentified?: ((request: HttpRequest, role: string) => void) | undefined
}

/** The response, or its error; a body that is in neither is not read from PostgreSQL any more. */
function orDiscarded(body: TransactionResult['body'], make: () => HttpResponse): HttpResponse {
  if (!(body instanceof Readable)) return make()
  try {
    const response = make()
    if (streamOf(response.body) !== body) body.destroy()
    return response
  } catch (error) {
    body.destroy()
    throw error
  }
}

/** Errors whose hints name what is there. */
const hinted: ReadonlySet<string> = new Set(['PGRST200', 'PGRST202', 'PGRST205'])

/** Answers requests: authenticate → parse → plan → compile → execute → respond. It knows no sockets. */
export class Core {
  private readonly parseSettings: ParseSettings
  private readonly plans: PlanCache
  private readonly visible: VisibleNamesByRole
  private readonly documents: SurfaceDocuments

  /** @param run runs a request's transaction */
  constructor(
    private readonly state: CoreState,
    pool: Pool,
    private readonly run: (transaction: Transaction, abandoned: ClientDisconnect | null) => Promise<TransactionResult>,
  ) {
    const { config, database } = state
    this.parseSettings = parseSettings(config)
    this.visible = new VisibleNamesByRole(pool, config.dbSchemas)
    this.documents = new SurfaceDocuments(config)
    this.plans = new PlanCache(database.cache, {
      maximumRows: config.dbMaxRows,
      aggregates: config.dbAggregatesEnabled,
      explain: config.dbPlanEnabled,
    })
  }

  /** Looks at the token alone, so that a request that is refused for it need not be read. */
  admit(request: HttpRequest): { readonly refusal: HttpResponse | null; readonly isKnown: boolean } {
    const { config, authenticator } = this.state
    try {
      const { role } = authenticator.authenticate(request.headers.authorization)
      return { refusal: null, isKnown: role !== config.dbAnonRole }
    } catch (error) {
      // The key may be known by the time that the body has been read.
      if (authenticator.lookForKey(request.headers.authorization) !== null) return { refusal: null, isKnown: false }
      const failure = failureOf(error, false)
      this.state.onError?.(error, request, failure.status)
      const response = errorResponse(failure, config.clientErrorVerbosity)
      return { refusal: this.finish(request, response, false), isKnown: false }
    }
  }

  /**
   * Never rejects: what goes wrong is a response, too.
   * @param abandoned says when nobody waits for the response any more
   */
  async handle(request: HttpRequest, abandoned: ClientDisconnect | null = null): Promise<HttpResponse> {
    const { config, limiter } = this.state
    const origins = config.serverCorsAllowedOrigins
    const preflight = preflightResponse(request, origins)
    if (preflight !== null) return preflight
    const timing = config.serverTimingEnabled ? new ServerTiming() : null
    const rate = limiter === null ? null : limiter.request()
    let isKnown = false
    let response: HttpResponse
    try {
      if (rate !== null) await rate.takeForAddress(request)
      const identifying = this.identify(request.headers.authorization)
      const identity = identifying instanceof Promise ? await identifying : identifying
      timing?.mark('jwt')
      this.state.onIdentified?.(request, identity.role)
      isKnown = identity.role !== config.dbAnonRole
      if (rate !== null) await rate.takeForIdentity(identity)
      const answered = await this.answer(request, identity, timing, abandoned)
      const timed = timing === null ? answered : timing.addTo(answered)
      response = rate === null ? timed : rate.addTo(timed)
    } catch (error) {
      const failure = failureOf(abandoned?.isAbandoned === true ? new AbandonedError() : error, isKnown)
      this.state.onError?.(error, request, failure.status)
      response = errorResponse(failure, config.clientErrorVerbosity)
    }
    return this.finish(request, response, isKnown)
  }

  /** A token whose key is not known is judged again once newer keys have been looked for. */
  private identify(authorization: string | undefined): Identity | Promise<Identity> {
    const { authenticator } = this.state
    try {
      return authenticator.authenticate(authorization)
    } catch (error) {
      const looking = authenticator.lookForKey(authorization)
      if (looking === null) throw error
      return looking.then(() => authenticator.authenticate(authorization))
    }
  }

  private finish(request: HttpRequest, response: HttpResponse, isPrivate: boolean): HttpResponse {
    const { serverTraceHeader: traceHeader, serverCorsAllowedOrigins: origins } = this.state.config
    const { serverEtagEnabled, serverCompressFrom } = this.state.config
    const tagged = serverEtagEnabled ? withETag(request, response) : response
    const dressed = addCommonHeaders(request, tagged, { traceHeader, isPrivate })
    return withCors(request, compressed(request, dressed, serverCompressFrom), origins)
  }

  private async answer(
    request: HttpRequest,
    identity: Identity,
    timing: ServerTiming | null,
    abandoned: ClientDisconnect | null,
  ): Promise<HttpResponse> {
    const parsed =
      request.body.length > largeBody
        ? await parseInSlices(request, this.parseSettings)
        : parseRequest(request, this.parseSettings)
    timing?.mark('parse')
    switch (parsed.kind) {
      case 'query':
        return this.query(parsed, request, identity, timing, abandoned)
      case 'options':
        return this.options(parsed, identity, timing)
      case 'root':
        return this.root(parsed, request, identity, timing, abandoned)
    }
  }

  private async query(
    parsed: ParsedQuery,
    request: HttpRequest,
    identity: Identity,
    timing: ServerTiming | null,
    abandoned: ClientDisconnect | null,
  ): Promise<HttpResponse> {
    const { config, database } = this.state
    const { query, payload } = parsed
    const planning = this.withHints(identity.role, (visible) => this.plans.plan(parsed, visible))
    const planned = planning instanceof Promise ? await planning : planning
    const transaction = transactionOf({
      planned,
      query,
      payload,
      identity,
      request,
      config,
      roleSettings: database.roleSettings,
      codeResidue: database.cache.codeResidue,
    })
    timing?.mark('plan')
    const result = await this.run(transaction, abandoned)
    timing?.mark('transaction')
    const response = orDiscarded(result.body, () =>
      respond({
        ...result,
        plan: planned.plan,
        query,
        target: request.target,
        profile: parsed.profiled ? parsed.schema : null,
        maximumRows: config.dbMaxRows,
        verbosity: config.clientErrorVerbosity,
      }),
    )
    timing?.mark('response')
    return withWarnings(response, parsed.legacyTargets)
  }

  /** What cannot be planned is planned once more to say so with a hint, which names only what the role may know. */
  private withHints<T>(role: string, plan: (visible: VisibleNames) => T): T | Promise<T> {
    try {
      return plan(noNames)
    } catch (error) {
      if (!(error instanceof ApiError) || !hinted.has(error.code)) throw error
      return this.visible.to(role).then(plan)
    }
  }

  private async options(parsed: ParsedOptions, { role }: Identity, timing: ServerTiming | null): Promise<HttpResponse> {
    const methods = await this.withHints(role, (visible) => this.methodsOf(parsed, visible))
    timing?.mark('plan')
    timing?.mark('transaction')
    const response = allowResponse(methods)
    timing?.mark('response')
    return response
  }

  /** Of a function: what any of its overloads takes. */
  private methodsOf({ resource, schema }: ParsedOptions, visible: VisibleNames): string {
    const { cache } = this.state.database
    if (resource.kind === 'root') return rootMethods
    const { name } = resource
    if (resource.kind === 'relation') return relationMethods(findRelation(cache, schema, name, visible))
    return routineMethods(findOverloads(cache, { schema, name, names: new Set(), contentType: null }, visible))
  }

  private root(
    parsed: ParsedRoot,
    request: HttpRequest,
    identity: Identity,
    timing: ServerTiming | null,
    abandoned: ClientDisconnect | null,
  ): Promise<HttpResponse> {
    const { config, database } = this.state
    const { cache, roleSettings } = database
    return rootResponse({
      parsed,
      request,
      identity,
      config,
      cache,
      roleSettings,
      documents: this.documents,
      version,
      run: (transaction) => this.run(transaction, abandoned),
      mark: (stage) => timing?.mark(stage),
    })
  }
}

import type { Query } from '@rolecast/grammar'
import type { Identity } from '../authenticate/identity.js'
import { isBytes } from '../compile/body.js'
import { resultColumns } from '../compile/compile.js'
import type { Statement } from '../compile/statement.js'
import type { Config } from '../config/config.js'
import { type HttpRequest, splitTarget } from '../http-message.js'
import type { Payload } from '../parse/payload.js'
import type { Plan } from '../plan/plan.js'
import type { Step } from '../postgres/batch.js'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { IsolationLevel, Setting } from '../schema-cache/role-settings.js'
import { isolationOf, isolationSetting, type RoleSettings } from '../schema-cache/role-settings.js'
import { identifier, qualified } from '../sql/quote.js'
import { applicationName } from './application-name.js'
import { bindParameters } from './bind.js'
import { checkOf } from './check.js'
import type { Planned } from './plan-cache.js'
import { cookiesJson, headersJson } from './request-json.js'
import { settingsStep } from './settings.js'
import type { Transaction } from './transaction.js'

export interface Execution {
  readonly planned: Planned
  readonly query: Query
  readonly payload: Payload | null
  readonly identity: Identity
  readonly request: HttpRequest
  readonly config: Config
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
  /** what code of the database's own may leave in the session */
  readonly codeResidue: SessionResidue
}

/** The transaction of one request. Pure: nothing of it has been sent yet. */
export function transactionOf(execution: Execution): Transaction {
  const { planned, query, payload, identity, request, config, codeResidue } = execution
  const { plan, compiled, literals } = planned
  const stepOf = ({ text, parameters }: Statement): Step => ({
    text,
    values: bindParameters(parameters, literals, payload),
    role: identity.role,
  })
  return {
    settings: requestSettings(execution),
    preRequest: preRequestStep(config, identity.role),
    estimate: compiled.estimate === null ? null : stepOf(compiled.estimate),
    head: compiled.head === null ? null : stepOf(compiled.head),
    main: { ...stepOf(compiled.main), ...(compiled.head === null ? bodyOf(plan) : {}) },
    holdsBody: config.serverEtagEnabled && request.method === 'GET',
    readOnly: plan.readOnly,
    residue: residueOfRequest(planned.residue, codeResidue, config),
    isolation: isolationLevel(execution),
    end: endOf(config, query),
    check: checkOf(plan, query),
  }
}

/** Where the body goes. An explanation has none: it comes in rows of text. */
function bodyOf({ media, handler }: Plan): Pick<Step, 'bodySink' | 'binaryColumn'> {
  if (media.explain !== null) return {}
  const isBinary = isBytes(handler)
  return {
    bodySink: { isBinary, bytes: null },
    ...(isBinary ? { binaryColumn: resultColumns.body + 1 } : {}),
  }
}

/** The pre-request function is code of the database's as well. */
export function residueOfRequest(
  ofPlan: SessionResidue,
  ofCode: SessionResidue,
  { dbResetSession, dbPreRequest }: Config,
): SessionResidue {
  if (!dbResetSession) return 'none'
  return dbPreRequest !== null ? ofCode : ofPlan
}

export function requestSettings({ planned, query, identity, request, config, roleSettings }: Execution): Step {
  const { plan } = planned
  const { target, headers, method } = request
  const { timezone } = query.preferences
  return settingsStep(
    {
      searchPath: searchPathOf(plan.schema, config),
      role: identity.role,
      claims: identity.claims,
      method,
      path: splitTarget(target).path,
      headers: headersJson(headers),
      cookies: cookiesJson(headers.cookie),
      ofRole: roleSettings.get(identity.role)?.settings ?? [],
      others: namedSettings(otherSettings(plan, timezone, config), config, identity, request),
      claimPrefixes: config.dbClaimSettings,
    },
    plan.readOnly,
  )
}

function otherSettings(plan: Plan, timezone: string | undefined, config: Config): readonly Setting[] {
  if (timezone === undefined && plan.kind !== 'call') return config.appSettings
  const zone: Setting[] = timezone === undefined ? [] : [['timezone', timezone]]
  return [...zone, ...routineSettings(plan, config), ...config.appSettings]
}

/** With the request's application_name, where there is one. */
export function namedSettings(
  others: readonly Setting[],
  { dbApplicationName, serverTraceHeader }: Config,
  identity: Identity,
  request: HttpRequest,
): readonly Setting[] {
  if (dbApplicationName === null) return others
  return [...others, ['application_name', applicationName(dbApplicationName, identity, request, serverTraceHeader)]]
}

/** Temporary tables come last: none that somebody left can stand in for another relation. */
export function searchPathOf(schema: string, { dbExtraSearchPath }: Config): string {
  const last = lastSearchPaths.get(dbExtraSearchPath)
  if (last?.schema === schema) return last.path
  const path = [schema, ...dbExtraSearchPath, 'pg_temp'].map(identifier).join(', ')
  lastSearchPaths.set(dbExtraSearchPath, { schema, path })
  return path
}

/** By the configuration's extra schemas: one request after the other has the same path. */
const lastSearchPaths = new WeakMap<readonly string[], { readonly schema: string; readonly path: string }>()

/** Settings of a function that hold for the whole transaction, as configured. */
function routineSettings(plan: Plan, { dbHoistedTxSettings }: Config): Setting[] {
  if (plan.kind !== 'call') return []
  return plan.routine.routine.settings
    .filter(({ name }) => name !== isolationSetting && dbHoistedTxSettings.includes(name))
    .map(({ name, value }) => [name, value])
}

function isolationLevel({ planned: { plan }, identity, config, roleSettings }: Execution): IsolationLevel {
  const ofRoutine =
    plan.kind === 'call' && config.dbHoistedTxSettings.includes(isolationSetting)
      ? isolationOf(plan.routine.routine.settings.find(({ name }) => name === isolationSetting)?.value)
      : null
  return ofRoutine ?? roleSettings.get(identity.role)?.isolation ?? 'read committed'
}

export function preRequestStep({ dbPreRequest }: Config, role: string): Step | null {
  if (dbPreRequest === null) return null
  const { schema, name } = dbPreRequest
  return { text: `SELECT ${schema === null ? identifier(name) : qualified(schema, name)}()`, values: [], role }
}

/** The parser lets a transaction preference through only where it may override. */
function endOf({ dbTxEnd }: Config, { preferences }: Query): 'commit' | 'rollback' {
  return preferences.transaction ?? (dbTxEnd.startsWith('rollback') ? 'rollback' : 'commit')
}

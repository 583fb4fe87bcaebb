import type { ServerOptions } from '@rolecast/server'
import type { ApiAnswer } from '../ask/ask.js'

/** A setting of the server that refuses a request, and the value that does not. */
export interface SettingFault {
  readonly key: string
  readonly value: string
  readonly message: string
  readonly options: ServerOptions
}

/** By the error that says so. */
const settings: Readonly<Record<string, SettingFault>> = {
  PGRST123: {
    key: 'db_aggregates_enabled',
    value: 'true',
    message: 'The server does not allow aggregates: db-aggregates-enabled is false.',
    options: { dbAggregatesEnabled: true },
  },
  PGRST107: {
    key: 'db_plan_enabled',
    value: 'true',
    message: 'The server does not show plans: db-plan-enabled is false.',
    options: { dbPlanEnabled: true },
  },
  PGRST126: {
    key: 'openapi_mode',
    value: 'follow-privileges',
    message: 'The server does not describe itself: openapi-mode is disabled.',
    options: { openapiMode: 'follow-privileges' },
  },
}

/** @param asksForPlan whether the request's Accept header names a plan: another media type that nothing makes is no setting */
export function settingFault({ code }: ApiAnswer, asksForPlan: boolean): SettingFault | null {
  if (code === 'PGRST107' && !asksForPlan) return null
  return settings[code ?? ''] ?? null
}

import type { z } from 'zod'
import { clientTarget } from './client/target.js'
import { kyselyTarget } from './kysely/target.js'
import { openApiTarget } from './openapi/target.js'
import { supabaseTarget } from './supabase/target.js'
import { zodTarget } from './zod/target.js'

/** The targets that rolecast brings along. A new one is registered here, and nowhere else. */
export const builtInTargets = [clientTarget, supabaseTarget, kyselyTarget, zodTarget, openApiTarget] as const

type BuiltInTarget = (typeof builtInTargets)[number]

export type BuiltInTargetName = BuiltInTarget['name']

/** The configuration's keys that are targets' names, with each one's options. */
export type TargetOptions = {
  readonly [T in BuiltInTarget as T['name']]?: z.input<T['options']> | undefined
}

import type { Limits } from '@rolecast/grammar/parse'
import { defaultLimits } from '@rolecast/grammar/parse'
import type { Config } from '../config/config.js'

/** The part of the configuration that decides how requests read. Made once, not for each request. */
export interface ParseSettings
  extends Pick<Config, 'dbSchemas' | 'dbRootSpec' | 'openapiMode' | 'urlUseLegacyTargetNames'> {
  /** whether `Prefer: tx=…` is heard */
  readonly transactionOverride: boolean
  /** refuse PATCH and DELETE that would touch every row */
  readonly requireFilter: boolean
  readonly limits: Limits
  /** arrays and objects that may stand in one another in a body */
  readonly jsonDepth: number
}

export function parseSettings(config: Config): ParseSettings {
  const { dbSchemas, dbRootSpec, openapiMode, urlUseLegacyTargetNames } = config
  return {
    dbSchemas,
    dbRootSpec,
    openapiMode,
    urlUseLegacyTargetNames,
    requireFilter: config.dbRequireFilter,
    transactionOverride: config.dbTxEnd.endsWith('-allow-override'),
    jsonDepth: config.serverMaxJsonDepth,
    limits: {
      ...defaultLimits,
      queryLength: config.serverMaxUrlLength,
      filterDepth: config.serverMaxFilterDepth,
      conditions: config.serverMaxConditions,
      embedDepth: config.serverMaxEmbedDepth,
      embeds: config.serverMaxEmbeds,
    },
  }
}

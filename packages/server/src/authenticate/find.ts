import type { JsonObject } from './strict-json.js'

/** The value at a path in claims, or undefined. */
export type Find = (claims: JsonObject) => unknown

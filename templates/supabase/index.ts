export { emitDatabase } from './emit-database.js'
export type { SupabaseOptions } from './options.js'

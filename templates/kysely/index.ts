export { emitKysely } from './emit-kysely.js'
export type { KyselyOptions } from './options.js'

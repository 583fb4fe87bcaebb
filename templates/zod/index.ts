export { type EmittedSchemas, emitZod, type LeftToServer } from './emit-zod.js'
export type { ZodOptions } from './options.js'
export { zodTarget } from './target.js'

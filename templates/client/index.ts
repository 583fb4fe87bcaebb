export { emitClient } from './emit-client.js'
export { inlineRuntime } from './inline-runtime.js'
export type { ClientOptions, EmitOptions } from './options.js'

export { emitClient } from './emit-client.js'
export { inlineRuntime } from './inline-runtime.js'
export type { ClientOptions, EmittedFile, PackageOptions, RenameOptions, TypeOptions } from './options.js'

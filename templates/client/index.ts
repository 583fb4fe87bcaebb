export { emitClient } from './emit-client.js'
export type { ClientOptions, EmittedFile, PackageOptions, RenameOptions, TypeOptions } from './options.js'

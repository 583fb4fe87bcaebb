export { declarationsOf } from './declarations.js'
export type { OpenApiOptions } from './options.js'
export { openApiTarget } from './target.js'

export { defineConfig } from './config/define-config.js'
export type { ConfigInput as Config } from './config/schema.js'

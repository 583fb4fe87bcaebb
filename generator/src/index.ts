export type { CatalogConfig, ClientConfig, Config, DatabaseConfig, SqlConfig, UriConfig } from './config/config.js'
export { defineConfig } from './config/define-config.js'

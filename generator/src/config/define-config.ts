import type { Config, ConfigWithOwnTargets } from './config.js'

/**
 * Gives an editor the types of `rolecast.config.ts`.
 *
 * @example
 * export default defineConfig({
 *   database: { uri: process.env.DATABASE_URL ?? 'postgresql://localhost/shop' },
 *   schemas: ['api'],
 *   roles: ['anon', 'app_user'],
 *   out: 'src/api',
 * })
 */
export function defineConfig(config: Config): Config
/** With options of targets of your own, under their names. */
export function defineConfig(config: ConfigWithOwnTargets): ConfigWithOwnTargets
export function defineConfig(config: Config): Config {
  return config
}

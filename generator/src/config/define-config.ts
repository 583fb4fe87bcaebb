import type { Config, ConfigWithOwnTargets, PresetConfig } from './config.js'

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
/** With a preset, which fills in what is left out. */
export function defineConfig(config: PresetConfig): PresetConfig
/** With options of targets of your own, under their names. */
export function defineConfig(config: ConfigWithOwnTargets): ConfigWithOwnTargets
export function defineConfig(config: Config | PresetConfig): Config | PresetConfig {
  return config
}

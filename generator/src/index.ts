export type { Surface } from '@rolecast/catalog'
export { defineTarget, type EmittedFile, type Project, type ReadProject, type Target } from '@rolecast/templates'
export { z } from 'zod'
export type {
  CatalogConfig,
  Config,
  ConfigWithOwnTargets,
  DatabaseConfig,
  Preset,
  PresetConfig,
  SqlConfig,
  SupabasePreset,
  TargetPath,
  TargetReference,
  UriConfig,
} from './config/config.js'
export { defineConfig } from './config/define-config.js'

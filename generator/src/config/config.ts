import type { Suppression } from '@rolecast/audit'
import type { RoleFacts } from '@rolecast/catalog'
import type { BuiltInTargetName, TargetOptions } from '@rolecast/templates'

/** What `rolecast.config.ts` exports. Paths are relative to that file. */
export interface Config extends TargetOptions {
  /** Where roles and privileges are read. */
  readonly database: DatabaseConfig
  /** The exposed schemas; the first is the API's default. */
  readonly schemas: readonly string[]
  /**
   * Schemas that the server finds operators in without exposing them: its `db-extra-search-path`. Default `['public']`.
   * Conditions and embeds that need an operator of another schema are not offered.
   */
  readonly extraSearchPath?: readonly string[] | undefined
  /** The roles to write files for. */
  readonly roles: readonly string[]
  /** The role that the server connects as; when given, it must be able to become every role of `roles`. */
  readonly authenticator?: string | undefined
  /** The output folder: one folder a role is made in it, and those of roles that are not listed any more go. */
  readonly out: string
  /**
   * Patterns over `schema.name`, in which `*` stands for any characters: relations and functions that are taken in although
   * an extension owns them, or `exclude` names them.
   */
  readonly include?: readonly string[] | undefined
  /** Relations and functions that are left out, by such patterns. */
  readonly exclude?: readonly string[] | undefined
  /**
   * What is known of every request of a role: claims of its token, null for those that are never there. Verbs that no row
   * can pass then are left out, as those are that no policy ever lets through.
   */
  readonly facts?: Readonly<Record<string, RoleFacts>> | undefined
  /** For `rolecast least-privilege`. */
  readonly leastPrivilege?: LeastPrivilegeConfig | undefined
  /** What `rolecast audit` leaves out. */
  readonly audit?: AuditConfig | undefined
  /** What is written for each role. Default `['client']`. Each target's options stand under its name. */
  readonly targets?: readonly TargetReference[] | undefined
}

/** A configuration of which a preset fills in what it leaves out. */
export interface PresetConfig extends Partial<Config> {
  readonly preset: Preset
}

/** `'supabase'`: database, schemas and roles are those of the Supabase project in the folder `supabase`. */
export type Preset = 'supabase' | SupabasePreset

export interface SupabasePreset {
  readonly name: 'supabase'
  /**
   * What anon, authenticated and service_role are granted on every object that migrations make in public: `'none'`, as in
   * projects since 2026, or `'all'`, as in older ones. Default: as `config.toml` says with `auto_expose_new_tables`.
   */
  readonly grants?: 'none' | 'all' | undefined
  /** `false`: seeds are not loaded */
  readonly seed?: boolean | undefined
}

/** A target that rolecast brings along, by name, or a module that exports one, by path. */
export type TargetReference = BuiltInTargetName | TargetPath

export type TargetPath = `./${string}` | `../${string}` | `/${string}`

/** A configuration with options of targets of its own, which no type knows. */
export type ConfigWithOwnTargets = (Config | PresetConfig) & {
  readonly targets: readonly TargetReference[]
  readonly [target: string]: unknown
}

export interface LeastPrivilegeConfig {
  /** What roles may have though no app uses it: `app_user update(note) on api.orders`; `*` stands for any characters. */
  readonly allow: readonly string[]
}

export interface AuditConfig {
  /** Findings to live with, each for a reason and a time: after `until` they come back. */
  readonly suppressions?: readonly Suppression[] | undefined
}

export type DatabaseConfig = UriConfig | SqlConfig | CatalogConfig

export interface UriConfig {
  /** A connection URI, `postgresql://user@host/database`; any role that may log in will do. */
  readonly uri: string
}

export interface SqlConfig {
  /** SQL files, patterns and folders of migrations that make the schema, in order. They are loaded into a PostgreSQL that is started for the occasion. */
  readonly sql: readonly string[]
  /** Major version of that PostgreSQL. Default 18; the others need their npm package installed. */
  readonly version?: 14 | 15 | 16 | 17 | 18 | undefined
}

export interface CatalogConfig {
  /** A file that `rolecast snapshot` wrote. */
  readonly catalog: string
}

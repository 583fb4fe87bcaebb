import type { Setting } from './file-syntax.js'

/** What stands in front of the keys that are for SQL, in a file and in the environment. */
export const appSettingsPrefix = 'app.settings.'
export const appSettingsVariable = 'PGRST_APP_SETTINGS_'

/** Settings for SQL, by name: `current_setting('app.settings.name')`. The environment is stronger than the file. */
export function appSettingsOf(
  file: readonly Setting[],
  env: Readonly<Record<string, string | undefined>>,
): [name: string, value: string][] {
  const values = new Map<string, string>()
  for (const { key, value } of file) if (key.startsWith(appSettingsPrefix)) values.set(key, String(value))
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(appSettingsVariable) && value !== undefined) {
      values.set(appSettingsPrefix + name.slice(appSettingsVariable.length), value)
    }
  }
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1))
}

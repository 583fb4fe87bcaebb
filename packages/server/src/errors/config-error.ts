/** The configuration cannot be used. The message names keys and what was expected, never a value that may be secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

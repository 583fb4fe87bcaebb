import type { Config } from '../../config/config.js'
import { parseKeys } from '../keys.js'
import type { KeySource } from './key-source.js'
import { keyUrlOf } from './key-url.js'

export type KeySettings = Pick<Config, 'jwtSecret' | 'jwtSecretIsBase64' | 'jwtAllowInsecureSecret'>

/**
 * The keys that the configuration itself holds. Where it names a URL there are none: no token is verified.
 * @throws ConfigError for keys and URLs that cannot be used
 */
export function fixedKeys(settings: KeySettings): KeySource {
  const { jwtSecret, jwtSecretIsBase64, jwtAllowInsecureSecret } = settings
  const none = { keys: jwtSecret === null ? null : [], warnings: [] }
  const { keys, warnings } =
    jwtSecret === null || keyUrlOf(jwtSecret, jwtSecretIsBase64) !== null
      ? none
      : parseKeys(jwtSecret, jwtSecretIsBase64, jwtAllowInsecureSecret)
  return { keys, warnings, lookAgain: () => null, close: () => {} }
}

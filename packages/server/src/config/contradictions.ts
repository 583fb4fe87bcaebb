import { ConfigError } from '../errors/config-error.js'
import type { Config } from './config.js'

/** Keys that cannot both be as they are. */
const contradictions: readonly (readonly [holds: (config: Config) => boolean, message: string])[] = [
  [
    ({ adminServerPort, serverPort, serverUnixSocket }) =>
      adminServerPort !== null && adminServerPort !== 0 && adminServerPort === serverPort && serverUnixSocket === null,
    'admin-server-port cannot be the same as server-port',
  ],
  [
    ({ adminServerUnixSocket, serverUnixSocket }) =>
      adminServerUnixSocket !== null && adminServerUnixSocket === serverUnixSocket,
    'admin-server-unix-socket cannot be the same as server-unix-socket',
  ],
  [
    ({ jwtRequireAud, jwtAud }) => jwtRequireAud && jwtAud === null,
    'jwt-require-aud is true, but jwt-aud does not say which audience tokens must have',
  ],
]

/** @throws ConfigError naming both keys */
export function checkContradictions(config: Config): void {
  const found = contradictions.find(([holds]) => holds(config))
  if (found !== undefined) throw new ConfigError(found[1])
}

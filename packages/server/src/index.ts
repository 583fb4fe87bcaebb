export type { KeyDescription, KeysDescription } from './authenticate/describe-keys.js'
export {
  type DecodedToken,
  decodeToken,
  type JudgeOptions,
  judgeToken,
  type TokenFault,
  type TokenJudgement,
} from './authenticate/judge-token.js'
export { KeySetError } from './authenticate/key-source/key-set-error.js'
export { parseKeys } from './authenticate/keys.js'
export { parseStrictObject } from './authenticate/strict-json.js'
export type { Config } from './config/config.js'
export { readConfig } from './config/read-config.js'
export type { StrangeKey } from './config/strange-keys.js'
export { createServer } from './create-server.js'
export { type DescribedConfig, describeConfig } from './describe-config.js'
export { ConfigError } from './errors/config-error.js'
export { ListenError } from './http/listen-error.js'
export { type ClusterOptions, serveOnAllCores } from './http/serve-on-all-cores.js'
export { dumpConfig, exampleConfig } from './observe/dump-config.js'
export { ConnectionFailedError } from './postgres/errors.js'
export type { Bucket, RateLimitStore, Taken } from './rate-limit/rate-limit-store.js'
export { readSchemaDump } from './read-schema-dump.js'
export { reloadOnSignals } from './reload-on-signals.js'
export type { Server, ServerOptions, TestTransaction } from './server.js'

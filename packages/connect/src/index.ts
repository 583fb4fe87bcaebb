export { cancelWorkOf } from './cancel.js'
export {
  ConnectionRefusedError,
  ConnectionStringError,
  ConnectTimeoutError,
  DeadConnectionError,
} from './errors.js'
export { lossOf, type OpenOptions, openClient } from './open-client.js'
export { type ConnectionSettings, connectionSettings, type ServerAddress, type SessionAttributes } from './settings.js'
export { isStillServed, socketOf, watchSilence } from './silence.js'

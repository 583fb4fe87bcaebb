export { type Binaries, embeddedVersions, type PostgresVersion } from './binaries.js'
export { EmbeddedPostgresError, SqlFileError } from './errors.js'
export { type EmbeddedPostgres, type StartOptions, startPostgres } from './server.js'
export { loadSqlFiles } from './sql-files.js'

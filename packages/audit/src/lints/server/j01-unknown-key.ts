import { serverLint } from './server-lint.js'

/** PostgREST drops what it does not know without a word: the secret of db-jwt-secret is none. */
export const lint = serverLint({
  id: 'J01',
  severity: 'error',
  title: 'A key of the configuration means nothing',
  nearMiss: 'Other names that PostgREST takes itself, as db-schema.',
  references: ['CWE-1188'],
  *find(server) {
    for (const { key, line, meant } of server.strangeKeys) {
      yield {
        object: key,
        message: `${key} means nothing to PostgREST, so what it should say is not said.${meant === null ? '' : ` ${meant} is probably meant.`}`,
        evidence: `${server.file}, line ${line}.`,
      }
    }
  },
})

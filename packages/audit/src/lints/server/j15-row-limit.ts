import { serverLint } from './server-lint.js'

/** Limits that clients set are no limits. */
export const lint = serverLint({
  id: 'J15',
  severity: 'warning',
  title: 'A response has any number of rows',
  nearMiss: 'A limit, however large.',
  references: ['CWE-770'],
  *find(server) {
    if (!(server.dbMaxRows === null)) return
    yield {
      object: 'db-max-rows',
      message: 'One request can ask for a whole table, again and again. Set db-max-rows.',
      evidence: `${server.file} has no db-max-rows.`,
    }
  },
})

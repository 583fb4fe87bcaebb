import { keysOf, serverLint } from './server-lint.js'

/** A rotation that kept the name. */
export const lint = serverLint({
  id: 'J10',
  severity: 'error',
  title: 'Two keys have one name',
  nearMiss: 'Two keys without a name.',
  references: ['RFC 7517 4.5'],
  *find(server) {
    const names = keysOf(server).flatMap(({ kid }) => (kid === null ? [] : [kid]))
    for (const kid of new Set(names.filter((name, at) => names.indexOf(name) !== at))) {
      yield {
        object: `key ${JSON.stringify(kid)} of jwt-secret`,
        message: 'Which of them a token means is not clear, and libraries take the first, the last or none.',
        evidence: `${server.file}: ${names.filter((name) => name === kid).length} keys have this kid.`,
      }
    }
  },
})

import { cited, count, findingsOfIds } from '../evidence.js'
import { fail, manual, type Point, pass } from '../point.js'

export const tokenKeys: Point = {
  title: 'Nobody can guess or look up the key that signs tokens',
  judge({ audit: { server }, findings }) {
    const leaked = findingsOfIds(findings, ['F10', 'J06'])
    if (leaked.length > 0) return fail(cited(leaked))
    if (server === null) {
      return manual('Give the configuration of the server with --config postgrest.conf: its jwt-secret is judged then.')
    }
    const { tokenKeys: described, file } = server
    if (described === null) return fail(`${file} has no jwt-secret, so no token is taken.`)
    if (described.problem !== null) return fail(described.problem)
    if (server.jwtAllowInsecureSecret) return fail('jwt-allow-insecure-secret takes secrets that anybody can guess.')
    if (described.doubts.length > 0) return fail(described.doubts.join(' '))
    const weak = findingsOfIds(findings, ['J02', 'J07', 'J08'])
    if (weak.length > 0) return fail(cited(weak))
    const kinds = described.keys.map(({ alg, kty, secretBytes }) =>
      secretBytes === null ? (alg ?? kty) : `${alg ?? 'HMAC'} with ${secretBytes} bytes`,
    )
    return pass(`jwt-secret has ${count(kinds.length, 'key')}: ${kinds.join(', ')}.`)
  },
}

import { serverLint } from './server-lint.js'

/** One issuer often serves several servers. */
export const lint = serverLint({
  id: 'J04',
  severity: 'warning',
  title: 'Tokens for other servers are taken',
  nearMiss: 'jwt-aud with jwt-require-aud.',
  references: ['CWE-287', 'RFC 8725 3.9'],
  *find(server) {
    const { file, jwtAud, jwtRequireAud, tokenKeys } = server
    if (tokenKeys === null || (jwtAud !== null && jwtRequireAud)) return
    yield jwtAud === null
      ? {
          object: 'jwt-aud',
          message: 'A token that was issued for another server with the same key is good here. Set jwt-aud.',
          evidence: `${file} has no jwt-aud.`,
        }
      : {
          object: 'jwt-require-aud',
          severity: 'information',
          message: 'A token without an audience is good here, as with PostgREST. jwt-require-aud = true refuses it.',
          evidence: `${file}: jwt-require-aud is not set.`,
        }
  },
})

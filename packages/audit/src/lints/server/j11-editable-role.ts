import { userClaims } from '../../user-claims.js'
import { serverLint } from './server-lint.js'

/** The role comes from a part of the token that its holder writes. */
export const lint = serverLint({
  id: 'J11',
  severity: 'error',
  title: 'Users choose their role',
  nearMiss: 'A claim of app_metadata, which only the issuer writes.',
  references: ['CWE-269', 'CWE-639'],
  *find(server) {
    const part = server.jwtRoleClaimKey.split(/[^\w-]+/).find((name) => userClaims.has(name))
    if (part === undefined) return
    yield {
      object: 'jwt-role-claim-key',
      message: `Users write ${part} of their tokens themselves, so they may have any role that the server can become.`,
      evidence: `${server.file}: jwt-role-claim-key = ${JSON.stringify(server.jwtRoleClaimKey)}.`,
    }
  },
})

import { boolean, integer, oneOf, seconds, stringOrUri, text } from '../value-types.js'
import { type KeyDefinition, postgrest, rolecast } from './key-definition.js'

/** Tokens and their keys. */
export const tokenKeys = {
  jwtSecret: {
    key: 'jwt-secret',
    type: text,
    default: null,
    ...postgrest.everywhere,
    fromFile: true,
    misspellings: ['db-jwt-secret'],
    description: 'secret, JWK or JWK set that verifies tokens; `@FILE`: what a file holds',
  },
  jwtSecretIsBase64: {
    key: 'jwt-secret-is-base64',
    type: boolean,
    default: false,
    ...postgrest.everywhere,
    aliases: ['secret-is-base64'],
    description: '`jwt-secret` is in base64',
  },
  jwtAud: {
    key: 'jwt-aud',
    type: stringOrUri,
    default: null,
    ...postgrest.everywhere,
    misspellings: ['db-jwt-aud'],
    description: 'the `aud` that tokens must have, if they have one',
  },
  jwtRoleClaimKey: {
    key: 'jwt-role-claim-key',
    type: text,
    default: '$.role',
    ...postgrest.everywhere,
    aliases: ['role-claim-key'],
    description: 'JSON Path of the role in the claims',
  },
  jwtCacheMaxEntries: {
    key: 'jwt-cache-max-entries',
    type: integer(0),
    default: 1000,
    ...postgrest.everywhere,
    description: 'most tokens that are remembered; `0`: none',
  },
  jwtAllowInsecureSecret: {
    key: 'jwt-allow-insecure-secret',
    type: boolean,
    default: false,
    ...rolecast.reloadable,
    description: 'take a `jwt-secret` that is short or published: for tests',
  },
  jwtRequireExp: {
    key: 'jwt-require-exp',
    type: boolean,
    default: false,
    ...rolecast.everywhere,
    description: 'refuse tokens without `exp`',
  },
  jwtRequireAud: {
    key: 'jwt-require-aud',
    type: boolean,
    default: false,
    ...rolecast.everywhere,
    description: 'refuse tokens without `aud`, where `jwt-aud` is set',
  },
  jwtIss: {
    key: 'jwt-iss',
    type: stringOrUri,
    default: null,
    ...rolecast.everywhere,
    description: 'the `iss` that tokens must have',
  },
  jwtMaxAge: {
    key: 'jwt-max-age',
    type: seconds,
    default: null,
    ...rolecast.everywhere,
    description: 'seconds since `iat`, which tokens must then have',
  },
  jwtPrivilegedRoles: {
    key: 'jwt-privileged-roles',
    type: oneOf('allow', 'warn', 'refuse'),
    default: 'warn',
    ...rolecast.everywhere,
    description: 'tokens that name a superuser or a role with BYPASSRLS: allow, warn in the log, or refuse them',
  },
} satisfies Readonly<Record<string, KeyDefinition>>

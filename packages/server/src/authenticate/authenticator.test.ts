import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../errors/api-error.js'
import { type AuthenticatorSettings, createAuthenticator } from './authenticator.js'

const secret = 'a secret that is long enough for tests'
const now = 1_800_000_000_000
const second = now / 1000

const settings: AuthenticatorSettings = {
  dbAnonRole: 'anon',
  jwtAllowInsecureSecret: false,
  jwtAud: null,
  jwtDeniedIds: [],
  jwtCacheMaxEntries: 100,
  jwtIss: null,
  jwtMaxAge: null,
  jwtRequireAud: false,
  jwtRequireExp: false,
  jwtRoleClaimKey: '$.role',
  jwtRoles: [],
  jwtSecret: secret,
  jwtSecretIsBase64: false,
  jwtTyp: null,
}

function encode(text: string | Buffer): string {
  return Buffer.from(text).toString('base64url')
}

function sign(payload: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, key = secret): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const signed = `${encode(JSON.stringify(header))}.${encode(text)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

function authenticate(token: string, changed: Partial<AuthenticatorSettings> = {}, reserved: string[] = []) {
  return createAuthenticator({ ...settings, ...changed }, reserved).authenticate(`Bearer ${token}`, now)
}

function refusal(run: () => unknown): ApiError {
  try {
    run()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('who a request is of', () => {
  test('without a token, the anonymous role', () => {
    const identity = { role: 'anon', claims: '{"role":"anon"}' }
    const authenticator = createAuthenticator(settings)
    expect(authenticator.authenticate(undefined)).toEqual(identity)
    expect(authenticator.authenticate('Basic YTpi')).toEqual(identity)
  })

  test('without a token and an anonymous role, nobody', () => {
    const error = refusal(() => createAuthenticator({ ...settings, dbAnonRole: null }).authenticate(undefined))
    expect(error).toMatchObject({ status: 401, code: 'PGRST302', headers: [['WWW-Authenticate', 'Bearer']] })
  })

  test('the role that the token names, and its claims as they came', () => {
    const claims = '{"role":"user", "sub":12345678901234567890, "name":"\\u00e9"}'
    expect(authenticate(sign(claims))).toEqual({ role: 'user', claims })
  })

  test('a token without a role is of the anonymous one, which its claims then name', () => {
    expect(authenticate(sign(' {"sub":12345678901234567890}'))).toEqual({
      role: 'anon',
      claims: '{"role":"anon","sub":12345678901234567890}',
    })
    expect(authenticate(sign({}))).toEqual({ role: 'anon', claims: '{"role":"anon"}' })
  })

  test('the role is where jwt-role-claim-key says', () => {
    const claims = { role: 'other', app: { roles: ['x', 'user'] } }
    const identity = authenticate(sign(claims), { jwtRoleClaimKey: '$.app.roles[1]' })
    expect(identity.role).toBe('user')
    expect(JSON.parse(identity.claims)).toMatchObject({ role: 'user', app: claims.app })
  })

  test('the scheme may be written in lower case', () => {
    const header = `bearer ${sign({ role: 'user' })}`
    expect(createAuthenticator(settings).authenticate(header, now).role).toBe('user')
  })

  test('no secret, no tokens', () => {
    expect(refusal(() => authenticate(sign({ role: 'user' }), { jwtSecret: null }))).toMatchObject({
      status: 500,
      code: 'PGRST300',
      message: 'Server lacks JWT secret',
    })
  })
})

describe('algorithms', () => {
  const pairs: readonly (readonly [string, () => { publicKey: KeyObject; privateKey: KeyObject }])[] = [
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['PS384', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ES384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['ES512', () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['EdDSA', () => generateKeyPairSync('ed25519')],
  ]

  test.each(pairs)('%s, and only with its own key', async (alg, generate) => {
    const { publicKey, privateKey } = generate()
    const token = await new SignJWT({ role: 'user' }).setProtectedHeader({ alg }).sign(privateKey)
    const jwk = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), alg })
    expect(authenticate(token, { jwtSecret: jwk }).role).toBe('user')
    const other = JSON.stringify({ ...generate().publicKey.export({ format: 'jwk' }), alg })
    expect(refusal(() => authenticate(token, { jwtSecret: other })).code).toBe('PGRST301')
  })

  test('a set has its keys by kid; without one, each is tried', async () => {
    const [one, two] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
    const keys = [one, two].map(({ publicKey }, index) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid: `k${index}`,
    }))
    const jwtSecret = JSON.stringify({ keys })
    const tokenOf = (header: { kid?: string }) =>
      new SignJWT({ role: 'user' }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(two.privateKey)
    expect(authenticate(await tokenOf({ kid: 'k1' }), { jwtSecret }).role).toBe('user')
    expect(authenticate(await tokenOf({}), { jwtSecret }).role).toBe('user')
    for (const kid of ['k0', 'unknown', '../../k1', "' or 1=1", 'x'.repeat(100_000)]) {
      const token = await tokenOf({ kid })
      expect(refusal(() => authenticate(token, { jwtSecret })).code).toBe('PGRST301')
    }
  })

  test('each token is tried against keys of its own algorithm, while a deployment moves to another', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rsa = publicKey.export({ format: 'jwk' })
    const jwtSecret = JSON.stringify({ keys: [{ kty: 'oct', k: encode(secret) }, rsa] })
    expect(authenticate(sign({ role: 'old' }), { jwtSecret }).role).toBe('old')
    const renewed = await new SignJWT({ role: 'new' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
    expect(authenticate(renewed, { jwtSecret }).role).toBe('new')
    const forms = [publicKey.export({ format: 'pem', type: 'spki' }), JSON.stringify(rsa), String(rsa.n)]
    for (const form of forms) {
      const forged = sign({ role: 'admin' }, { alg: 'HS256' }, String(form))
      expect(refusal(() => authenticate(forged, { jwtSecret })).code).toBe('PGRST301')
    }
  })

  test('a secret may be base64', () => {
    const bytes = Buffer.from(Array.from({ length: 40 }, (_, index) => (index * 37) % 256))
    const signed = `${encode('{"alg":"HS256"}')}.${encode('{"role":"user"}')}`
    const token = `${signed}.${createHmac('sha256', bytes).update(signed).digest('base64url')}`
    for (const jwtSecret of [bytes.toString('base64'), bytes.toString('base64url')]) {
      expect(authenticate(token, { jwtSecret, jwtSecretIsBase64: true }).role).toBe('user')
    }
  })
})

describe('tokens that are refused with PGRST301', () => {
  const good = sign({ role: 'user' })
  const [head = '', body = '', mac = ''] = good.split('.')
  const publicPem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey

  test.each([
    ['none', sign({ role: 'user' }, { alg: 'none' })],
    ['None', `${encode('{"alg":"None"}')}.${body}.`],
    ['nOnE', `${encode('{"alg":"nOnE"}')}.${body}.${mac}`],
    ['no algorithm', sign({ role: 'user' }, { typ: 'JWT' })],
    ['another algorithm than the key has', sign({ role: 'user' }, { alg: 'HS512' })],
    ['crit', sign({ role: 'user' }, { alg: 'HS256', crit: ['x'], x: 1 })],
    ['b64', sign({ role: 'user' }, { alg: 'HS256', b64: false })],
    ['b64 in crit', sign({ role: 'user' }, { alg: 'HS256', b64: false, crit: ['b64'] })],
    ['kid that is no text', sign({ role: 'user' }, { alg: 'HS256', kid: 1 })],
    ['kid, with a secret that has none', sign({ role: 'user' }, { alg: 'HS256', kid: 'x' })],
    ['a wrong signature', `${head}.${body}.${encode(Buffer.alloc(32))}`],
    ['no signature', `${head}.${body}.`],
    ['a signature cut short', `${head}.${body}.${mac.slice(0, 40)}`],
    ['another payload', `${head}.${encode('{"role":"admin"}')}.${mac}`],
    ['one part', 'token'],
    ['two parts', `${head}.${body}`],
    ['four parts', `${good}.x`],
    ['five parts', `${head}.x.y.z.${mac}`],
    ['JSON serialisation', JSON.stringify({ protected: head, payload: body, signature: mac })],
    ['padding', `${good}=`],
    ['blanks', `${head}.${body}. ${mac}`],
    ['a line break at the end', `${good}\n`],
    ['two headers joined', `${good}, Bearer ${good}`],
    ['the other alphabet', good.replace(/[-_]/, '+')],
    ['last bits that nobody reads', `${head}.${body}.${mac.slice(0, -1)}${nextLetter(mac)}`],
    ['a header that names alg twice', signHeader('{"alg":"HS256","alg":"none"}')],
  ])('%s', (_, token) => {
    const error = refusal(() => authenticate(token))
    expect(error).toMatchObject({ status: 401, code: 'PGRST301' })
    expect(error.headers).toEqual([['WWW-Authenticate', expect.stringMatching(/^Bearer error="invalid_token", /)]])
  })

  test('an empty one', () => {
    for (const header of ['Bearer', 'Bearer ', 'bearer  ']) {
      expect(refusal(() => createAuthenticator(settings).authenticate(header))).toMatchObject({
        status: 401,
        code: 'PGRST301',
        message: 'Empty JWT is sent in Authorization header',
      })
    }
  })

  test('HS256 with the public key as secret, in any form', () => {
    const jwk = JSON.stringify(publicPem.export({ format: 'jwk' }))
    const forms = [
      publicPem.export({ format: 'pem', type: 'spki' }),
      ` ${publicPem.export({ format: 'pem', type: 'pkcs1' })}`,
      publicPem.export({ format: 'der', type: 'spki' }).toString('latin1'),
      jwk,
    ]
    for (const form of forms) {
      const token = sign({ role: 'user' }, { alg: 'HS256' }, String(form))
      expect(refusal(() => authenticate(token, { jwtSecret: jwk })).code).toBe('PGRST301')
    }
  })

  test('ECDSA signatures that are empty, zero, out of range or DER', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwtSecret = JSON.stringify(publicKey.export({ format: 'jwk' }))
    const signed = `${encode('{"alg":"ES256"}')}.${encode('{"role":"user"}')}`
    for (const signature of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      Buffer.alloc(64, 255),
      Buffer.from('3006020100020100', 'hex'),
    ]) {
      expect(refusal(() => authenticate(`${signed}.${encode(signature)}`, { jwtSecret })).code).toBe('PGRST301')
    }
  })

  test('keys in the token mean nothing', async () => {
    const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = attacker.publicKey.export({ format: 'jwk' })
    const headers = [{ jwk }, { jku: 'http://127.0.0.1:1/keys' }, { x5u: 'http://127.0.0.1:1' }, { x5c: ['AA=='] }]
    for (const header of headers) {
      const token = await new SignJWT({ role: 'user' })
        .setProtectedHeader({ alg: 'RS256', ...(header as object) })
        .sign(attacker.privateKey)
      const own = JSON.stringify(publicPem.export({ format: 'jwk' }))
      expect(refusal(() => authenticate(token, { jwtSecret: own })).code).toBe('PGRST301')
    }
  })

  test('the wording is that of PostgREST', () => {
    expect(refusal(() => authenticate(`${head}.${body}`)).message).toBe('Expected 3 parts in JWT; got 2')
    expect(refusal(() => authenticate(sign({}, { alg: 'none' })))).toMatchObject({
      message: 'Wrong or unsupported encoding algorithm',
      details: "JWT is unsecured but expected 'alg' was not 'none'",
    })
    expect(refusal(() => authenticate(sign({}, { alg: 'HS256' }, 'another')))).toMatchObject({
      message: 'No suitable key or wrong key type',
      details: 'None of the keys was able to decode the JWT',
    })
    expect(refusal(() => authenticate(`${head}.${body}.?`)).details).toBe('None of the keys was able to decode the JWT')
    for (const header of [{ alg: 'HS512' }, { alg: 'HS256', kid: 'another' }]) {
      const { details } = refusal(() => authenticate(sign({}, header)))
      expect(details).toBe('No suitable key was found to decode the JWT')
    }
    for (const header of ['{}', '{"alg":"HS1"}', '{"alg":1}', '[]']) {
      expect(refusal(() => authenticate(signHeader(header))).message).toBe("JWT couldn't be decoded")
    }
  })

  function nextLetter(text: string): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    return alphabet.charAt(alphabet.indexOf(text.slice(-1)) ^ 1)
  }

  function signHeader(header: string): string {
    const signed = `${encode(header)}.${encode('{"role":"user"}')}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
})

describe('claims that cannot be read', () => {
  test.each([
    ['a payload that is no object', sign('[]')],
    ['a payload that is no JSON', sign('{role:"user"}')],
    ['a payload that is not UTF-8', signBytes(Buffer.from('7b22726f6c65223a22ff227d', 'hex'))],
    ['claims that occur twice', sign('{"role":"anon","role":"user"}')],
    ['claims that occur twice, in another spelling', sign('{"role":"anon","\\u0072ole":"user"}')],
    ['claims that occur twice further in', sign('{"role":"user","a":[{"b":{"c":1,"d":"{","c":2}}]}')],
  ])('%s', (_, token) => {
    expect(refusal(() => authenticate(token))).toMatchObject({
      status: 401,
      code: 'PGRST303',
      message: 'Parsing claims failed',
    })
  })

  function signBytes(payload: Buffer): string {
    const signed = `${encode('{"alg":"HS256"}')}.${encode(payload)}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
})

describe('claims that are refused with PGRST303', () => {
  test.each([
    ['{"exp":"x"}', "The JWT 'exp' claim must be a number"],
    ['{"exp":null}', "The JWT 'exp' claim must be a number"],
    ['{"exp":1e999}', "The JWT 'exp' claim must be a number"],
    ['{"nbf":true}', "The JWT 'nbf' claim must be a number"],
    ['{"nbf":1e999}', "The JWT 'nbf' claim must be a number"],
    ['{"iat":[1]}', "The JWT 'iat' claim must be a number"],
    ['{"exp":-1}', 'JWT expired'],
    [`{"exp":${second - 31}}`, 'JWT expired'],
    [`{"exp":${second - 30.5}}`, 'JWT expired'],
    [`{"nbf":${second + 31}}`, 'JWT not yet valid'],
    [`{"nbf":${second + 30.5}}`, 'JWT not yet valid'],
    [`{"iat":${second + 31}}`, 'JWT issued at future'],
    ['{"iat":1e300}', 'JWT issued at future'],
    ['{"aud":1}', "The JWT 'aud' claim must be a string or an array of strings"],
    ['{"aud":{}}', "The JWT 'aud' claim must be a string or an array of strings"],
    ['{"aud":["a",1]}', "The JWT 'aud' claim must be a string or an array of strings"],
  ])('%s: %s', (claims, message) => {
    expect(refusal(() => authenticate(sign(claims)))).toMatchObject({
      status: 401,
      code: 'PGRST303',
      message,
      headers: [['WWW-Authenticate', `Bearer error="invalid_token", error_description="${message}"`]],
    })
  })

  test.each([
    `{"exp":${second - 30}}`,
    `{"exp":${second + 0.5}}`,
    `{"nbf":${second + 30}}`,
    `{"iat":${second + 30}}`,
    '{"aud":null}',
    '{"aud":[]}',
    '{"aud":["a"]}',
  ])('%s is taken', (claims) => {
    expect(authenticate(sign(claims)).role).toBe('anon')
  })

  test.each([
    ['{"aud":"us"}', true],
    ['{"aud":["them","us"]}', true],
    ['{}', true],
    ['{"aud":[]}', true],
    ['{"aud":"US"}', false],
    ['{"aud":""}', false],
    ['{"aud":["them"]}', false],
  ])('for the audience "us", %s: %s', (claims, taken) => {
    const run = () => authenticate(sign(claims), { jwtAud: 'us' })
    if (taken) expect(run().role).toBe('anon')
    else expect(refusal(run)).toMatchObject({ code: 'PGRST303', message: 'JWT not in audience' })
  })

  test.each([
    ['null', null],
    ['a number', 0],
    ['an array', ['user']],
    ['an object', {}],
    ['empty', ''],
    ['64 bytes', 'x'.repeat(64)],
    ['none', 'none'],
    ['NONE', 'NONE'],
    ['the role of the connection', 'authenticator'],
    ['with a NUL', 'user\0'],
  ])('a role that is %s never becomes another one', (_, role) => {
    const error = refusal(() => authenticate(sign({ role }), {}, ['authenticator']))
    expect(error).toMatchObject({ status: 401, code: 'PGRST303' })
  })

  test.each([
    [{ jwtRequireExp: true }, {}],
    [{ jwtRequireAud: true, jwtAud: 'us' }, {}],
    [{ jwtIss: 'https://issuer' }, { iss: 'https://other' }],
    [{ jwtMaxAge: 60 }, {}],
    [{ jwtMaxAge: 60 }, { iat: second - 100 }],
  ])('where the configuration asks for more: %o', (changed, claims) => {
    expect(refusal(() => authenticate(sign(claims), changed)).code).toBe('PGRST303')
  })
})

describe('the cache', () => {
  test('a token that it knows still expires', () => {
    const authenticator = createAuthenticator(settings)
    const header = `Bearer ${sign({ role: 'user', exp: second + 10 })}`
    expect(authenticator.authenticate(header, now).role).toBe('user')
    expect(authenticator.cached).toBe(1)
    expect(refusal(() => authenticator.authenticate(header, now + 41_000)).message).toBe('JWT expired')
    expect(authenticator.authenticate(header, now + 40_000).role).toBe('user')
  })

  test('tokens that differ in one letter are two tokens', () => {
    const authenticator = createAuthenticator(settings)
    const good = sign({ role: 'user' })
    authenticator.authenticate(`Bearer ${good}`, now)
    expect(refusal(() => authenticator.authenticate(`Bearer ${good.slice(0, -2)}AA`, now)).code).toBe('PGRST301')
    expect(authenticator.authenticate(`Bearer ${sign({ role: 'other' })}`, now).role).toBe('other')
  })

  test('refused tokens are not kept, and no more tokens than allowed', () => {
    const authenticator = createAuthenticator({ ...settings, jwtCacheMaxEntries: 10 })
    for (let index = 0; index < 100; index++) {
      refusal(() => authenticator.authenticate(`Bearer ${sign({ index }, { alg: 'HS256' }, 'another')}`, now))
    }
    expect(authenticator.cached).toBe(0)
    for (let index = 0; index < 100; index++) {
      expect(authenticator.authenticate(`Bearer ${sign({ role: `r${index}` })}`, now).role).toBe(`r${index}`)
    }
    expect(authenticator.cached).toBeLessThanOrEqual(10)
  })

  test('it can be turned off', () => {
    const authenticator = createAuthenticator({ ...settings, jwtCacheMaxEntries: 0 })
    authenticator.authenticate(`Bearer ${sign({ role: 'user' })}`, now)
    expect(authenticator.cached).toBe(0)
  })
})

describe('what a deployment allows', () => {
  test('roles of a list alone, which the anonymous role need not be in', () => {
    const changed = { jwtRoles: ['crew', 'staff'] }
    expect(authenticate(sign({ role: 'staff' }), changed).role).toBe('staff')
    expect(authenticate(sign({}), changed).role).toBe('anon')
    const error = refusal(() => authenticate(sign({ role: 'boss' }), changed))
    expect(error).toMatchObject({ code: 'PGRST303', message: 'The JWT role claim does not name a role for requests' })
  })

  test('a list never makes a reserved role one of requests', () => {
    expect(refusal(() => authenticate(sign({ role: 'login' }), { jwtRoles: ['login'] }, ['login'])).code).toBe(
      'PGRST303',
    )
  })

  test.each([
    ['at+jwt', 'at+jwt', true],
    ['AT+JWT', 'at+jwt', true],
    ['application/at+jwt', 'at+jwt', true],
    ['at+jwt', 'application/at+jwt', true],
    ['JWT', 'at+jwt', false],
    ['x/at+jwt', 'at+jwt', false],
    [undefined, 'at+jwt', false],
    [['at+jwt'], 'at+jwt', false],
    ['JWT', null, true],
    [7, null, true],
  ])('typ %j where %s is wanted: %s', (typ, jwtTyp, taken) => {
    const token = sign({ role: 'user' }, { alg: 'HS256', typ })
    if (taken) expect(authenticate(token, { jwtTyp }).role).toBe('user')
    else expect(refusal(() => authenticate(token, { jwtTyp })).message).toBe('JWT not of the expected type')
  })

  test('no token whose id is denied', () => {
    const changed = { jwtDeniedIds: ['x', 'y'] }
    expect(refusal(() => authenticate(sign({ jti: 'y' }), changed)).message).toBe('JWT revoked')
    expect(refusal(() => authenticate(sign({ jti: ['y'] }), changed)).code).toBe('PGRST303')
    expect(authenticate(sign({ jti: 'z' }), changed).role).toBe('anon')
    expect(authenticate(sign({}), changed).role).toBe('anon')
  })
})

// Quadratic time would run into the test's time limit.
test('a token far longer than a header can be is refused', () => {
  refusal(() => authenticate('a.'.repeat(1_000_000)))
  refusal(() => authenticate(`${'x'.repeat(1_000_000)}.${'y'.repeat(1_000_000)}.`))
})

import { expect, test } from 'vitest'
import { redacted } from './redacted.js'

const token = `eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiY3JldyJ9.c2lnbmF0dXJlLW9mLWl0`

test.each([
  ['a token', `it was ${token}, said the client`, 'it was [redacted], said the client'],
  ['a token in a path', `/rpc/login/${token}`, '/rpc/login/[redacted]'],
  ['a token that is cut off', `it was ${token.slice(0, 30)}`, 'it was [redacted]'],
  ['a header', 'Authorization: Bearer abcdef123456', 'Authorization: Bearer [redacted]'],
  ['a header of basic', 'Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [redacted]'],
  ['cookies', 'Cookie: a=1; session=2', 'Cookie: [redacted]'],
  ['a connection string', 'postgresql://me:s3cret@db/shop is down', 'postgresql://me:[redacted]@db/shop is down'],
  ['a connection string in words', `host=db password=s3cret user=me`, 'host=db password=[redacted] user=me'],
  ['a query', '?apikey=abc&name=x&access_token=def', '?apikey=[redacted]&name=x&access_token=[redacted]'],
  ['JSON', '{"password": "s3cret", "name": "x"}', '{"password": "[redacted]", "name": "x"}'],
  ['a unique key', 'Key (token)=(abc) already exists', 'Key (token)=([redacted]) already exists'],
])('%s is not in the log', (_, text, expected) => expect(redacted(text)).toBe(expected))

test.each([
  'duplicate key value violates unique constraint "acts_pkey"',
  'GET /tokens 200',
  'column "password" does not exist',
  'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:5432 (ECONNREFUSED)',
  'jwt-secret: https://id.example.com:8443/jwks cannot be reached: ENOTFOUND.',
  'for tests, jwt-allow-insecure-secret = true takes it',
  'write jwt-secret = "@FILE"',
])('what is no secret stays: %s', (text) => expect(redacted(text)).toBe(text))

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../errors/api-error.js'
import { parseKeys } from './keys.js'
import { verifyToken } from './verify-token.js'

const secret = 'a secret that is long enough for tests'
const { keys } = parseKeys(secret, false)
const signed = ['{"alg":"HS256","typ":"JWT"}', '{"role":"user","sub":"1"}']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.')
const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`

function isAccepted(text: string): boolean {
  try {
    verifyToken(text, keys)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false
    throw error
  }
}

describe('no other text passes for a token', () => {
  test('the token itself does', () => {
    expect(isAccepted(token)).toBe(true)
  })

  test('not one with any character replaced, added or left out', () => {
    const alphabet = [...'ABCDwxyz0189-_=+/. \n%\0é']
    for (let at = 0; at <= token.length; at++) {
      expect(isAccepted(token.slice(0, at) + token.slice(at + 1)) && at < token.length).toBe(false)
      for (const character of alphabet) {
        expect(isAccepted(token.slice(0, at) + character + token.slice(at))).toBe(false)
        const replaced = token.slice(0, at) + character + token.slice(at + 1)
        expect(isAccepted(replaced) && replaced !== token).toBe(false)
      }
    }
  })

  test('not texts at random, nor parts of the token put together anew', () => {
    const parts = fc.constantFrom(...token.split('.'), '', 'e30', 'bm9uZQ', 'eyJhbGciOiJub25lIn0')
    const text = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 5 }).map((all) => all.join('.')),
    )
    fc.assert(
      fc.property(text, (candidate) => {
        fc.pre(candidate !== token)
        expect(isAccepted(candidate)).toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })
})

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'

const useFile = 'save the key or key set in a file and write jwt-secret = "@FILE"'

const urlWithoutScheme = /^(?:\/\/|(?:[\w-]+\.)+[\w-]+(?::\d+)?\/|localhost(?::\d+)?\/)\S*$/i

/** What text may be that is no secret, and what to do then. The first that fits counts. */
const forms: readonly (readonly [looksSo: (text: string) => boolean, message: string])[] = [
  [
    (text) =>
      /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(?:https?|file|data|urn):/i.test(text) || urlWithoutScheme.test(text),
    `is a URL that keys are not fetched from (a server takes https, and http on its own machine): ${useFile}`,
  ],
  [
    (text) => /-----\s*(?:BEGIN|END) [A-Z0-9 ]+-----/.test(text),
    'is PEM, which is not read here: convert the public key to a JWK (RFC 7517)',
  ],
  [(text) => /^(?:ssh-|ecdsa-sha2-|sk-ssh-)\S+\s+AAAA/.test(text), 'is an SSH key: a JWK (RFC 7517) is needed'],
  [
    (text) => /^<(?:!doctype|html|\?xml)/i.test(text),
    `is HTML or XML, perhaps the error page of a download: ${useFile}`,
  ],
  [
    (text) => /^(?:\{\s*\\?['"]|\[\s*[{"]|\{[\s\S]*\}$|\[[\s\S]*\]$|"[\s\S]*"$)/.test(text),
    'looks like JSON, but is not a complete JWK or JWK set (RFC 7517)',
  ],
  [
    (text) => /^(?:\.{0,2}|~)\/\S+\.(?:jwks?|json|pem|key|pub|crt|cer|txt)$/i.test(text),
    'is the name of a file: write an @ before it (jwt-secret = "@FILE")',
  ],
  [(text) => /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text), 'is a token: the key that verifies tokens is needed'],
]

/**
 * What a text that should be a secret is instead, or null. Anybody may know a URL, a public key or a key set: taken as a
 * secret for HMAC, each would let anybody sign tokens.
 * @param text not a usable JWK or JWK set
 */
export function mistakenForm(text: string): string | null {
  const trimmed = text.trim()
  const form = forms.find(([looksSo]) => looksSo(trimmed))
  return form === undefined ? encodedForm(trimmed) : form[1]
}

/** The same, of what base64 may hold. A secret of random bytes in base64 is a good secret as it is. */
function encodedForm(text: string): string | null {
  const base64 = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]{32,}={0,2}$/.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  const inner = bytes.toString('utf8').trim()
  if (/^\{\s*"/.test(inner)) return 'is JSON in base64: set jwt-secret-is-base64 = true if it is a JWK or a JWK set'
  if (/^-----BEGIN /.test(inner))
    return 'is PEM in base64, which is not read here: convert the public key to a JWK (RFC 7517)'
  return isDerKey(bytes) ? 'is a key or certificate in DER: convert the public key to a JWK (RFC 7517)' : null
}

/** Whether bytes are a key or a certificate as between the lines of a PEM file. */
export function isDerKey(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false
  const readers: readonly (() => unknown)[] = [
    () => createPublicKey({ key: bytes, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }),
    () => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' }),
    () => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' }),
    () => createPrivateKey({ key: bytes, format: 'der', type: 'sec1' }),
    () => new X509Certificate(bytes),
  ]
  return readers.some((read) => {
    try {
      read()
      return true
    } catch {
      return false
    }
  })
}

import type { Lint } from '../../lint.js'

/** The source of functions can be read by every role: whoever reads it can sign tokens. */
export const lint: Lint = {
  id: 'F10',
  severity: 'critical',
  title: 'A secret stands in a function',
  nearMiss: 'A key that is read from a table or a setting.',
  references: ['CWE-798'],
  *find({ security }) {
    for (const [signature, code] of Object.entries(security.code)) {
      if (!code.literalSecret && !code.publishedSecret) continue
      yield {
        object: signature,
        message: `Every role that can connect reads the secret in ${signature}.`,
        evidence: code.publishedSecret
          ? 'A secret that stands in a published manual is in its source.'
          : 'A text in its source is what it signs or encrypts with.',
        fix: null,
      }
    }
  },
}

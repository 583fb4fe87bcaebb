/**
 * Bytes of base64url without padding (RFC 7515, section 2), null for anything else: Node's decoder takes padding, the
 * other alphabet, blanks, and last characters with bits that nobody reads, so that one token has many spellings.
 */
export function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

/** The claims of a JSON Web Token, unverified; none of anything else. */
export function claimsOf(token: string): { readonly exp?: unknown; readonly iat?: unknown; readonly role?: unknown } {
  try {
    const text = atob((token.split('.')[1] ?? '').replace(/[-_]/g, (character) => (character < '.' ? '+' : '/')))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))) ?? {}
  } catch {
    return {}
  }
}

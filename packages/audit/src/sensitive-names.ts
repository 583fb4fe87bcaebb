/** Whole words of a name in snake or camel case. */
const secret =
  /(^|_)(pass|passwd|password|pwd|pass_?hash|password_?hash|secret|api_?key|private_?key|access_?token|refresh_?token|auth_?token|token|otp|totp_?secret|salt|ssn|social_?security|credit_?card|card_?number|cvv|iban|encrypted_password|recovery_token|confirmation_token)($|_)/i

/** Whether a column's name says that it holds a password, a token or the like. */
export function looksSecret(column: string): boolean {
  return secret.test(column)
}

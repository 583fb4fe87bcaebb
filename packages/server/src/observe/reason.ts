/** Why something failed, in one line: an error's own words, then those of its causes. For the log, not for clients. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = []
  for (let each: unknown = error; each !== undefined && reasons.length < 5; ) {
    const { code, message, errors, cause } = each as {
      code?: string
      message?: string
      errors?: readonly unknown[]
      cause?: unknown
    }
    const text = (message || code || String(each)).replace(/\.$/, '')
    reasons.push(code === undefined || text.includes(code) ? text : `${text} (${code})`)
    each = cause ?? errors?.[0]
  }
  return reasons.join(': ')
}

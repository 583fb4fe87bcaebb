/** SQLSTATEs and system errors that have an advice of their own. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is PostgreSQL running, and on that port?',
  ECONNRESET: 'the connection was lost.',
  ENOTFOUND: 'there is no host of that name.',
  EAI_AGAIN: 'the name of the host cannot be looked up now.',
  ENOENT: 'there is no such socket. Is PostgreSQL running?',
  ETIMEDOUT: 'no answer. Is the host right, and its firewall open?',
  '28P01': 'the password is wrong, or there is no such user.',
  '3D000': 'there is no database of that name.',
  '53300': 'it has no connection left to give.',
  '57P03': 'it is starting up or shutting down; try again.',
}

/** What else is known by its words, and what can be done about it. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/^timeout expired/, 'no answer in time. Is the host right, and its firewall open?'],
  [/^Connection terminated unexpectedly/, 'the server closed the connection without a word. Is it PostgreSQL?'],
  [/could not open relation|cache lookup failed/, '&. Its schema changes while it is read; try again.'],
  [/does not support TLS/, '& Leave sslmode out, or say sslmode=prefer.'],
  [/no encryption$/, '&. With TLS: add sslmode=require to the URI.'],
  [
    /self-signed certificate|unable to (verify|get)/,
    '& whose authority is not known here: name it with sslrootcert=FILE, or encrypt without the check with sslmode=require and no sslrootcert.',
  ],
  [
    /statement timeout/,
    '&. Allow it more time: add options=-c%20statement_timeout%3D60s to the URI (a minute), or 0 for as long as it takes.',
  ],
]

/** Why a database cannot be used, in one line, and what to do about it. */
export function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { code?: string }[] }
  const known = advice[code ?? errors?.[0]?.code ?? '']
  if (known !== undefined) return known
  const text = message || String(error)
  const [, hint] = hints.find(([words]) => words.test(text)) ?? []
  return hint?.replace('&', () => text) ?? text
}

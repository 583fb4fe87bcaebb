import pg from 'pg'
import type { LoadReport } from '../load-report.js'
import { type Leniency, loadSqlFiles } from '../sql-files.js'
import type { Platform } from './platform.js'

interface Loading {
  readonly platform: Platform
  uriOf(target: { user?: string }): string
  /** the password that the platform's owner gets */
  readonly password: string
  readonly files: readonly string[]
}

/**
 * Makes what a platform brings along in a new cluster, and runs a project's files on it as the platform's owner.
 *
 * @throws SqlFileError
 */
export async function loadOnPlatform({ platform, uriOf, password, files }: Loading): Promise<LoadReport> {
  const { owner, install, finish, extensions } = platform
  const superuser = new pg.Client({ connectionString: uriOf({}) })
  await superuser.connect()
  try {
    await superuser.query(install)
    await superuser.query(`ALTER ROLE ${pg.escapeIdentifier(owner)} PASSWORD ${pg.escapeLiteral(password)}`)
    const before = await extensionsOf(superuser)
    const leftOut = await loadSqlFiles(uriOf({ user: owner }), files, forStubs)
    await superuser.query(finish)
    const stubs = new Set(extensions.map(({ name }) => name))
    const made = (await extensionsOf(superuser)).filter((name) => stubs.has(name) && !before.includes(name))
    return { stubs: made, leftOut }
  } finally {
    await superuser.end()
  }
}

async function extensionsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ extname: string }>('SELECT extname FROM pg_extension ORDER BY extname')
  return rows.map(({ extname }) => extname)
}

/** undefined_object: its access method or operator class; invalid_parameter_value: an option of these. */
const lacksOfStubs: ReadonlySet<string> = new Set(['42704', '22023'])

/** Stubs have one version, and no indexes. */
const forStubs: Leniency = {
  rewrite: (text) =>
    /^create\s+extension\b/i.test(text) ? text.replace(/\bversion\s+(?:'[^']*'|"[^"]*"|[^\s;'"]+)/i, blank) : text,
  maySkip: (text, code) => /^create\s+index\b/i.test(text) && (code === undefined || lacksOfStubs.has(code)),
}

const blank = (text: string) => ' '.repeat(text.length)

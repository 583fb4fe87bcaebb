import { spawn } from 'node:child_process'
import type { Mutant } from '@rolecast/audit'
import { quoteIdentifier } from '@rolecast/catalog'
import type pg from 'pg'
import { UsageError } from '../errors.js'
import { withClient } from '../input/connect.js'
import { count, type Progress } from '../progress.js'
import type { Judged, Verdict } from './mutate.js'
import type { OpenedDatabase } from './open.js'

/**
 * Tries the mutants that make a difference on a command: each is committed to a copy of the database of its own, which is
 * dropped afterwards. What belongs to the whole server is changed only where nobody else uses the server, and changed back.
 *
 * @param judged what our own tests made of the mutants
 * @throws UsageError where the command fails on an unchanged copy
 */
export async function judgeByCommand(
  database: OpenedDatabase,
  command: string,
  judged: readonly Judged[],
  progress: Progress,
): Promise<readonly Judged[]> {
  const source = nameIn(database.uri)
  const copy = `rolecast_mutant_${process.pid}`
  const copyUri = withDatabase(database.uri, copy)
  return withClient(withDatabase(database.uri, 'template1'), async (client) => {
    const onCopy = async <T>(work: () => Promise<T>): Promise<T> => {
      await client.query(`CREATE DATABASE ${quoteIdentifier(copy)} TEMPLATE ${quoteIdentifier(source)}`)
      try {
        return await work()
      } finally {
        await client.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(copy)} WITH (FORCE)`)
      }
    }
    progress.say('running the tests on an unchanged copy')
    const unchanged = await onCopy(() => runs(command, copyUri))
    if (unchanged.code !== 0) {
      throw new UsageError(
        `The command fails on an unchanged copy of the database (${endOf(unchanged)}):\n${unchanged.output}`,
      )
    }
    const wanted = judged.filter(({ result }) => result.verdict === 'killed' || result.verdict === 'survived')
    progress.say(`running the tests on ${count(wanted.length, 'changed copy')}`.replace(/copys$/, 'copies'))
    const results: Judged[] = []
    for (const { mutant, result } of judged) {
      const isWanted = result.verdict === 'killed' || result.verdict === 'survived'
      results.push({ mutant, result: isWanted ? await tryOut(mutant, result) : result })
      if (results.length % 25 === 0) progress.say(`${results.length} of ${judged.length} changes`)
    }
    return results

    async function tryOut(mutant: Mutant, known: Verdict): Promise<Verdict> {
      if (mutant.undo !== null && !database.isOwn) {
        return { verdict: 'impossible', reason: 'It belongs to the whole server, which others use.' }
      }
      return onCopy(async () => {
        await withClient(copyUri, async (changed: pg.Client) => {
          for (const sql of mutant.sql) await changed.query(sql)
        })
        try {
          const ended = await runs(command, copyUri)
          return ended.code === 0
            ? { verdict: 'survived', difference: differenceOf(known) }
            : { verdict: 'killed', by: endOf(ended), role: '' }
        } finally {
          for (const sql of mutant.undo ?? []) await client.query(sql)
        }
      })
    }
  })
}

function differenceOf(known: Verdict) {
  if (known.verdict === 'survived') return known.difference
  return { role: known.verdict === 'killed' ? known.role : '', what: known.verdict === 'killed' ? known.by : '' }
}

interface Ended {
  /** null: by a signal */
  readonly code: number | null
  /** the end of what it wrote */
  readonly output: string
}

const endOf = ({ code }: Ended) => (code === null ? 'ended by a signal' : `exit code ${code}`)

function runs(command: string, uri: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: uri },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-4000)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

function withDatabase(uri: string, database: string): string {
  const url = parsed(uri)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

function nameIn(uri: string): string {
  const name = decodeURIComponent(parsed(uri).pathname.slice(1))
  if (name === '') throw new UsageError('--run needs a connection URI that names the database.')
  return name
}

function parsed(uri: string): URL {
  if (!URL.canParse(uri)) throw new UsageError('--run needs the database as a URI: postgresql://user@host/database.')
  return new URL(uri)
}

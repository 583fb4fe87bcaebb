import type { Readable } from 'node:stream'
import { openClient } from '@rolecast/connect'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runTransaction } from '../transaction/run-transaction.js'
import type { Transaction } from '../transaction/transaction.js'
import { BodyStream } from './body-stream.js'
import type { Connection } from './connection.js'
import { AcquisitionTimeoutError, ConnectionFailedError, QueueFullError } from './errors.js'
import { Pool, type PoolOptions } from './pool.js'
import { StreamMemory } from './stream-memory.js'

let postgres: EmbeddedPostgres
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
})
afterAll(() => postgres?.stop())

const pools: Pool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function openPool(options: Partial<PoolOptions> = {}, uri = postgres.uri): Pool {
  const pool = new Pool(() => openClient(uri, { applicationName: 'test' }), {
    size: 1,
    acquisitionTimeoutMilliseconds: 100,
    maximumIdleMilliseconds: 60_000,
    maximumLifetimeMilliseconds: 60_000,
    silenceMilliseconds: 10_000,
    maximumWaiting: 1,
    prepare: () => true,
    maximumPrepared: 2,
    ...options,
  })
  pools.push(pool)
  return pool
}

async function textOf(body: Buffer | Readable): Promise<string> {
  if (body instanceof Buffer) return String(body)
  let read = ''
  for await (const chunk of body) read += chunk
  return read
}

const step = (text: string, ...values: string[]) => ({ text, values })

/** Asked by a statement that is too long to be kept itself. */
async function preparedIn(connection: Connection): Promise<(string | null | undefined)[]> {
  const text = `SELECT statement FROM pg_prepared_statements${' '.repeat(10_000)}`
  const [rows = []] = await connection.run([step(text)])
  return rows.map(([statement]) => statement)
}

describe('a batch', () => {
  test('is one transaction: what fails undoes what went before', async () => {
    const pool = openPool()
    await pool.withConnection(async (connection) => {
      await connection.run([step('CREATE TABLE batch (id integer)')])
      const bad = [step('INSERT INTO batch VALUES ($1)', '1'), step('SELECT 1 / 0')]
      await expect(connection.run(bad)).rejects.toMatchObject({ code: '22012' })
      expect(connection.status).toBe('I')
      expect(await connection.run([step('SELECT count(*) FROM batch')])).toEqual([[['0']]])
    }, null)
  })

  test('prepares no more than it may, and prepares again what failed', async () => {
    const pool = openPool()
    await pool.withConnection(async (connection) => {
      // The last one is there again: what is no longer kept is closed with the next batch.
      for (const n of [1, 2, 3, 4, 1, 2, 2]) expect(await connection.run([step(`SELECT ${n}`)])).toEqual([[[`${n}`]]])
      expect(await preparedIn(connection)).toHaveLength(2)
      for (let again = 0; again < 2; again += 1) {
        await expect(connection.run([step('SELECT nothing'), step('SELECT 9')])).rejects.toMatchObject({
          code: '42703',
        })
      }
      expect(await connection.run([step('SELECT 9')])).toEqual([[['9']]])
    }, null)
  })
})

test('those who wait for a connection that cannot be opened are told so, not that none became free', async () => {
  const pool = openPool({ maximumWaiting: 10, acquisitionTimeoutMilliseconds: 5_000 }, 'postgresql://a@127.0.0.1:1/a')
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => pool.acquire()))
  for (const one of all) expect(one).toMatchObject({ reason: expect.any(ConnectionFailedError) })
})

describe('what is prepared', () => {
  test('does not grow by batches that fail', async () => {
    const pool = openPool()
    await pool.withConnection(async (connection) => {
      for (let n = 0; n < 10; n += 1) {
        await connection.run([step(`SELECT ${n}`)])
        const failing = connection.run([step('SELECT $1::integer', 'x'), step(`SELECT ${n}, 1`), step('SELECT 2, 2')])
        await expect(failing).rejects.toMatchObject({ code: '22P02' })
      }
      await connection.run([step('SELECT 9')])
      expect((await preparedIn(connection)).length).toBeLessThanOrEqual(3)
    }, null)
  })

  test('is not what only strange requests are as long as', async () => {
    const pool = openPool({ maximumPrepared: 500 })
    await pool.withConnection(async (connection) => {
      const long = `SELECT 5 /* ${'long '.repeat(2_500)} */`
      expect(await connection.run([step('SELECT 1'), step(long), step('SELECT 2')])).toEqual([
        [['1']],
        [['5']],
        [['2']],
      ])
      const failing = connection.run([step(long), step('SELECT 1 / 0'), step('SELECT 3')])
      await expect(failing).rejects.toMatchObject({ code: '22012' })
      expect(await connection.run([step('SELECT 3')])).toEqual([[['3']]])
      expect(await preparedIn(connection)).not.toContain(long)
      for (let n = 0; n < 100; n += 1) await connection.run([step(`SELECT ${n} /* ${'long '.repeat(1_500)} */`)])
      expect((await preparedIn(connection)).join('').length).toBeLessThan(520_000)
    }, null)
  })
})

describe('a transaction', () => {
  const bounds = { holdMilliseconds: 10_000, memory: new StreamMemory(() => 0) }

  const transaction = (others: Partial<Transaction>): Transaction => ({
    settings: step(`SELECT set_config('timezone', 'UTC', true)`),
    preRequest: null,
    main: step('SELECT 1'),
    estimate: null,
    head: null,
    readOnly: false,
    isolation: 'read committed',
    end: 'commit',
    check: null,
    ...others,
  })
  const run = (pool: Pool, others: Partial<Transaction>) =>
    pool.withConnection((connection) => runTransaction(connection, transaction(others), bounds), null)

  test.each<[string, Partial<Transaction>, number, boolean]>([
    ['reads', {}, 1_000_000, true],
    ['reads, and is undone', { end: 'rollback' }, 1_000_000, true],
    ['reads what does not change', { isolation: 'repeatable read' }, 1_000_000, true],
    ['may fail at its end', { isolation: 'serializable' }, 1_000_000, false],
    ['writes', { readOnly: false }, 1_000_000, false],
    ['has a short body', {}, 10, false],
  ])('that %s', async (_, others, length, streams) => {
    const pool = openPool()
    const main = { ...step(`SELECT '7', repeat('x', ${length})`), bodySink: { isBinary: false, bytes: null } }
    const result = await run(pool, { readOnly: true, ...others, main, check: ([row]) => expect(row?.[0]).toBe('7') })
    expect(result.body instanceof BodyStream).toBe(streams)
    const body = result.body === null ? result.main[0]?.[1] : await textOf(result.body)
    expect(body).toBe('x'.repeat(length))
    expect(await pool.withConnection((connection) => connection.run([step('SELECT 1')]), null)).toEqual([[['1']]])
    expect(pool.size).toBe(1)
  })

  test('commits, or not', async () => {
    const pool = openPool()
    await run(pool, { main: step('CREATE TABLE kept (id integer)') })
    const insert = (id: string) => step(`INSERT INTO kept VALUES (${id}) RETURNING id`)
    await run(pool, { main: insert('1') })
    await run(pool, { main: insert('2'), end: 'rollback' })
    const check = () => {
      throw new Error('not this')
    }
    await expect(run(pool, { main: insert('3'), check })).rejects.toThrow('not this')
    await expect(run(pool, { main: step('SELECT 1 / 0'), end: 'rollback' })).rejects.toMatchObject({ code: '22012' })
    expect((await run(pool, { main: step('SELECT id FROM kept') })).main).toEqual([['1']])
  })

  test('has its isolation level, and is read only where it should be', async () => {
    const pool = openPool()
    const main = step(`SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')`)
    const result = await run(pool, { main, isolation: 'serializable', readOnly: true })
    expect(result.main).toEqual([['serializable', 'on']])
  })

  test('is undone by constraints that are checked at its end', async () => {
    const pool = openPool()
    await run(pool, { main: step('CREATE TABLE late (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED)') })
    const main = step('INSERT INTO late VALUES (1), (1)')
    await expect(run(pool, { main })).rejects.toMatchObject({ code: '23505' })
    await expect(run(pool, { main, end: 'rollback' })).rejects.toMatchObject({ code: '23505' })
    expect((await run(pool, { main: step('SELECT count(*) FROM late') })).main).toEqual([['0']])
  })
})

describe('a pool', () => {
  test('lends in order, and refuses who waits too long or is one too many', async () => {
    const pool = openPool()
    const first = await pool.acquire()
    const second = pool.acquire()
    await expect(pool.acquire()).rejects.toBeInstanceOf(QueueFullError)
    pool.release(first)
    expect(await second).toBe(first)
    await expect(pool.acquire()).rejects.toBeInstanceOf(AcquisitionTimeoutError)
    expect(pool.timeoutCount).toBe(1)
    pool.release(first)
  })

  test('keeps no connection that was left in a transaction', async () => {
    const pool = openPool()
    const first = await pool.acquire()
    await first.run([step('BEGIN')])
    pool.release(first)
    const second = await pool.acquire()
    expect(second).not.toBe(first)
    pool.release(second)
  })

  test('has others when the server ends one', async () => {
    const pool = openPool()
    await pool.withConnection(async (connection) => {
      await expect(connection.run([step('SELECT pg_terminate_backend(pg_backend_pid())')])).rejects.toThrow()
    }, null)
    expect(await pool.withConnection((connection) => connection.run([step('SELECT 1')]), null)).toEqual([[['1']]])
  })

  test('repeats no work whose SQL only says that a statement is missing, and goes on preparing', async () => {
    let unprepared = 0
    let runs = 0
    const pool = openPool({ onUnprepared: () => (unprepared += 1) })
    const raise = step(`DO $$ BEGIN RAISE EXCEPTION 'it is not there' USING ERRCODE = '26000'; END $$`)
    const work = (connection: Connection) => {
      runs += 1
      return connection.run([raise])
    }
    await expect(pool.withConnection(work, null)).rejects.toMatchObject({ code: '26000' })
    expect({ runs, unprepared, size: pool.size }).toEqual({ runs: 1, unprepared: 0, size: 1 })
  })

  test('says that nothing is there', async () => {
    const pool = openPool({}, 'postgresql://x@127.0.0.1:1/none')
    await expect(pool.acquire()).rejects.toBeInstanceOf(ConnectionFailedError)
  })

  test('stops what nobody waits for', async () => {
    const pool = openPool()
    const abandoned = { isAbandoned: false, onAbandon: null as (() => void) | null }
    const slow = pool.withConnection((connection) => connection.run([step('SELECT pg_sleep(60)')]), abandoned)
    setTimeout(() => abandoned.onAbandon?.(), 200)
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    expect(await pool.withConnection((connection) => connection.run([step('SELECT 1')]), null)).toEqual([[['1']]])
  })
})

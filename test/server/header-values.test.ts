import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchange } from '../attacks/wire.js'
import { type Festival, openFestival } from './festival.js'

// Over a socket: what goes out are bytes, and Node writes headers differently beside a text and beside bytes.
let festival: Festival
let port: number
beforeAll(async () => {
  festival = await openFestival({
    serverTraceHeader: 'x-trace',
    dbSchemas: ['fest', 'archive', 'größe'],
    prepare: `
      CREATE SCHEMA "größe";
      GRANT USAGE ON SCHEMA "größe" TO visitor;
      CREATE VIEW "größe".things AS SELECT 1 AS id;
      GRANT SELECT ON "größe".things TO visitor;
      CREATE FUNCTION fest.named(n integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
      BEGIN
        PERFORM set_config('response.headers', '[{"X-Name": "отчёт, Müller"}]', true);
        RETURN repeat('é', n);
      END $$;
      CREATE FUNCTION fest.named_bytes(n integer) RETURNS fest."image/dot" LANGUAGE plpgsql STABLE AS $$
      BEGIN
        PERFORM set_config('response.headers', '[{"X-Name": "отчёт, Müller"}]', true);
        RETURN decode(repeat('ff', n), 'hex');
      END $$;
      CREATE FUNCTION fest.named_error() RETURNS void LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RAISE SQLSTATE 'PGRST' USING MESSAGE = '{"code": "F2", "message": "é"}',
          DETAIL = '{"status": 423, "status_text": "Müller отчёт", "headers": {"X-Name": "отчёт, Müller"}}';
      END $$;`,
  })
  port = await festival.server.listen(0, '127.0.0.1')
})
afterAll(() => festival?.close())

async function ask(line: string, headers: readonly string[] = []) {
  const lines = [`${line} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers]
  const request = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  const reply = await exchange(port, request)
  const header = (name: string) => utf8(reply.headers.find(([one]) => one === name)?.[1] ?? '')
  return { status: reply.status, statusLine: utf8(reply.raw.split('\r\n')[0] ?? ''), header, body: reply.text }
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

describe('header values are UTF-8', () => {
  test.each([
    ['beside a text', 'GET /rpc/named?n=3', []],
    ['beside a text that stays bytes', 'GET /rpc/named?n=30000', []],
    ['beside bytes', 'GET /rpc/named_bytes?n=3', ['Accept: image/dot']],
    ['beside no body', 'HEAD /rpc/named?n=3', []],
    ['of an error', 'GET /rpc/named_error', []],
  ])('%s', async (_, line, headers) => {
    expect((await ask(line, headers)).header('x-name')).toBe('отчёт, Müller')
  })

  test('and so are reason phrases', async () => {
    expect((await ask('GET /rpc/named_error')).statusLine).toBe('HTTP/1.1 423 Müller отчёт')
  })

  test('names of schemas', async () => {
    const answer = await ask('GET /things', ['Accept-Profile: größe'])
    expect([answer.status, answer.header('content-profile')]).toEqual([200, 'größe'])
  })

  test.each(['GET /stages?limit=1', 'HEAD /stages', 'GET /nothing'])('a trace header comes back: %s', async (line) => {
    expect((await ask(line, ['X-Trace: ключ'])).header('x-trace')).toBe('ключ')
  })
})

test('a header that cannot be sent is named', async () => {
  const answer = await festival.ask(`/rpc/bad_headers?headers=${encodeURIComponent('[{"Content-Length": "1"}]')}`)
  expect([answer.status, answer.json]).toEqual([
    500,
    expect.objectContaining({ code: 'PGRST111', details: expect.stringContaining('"Content-Length"') }),
  ])
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileIn, folderOf, generateIn, serveShop } from './shop-server.js'

const people = { ada: 'Ada Keller', ben: 'Ben Okafor', chloe: 'Chloé Martin' } as const
const isPerson = (name: string): name is keyof typeof people => name in people

test('pages of several users at once have nothing of each other', async () => {
  await using api = await serveShop()
  await generateIn('ssr', api.shop)
  expect(await compileIn('ssr')).toBe('')
  const site = spawn(process.execPath, [join(folderOf('ssr'), 'dist/server.js')], {
    env: { ...process.env, NODE_ENV: 'production', API_URL: api.url, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await once(site.stdout, 'data')
    const { port }: { port: number } = JSON.parse(String(line))
    const get = async (path: string, token?: string) => {
      const headers: Record<string, string> = token === undefined ? {} : { Cookie: `theme=dark; token=${token}` }
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
      return { status: response.status, html: await response.text(), kept: response.headers.get('cache-control') }
    }
    const names = Object.keys(people).filter(isPerson)
    const tokens = await Promise.all(
      names.map(async (name) => {
        const body = JSON.stringify({ email: `${name}@example.com`, pass: `${name}-likes-coffee` })
        const headers = { 'Content-Type': 'application/json' }
        const response = await fetch(`${api.url}/rpc/login`, { method: 'POST', headers, body })
        return [name, String(await response.json())] as const
      }),
    )
    const asked = Array.from({ length: 10 }, () => tokens).flat()
    const pages = await Promise.all(asked.map(async ([name, token]) => ({ name, ...(await get('/orders', token)) })))
    for (const { name, status, html, kept } of pages) {
      expect({ status, kept }).toEqual({ status: 200, kept: 'private, no-store' })
      const [row] = await api.shop.query(
        'SELECT count(*)::int AS n FROM v2.orders o JOIN v2.profiles p ON p.id = o.customer_id WHERE p.name = $1',
        [people[name]],
      )
      expect(html.split(people[name]).length - 1).toBe(row?.n)
      expect(html.match(/<article>/g)?.length).toBe(row?.n)
    }
    const [visitor, home, wrong] = await Promise.all([get('/orders'), get('/'), get('/orders', 'no.such.token')])
    expect([visitor.status, home.status, wrong.status]).toEqual([401, 200, 401])
    expect(home.html).toContain('sold')
  } finally {
    site.kill()
  }
})

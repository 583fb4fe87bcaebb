import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { startDatabase } from '../client/database.js'
import { app, bundle, expected } from './bundle.js'
import { chromiumPath } from './find-chromium.js'

test.skipIf(chromiumPath === undefined)('a client in Chromium, from another origin', async () => {
  await using database = await startDatabase()
  const server = await database.serve('clerk')
  const api = await server.listen(0, '127.0.0.1')
  const script = await bundle(app)
  const page = '<!doctype html><meta charset="utf-8"><script src="/app.js"></script>'
  const site = createServer((request, response) => {
    const isScript = request.url === '/app.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html').end(isScript ? script : page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    expect(await tab.evaluate(`app.run('http://127.0.0.1:${api}')`)).toEqual(expected)
  } finally {
    await browser.close()
    site.close()
  }
})

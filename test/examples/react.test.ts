import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeJwt, SignJWT } from 'jose'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser/find-chromium.js'
import { secret } from '../shop/shop.js'
import { compileIn, folderOf, generateIn, runIn, serveShop } from './shop-server.js'

const folder = folderOf('react')
let api: Awaited<ReturnType<typeof serveShop>>
beforeAll(async () => {
  api = await serveShop()
  await generateIn('react', api.shop)
})
afterAll(() => api[Symbol.asyncDispose]())

test('the React app compiles', async () => {
  expect(await compileIn('react')).toBe('')
})

describe.skipIf(chromiumPath === undefined)('the React app in Chromium', () => {
  let site: PreviewServer
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    await runIn(folder, join(folder, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn')
    process.env.API_URL = api.url
    site = await preview({ root: folder, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } })
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1180, height: 800 } })
    page.setDefaultTimeout(20_000)
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(`http://127.0.0.1:${(site.httpServer.address() as AddressInfo).port}/`)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const picture = async (name: string, height: number) => {
    if (!process.env.UPDATE_DOCS) return
    await page.setViewportSize({ width: 1120, height })
    await page.evaluate('document.activeElement.blur(); scrollTo(0, 0)')
    await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) })
  }
  const found = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
  const names = () => page.locator('.products h2').allTextContents()
  const problemAt = (form: string, field: string) =>
    page.getByRole('form', { name: form }).locator('.field', { hasText: field }).locator('.problem:not(:empty)')
  const fill = async (form: string, values: Readonly<Record<string, string>>) => {
    const shown = page.getByRole('form', { name: form })
    for (const [label, value] of Object.entries(values)) await shown.getByLabel(label).fill(value)
    await shown.locator('button[type=submit]').click()
  }
  const token = async () => String(await page.evaluate('sessionStorage.token'))
  /** The same session's token, with another end, in seconds from now. */
  const tokenEnding = async (seconds: number) =>
    new SignJWT(decodeJwt(await token()))
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(new TextEncoder().encode(secret))
  const comeBackWith = async (kept: string) => {
    await page.evaluate(`sessionStorage.token = ${JSON.stringify(kept)}`)
    await page.reload()
    await page.getByRole('button', { name: 'My orders' }).click()
  }

  test('a visitor looks for products', async () => {
    const shown = async (condition: string) => {
      const [row] = await api.shop.query(
        `SELECT count(*) FROM v2.products WHERE discontinued_at IS NULL AND ${condition}`,
      )
      await found(`${row?.count} products`)
    }
    await shown('true')
    expect((await names()).length).toBe(12)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 2 of 6').waitFor()
    await page.getByLabel('Sorted').selectOption('Dearest first')
    await page.getByText('Page 1 of 6').waitFor()
    await expect.poll(async () => (await names())[0]).toBe('Electric grinder')
    await picture('react-app', 760)
    const tea = "name || description ILIKE '%tea%'"
    await page.getByLabel('Search').fill('tea')
    await shown(tea)
    await page.getByLabel('Up to').fill('30')
    await shown(`${tea} AND price <= 30`)
    await page.getByLabel('Shelf').selectOption('Leaf tea')
    await shown(`${tea} AND price <= 30 AND category_id = 9`)
    await page.getByLabel('In stock').check()
    await page.getByLabel('Search').fill('no such thing')
    await found('0 products')
  })

  test('errors of a sign-up stand at the fields, then it logs in', async () => {
    await page.getByRole('button', { name: 'Log in' }).click()
    await fill('Sign up', { Name: 'Nora', Email: 'ada@example.com', Password: 'long enough' })
    await problemAt('Sign up', 'Email').filter({ hasText: 'has an account' }).waitFor()
    await fill('Sign up', { Email: 'no address' })
    await problemAt('Sign up', 'Email').filter({ hasText: 'Not an address' }).waitFor()
    await fill('Sign up', { Email: 'nora@example.com', Password: 'short' })
    await problemAt('Sign up', 'Password').filter({ hasText: '10 to 72' }).waitFor()
    await fill('Sign up', { Password: 'long enough' })
    await found('No orders yet')
    await page.getByRole('button', { name: 'Log out' }).click()
    await fill('Log in', { Email: 'nora@example.com', Password: 'wrong' })
    await problemAt('Log in', 'Password').filter({ hasText: 'wrong password' }).waitFor()
    await fill('Log in', { Password: 'long enough' })
    await found('No orders yet')
  })

  test('a customer orders, and errors stand at the fields', async () => {
    await page.getByRole('button', { name: 'Products' }).click()
    const first = page
      .getByRole('button', { name: 'Order', exact: false })
      .and(page.locator('.products button:enabled'))
    await first.first().click()
    const add = page.getByRole('form', { name: 'Add a product' })
    await add.getByLabel('Product').selectOption('Genmaicha')
    await fill('Add a product', { Quantity: '0' })
    await problemAt('Add a product', 'Quantity').filter({ hasText: 'At least one' }).waitFor()
    await fill('Add a product', { Quantity: '100000' })
    await problemAt('Add a product', 'Quantity').filter({ hasText: 'We do not have that many' }).waitFor()
    await fill('Add a product', { Quantity: '2' })
    await page.getByRole('form', { name: 'Quantity of Genmaicha' }).waitFor()
    await fill('Add a product', { Quantity: '1' })
    await problemAt('Add a product', 'Product').filter({ hasText: 'in this order already' }).waitFor()
    await picture('react-form', 480)
    await fill('Quantity of Genmaicha', { Quantity: '-1' })
    await problemAt('Quantity of Genmaicha', 'Quantity').filter({ hasText: 'At least one' }).waitFor()
    await fill('Quantity of Genmaicha', { Quantity: '3' })
    await page.locator('article').getByText('4 items').waitFor()
    await fill('Shipping', { 'Ship to': 'Vienna', 'Note to the shop': 'Ring twice' })
    const kept = 'SELECT note, ship_to FROM v2.orders ORDER BY id DESC LIMIT 1'
    await expect.poll(() => api.shop.query(kept)).toEqual([{ note: 'Ring twice', ship_to: 'Vienna' }])
  })

  test('a token about to expire is renewed, and an expired one asks to log in', async () => {
    const old = await tokenEnding(20)
    await comeBackWith(old)
    await page.getByRole('form', { name: 'Shipping' }).waitFor()
    expect(await token()).not.toBe(old)
    expect(Number(decodeJwt(await token()).exp)).toBeGreaterThan(Date.now() / 1000 + 600)
    await comeBackWith(await tokenEnding(-3600))
    await fill('Log in', { Email: 'nora@example.com', Password: 'long enough' })
    await page.getByRole('form', { name: 'Shipping' }).waitFor()
  })

  test('a session that was ended elsewhere asks to log in', async () => {
    await api.shop.query('UPDATE auth.sessions SET revoked_at = now()')
    await page.getByRole('button', { name: 'Cancel it' }).click()
    await page.getByRole('form', { name: 'Log in' }).waitFor()
    expect(complaints).toEqual([])
  })
})

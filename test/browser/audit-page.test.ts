import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AuditContext, findingsIn, loadFormat, loadLints } from '@rolecast/audit'
import type { Catalog } from '@rolecast/catalog'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditDatabase } from '../audit/audit-database.js'
import { shopFiles } from '../audit/shop-files.js'
import { chromiumPath } from './find-chromium.js'

const hostile = ['<img src=x onerror="window.hacked=1">', '</script><script>window.hacked=1</script>'] as const

let folder: string
let browser: Browser

/** The page of a catalog, opened as a file. */
async function opened(catalog: Catalog, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const lints = await loadLints()
  const context = new AuditContext(catalog, {
    schemas: ['v2', 'v1'],
    authenticator: 'authenticator',
    anonymous: 'anon',
  })
  const findings = findingsIn(context, lints)
  const { print } = await loadFormat('html')
  const notes = [hostile[1]]
  const html = print({
    context,
    lints,
    findings,
    notes,
    failOn: 'error',
    version: '0.1.0',
    date: '2026-11-28',
    file: null,
  })
  const file = join(folder, `${crypto.randomUUID()}.html`)
  await writeFile(file, html)
  const page = await browser.newPage({ viewport: { width: 1440, height: 960 }, ...options })
  page.setDefaultTimeout(10_000)
  await page.goto(pathToFileURL(file).href)
  return page
}

/** What goes wrong on a page: errors, and what its Content-Security-Policy refuses. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('request', (request) => request.url().startsWith('file:') || complaints.push(request.url()))
  return complaints
}

describe.skipIf(chromiumPath === undefined)('the page of an audit in Chromium', () => {
  let catalog: Catalog

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecast-page-'))
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
    const flaws = fileURLToPath(new URL('audit-page.sql', import.meta.url))
    const audited = await auditDatabase({
      sql: [...shopFiles, flaws],
      schemas: ['v2', 'v1'],
      authenticator: 'authenticator',
      anonymous: 'anon',
    })
    catalog = audited.catalog
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  test('the matrix opens cells with the keyboard, and filters', async () => {
    const page = await opened(catalog)
    const complaints = complaintsOf(page)
    await page.reload()
    const cell = page.getByRole('button', { name: /^app_user on v2\.coupons:/ })
    expect(await cell.getAttribute('aria-label')).toContain('update of 1 column, the rows that policies or code allow')
    await cell.focus()
    await page.keyboard.press('Enter')
    const details = page.locator('.details')
    expect(
      await details
        .getByRole('row', { name: /^discount/ })
        .locator('td')
        .allTextContents(),
    ).toEqual(['✓', '–', '✓'])
    expect(await details.locator('.policies').textContent()).toContain('change them for update to app_user')
    await page.keyboard.press('Escape')
    expect(await details.count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^manager on v2\.coupons/)

    await page.getByLabel('Search relations, columns and functions').fill('discount')
    expect(await page.locator('#cells tbody .name').allTextContents()).toEqual(['v2.coupons'])
    await page.getByLabel('Search relations, columns and functions').fill('')
    await page.getByLabel('Show').selectOption('off')
    expect(await page.locator('#cells tbody .name').allTextContents()).toEqual(['v2.feedback'])
    await page.locator('#matrix-role').selectOption('anon')
    expect(await page.locator('#cells thead th').count()).toBe(2)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('findings are filtered, and found from the matrix', async () => {
    const page = await opened(catalog)
    const shown = () => page.locator('.finding').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)
    const all = await shown()
    await page.getByRole('checkbox', { name: /^warning/ }).uncheck()
    expect(await shown()).toBeLessThan(all)
    await page.getByRole('checkbox', { name: /^warning/ }).check()
    await page.locator('tr', { hasText: 'v2.coupons' }).locator('.found').click()
    expect(await page.getByLabel('Search findings').inputValue()).toBe('v2.coupons')
    expect(await page.locator('#findings-count').textContent()).toMatch(/^\d+ of \d+ findings\.$/)
    for (const text of await page.locator('.finding:not([hidden])').allInnerTexts())
      expect(text).toContain('v2.coupons')
    await page.close()
  })

  test('light and dark as the system has them, or as one chooses; texts stand out', async () => {
    const page = await opened(catalog, { colorScheme: 'dark' })
    const scheme = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
    const dark = await scheme()
    expect(await page.evaluate(faintTexts)).toEqual([])
    await page.getByRole('button', { name: 'Colors' }).click()
    expect(await scheme()).not.toBe(dark)
    expect(await page.evaluate(faintTexts)).toEqual([])
    await page.close()
  })

  test('it has one heading of each level first, names for controls, and all rows in print', async () => {
    const page = await opened(catalog)
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.locator('h2').allInnerTexts()).toEqual(['Who may do what', 'Who becomes whom', 'Findings'])
    const nameless = `[...document.querySelectorAll('button, input, select')].filter((control) =>
      !(control.ariaLabel || control.textContent || control.labels?.[0]?.textContent)).map((control) => control.outerHTML)`
    expect(await page.evaluate(nameless)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#matrix-filter').isVisible()).toBe(false)
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
    await page.close()
  })

  test('hostile names are text', async () => {
    const named = JSON.stringify(catalog)
    const [table, column] = hostile.map((name) => JSON.stringify(name).slice(1, -1))
    const evil = JSON.parse(named.replaceAll('coupons', table ?? '').replaceAll('discount', column ?? '')) as Catalog
    // keys are names as SQL has them
    const quoted = JSON.stringify(evil).replaceAll(`v2.${table}`, `v2.\\"${table?.replaceAll('\\"', '\\"\\"')}\\"`)
    const page = await opened(JSON.parse(quoted) as Catalog)
    const complaints = complaintsOf(page)
    await page.reload()
    await page.getByRole('button', { name: /^app_user on v2\."<img/ }).click()
    expect(await page.locator('.details').textContent()).toContain(hostile[1])
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('without scripts, the findings and roles are there', async () => {
    const page = await opened(catalog, { javaScriptEnabled: false })
    expect(await page.locator('#findings').textContent()).toContain('v2.feedback')
    expect(await page.locator('#matrix').textContent()).toContain('needs JavaScript')
    expect(await page.locator('#findings-filter').isVisible()).toBe(false)
    await page.close()
  })

  test.runIf(process.env.UPDATE_DOCS)('its picture in the manual is new', async () => {
    const page = await opened(catalog, { viewport: { width: 1280, height: 780 } })
    await page.getByRole('button', { name: /^app_user on v2\.coupons:/ }).click()
    await page.evaluate('document.activeElement.blur(); document.querySelector(".tall").scrollTop = 150')
    await page.screenshot({ path: fileURLToPath(new URL('../../docs/images/audit.png', import.meta.url)) })
    await page.close()
  })
})

/** Texts with less contrast than 4.5 to 1 against what is behind them. */
const faintTexts = `(() => {
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number)
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor)
      if (color.length < 4 || color[3] > 0) return color
    }
    return [255, 255, 255]
  }
  const faint = new Set()
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!own || !element.checkVisibility() || element.closest('svg, script')) continue
    const [a, b] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance).sort((x, y) => y - x)
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.add(element.className + ' ' + element.textContent.slice(0, 20))
  }
  return [...faint]
})()`

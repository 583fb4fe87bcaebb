/**
 * Tests that may be skipped, with what they lack. Any other skipped test fails the run: a test that nobody runs protects
 * nothing.
 */
export const expectedSkips: readonly { readonly file: string; readonly test?: string; readonly needs: string }[] = [
  { file: 'test/server/geojson.test.ts', needs: 'a PostgreSQL with PostGIS, named by POSTGIS_URI' },
  { file: 'test/browser/browser.test.ts', test: '> Deno', needs: 'Deno (DENO=/path/to/it)' },
  { file: 'test/browser/browser.test.ts', test: '> Bun', needs: 'Bun (BUN=/path/to/it)' },
  { file: 'test/browser/browser.test.ts', test: 'Chromium', needs: 'Chromium (Debian: apt-get install chromium)' },
  { file: 'test/browser/audit-page.test.ts', test: 'picture', needs: 'UPDATE_DOCS=1, which makes it anew' },
  { file: 'test/browser/audit-page.test.ts', needs: 'Chromium (Debian: apt-get install chromium)' },
  {
    file: 'test/browser/browser.test.ts',
    test: 'workerd',
    needs: 'a platform that the workerd package has a program for',
  },
  { file: 'test/server/pooler.test.ts', needs: 'PgBouncer (Debian: apt-get install pgbouncer)' },
  { file: 'test/conformance/conformance.test.ts', needs: 'the conformance cases beside the checkout' },
]

/** What a skipped test lacks, or null where its skip is not expected. */
export function reasonOfSkip(file: string, name: string): string | null {
  const found = expectedSkips.find(
    (skip) => skip.file === file && (skip.test === undefined || name.includes(skip.test)),
  )
  return found?.needs ?? null
}

import { existsSync } from 'node:fs'

/** Debian's, another one's, or the one that CHROMIUM names; undefined: there is none, and tests that need it are skipped. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
  .filter((path) => path !== undefined)
  .find(existsSync)

if (chromiumPath === undefined) {
  console.warn('skipped: the test in a browser needs Chromium (apt install chromium, or CHROMIUM=/path/to/it)')
}

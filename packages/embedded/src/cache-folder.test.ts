import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cacheFolder, stagingFolder } from './cache-folder.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecast-test-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

test.each(['', 'somewhere'])('no cache begins where the command is called: XDG_CACHE_HOME=%j', async (given) => {
  vi.stubEnv('XDG_CACHE_HOME', given)
  vi.stubEnv('HOME', folder)
  vi.stubEnv('TMPDIR', folder)
  // Of another user, so that none will do and each is named.
  vi.spyOn(process, 'getuid').mockReturnValue(4242)
  const message = await cacheFolder().catch((error: Error) => error.message)
  expect(message.split('\n').slice(1)).toEqual([
    expect.stringContaining(`${folder}/.cache/rolecast: `),
    expect.stringContaining(`${folder}/rolecast-cache-4242: `),
  ])
})

test('what a run left that was ended is removed by a later one', async () => {
  for (const name of ['.18-old', '.18-now', '18']) await mkdir(join(folder, name))
  const longAgo = new Date(Date.now() - 7_200_000)
  for (const name of ['.18-old', '18']) await utimes(join(folder, name), longAgo, longAgo)
  const staging = await stagingFolder(folder, '18')
  expect((await readdir(folder)).sort()).toEqual(['.18-now', basename(staging), '18'].sort())
})

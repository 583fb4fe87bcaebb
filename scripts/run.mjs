// npm run TASK: brings what the task needs (dependencies, a build), then runs it.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { appPackages, buildCommonJs } from './commonjs.mjs'
import { ensureBuilt, ensureInstalled, packageManager, root, run, say, tsc } from './workspace.mjs'

const node = process.execPath
const colors = process.stdout.isTTY ? [] : ['--colors=off']
const tool = (path) => join(root, 'node_modules', path)

/** Folders of the packages that are compiled, and published. */
const buildFolders = () =>
  JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).references.map(({ path }) => path)

const tasks = {
  build() {},

  async demo(args) {
    await run(node, [join(root, 'examples/shop/demo/run.mjs'), ...args], { stdout: 1 })
  },

  async rolecast(args) {
    // npm changes to the workspace's root; the command's paths are relative to where it was called.
    await run(node, [join(root, 'generator/bin/rolecast.js'), ...args], {
      stdout: 1,
      cwd: process.env.INIT_CWD ?? process.cwd(),
    })
  },

  async bench([name, ...args]) {
    const names = readdirSync(join(root, 'test/bench'))
      .flatMap((file) => /^([a-z-]+)\.bench\.mjs$/.exec(file)?.[1] ?? [])
      .sort()
    if (name === undefined || !names.includes(name)) {
      say(`usage: npm run -s bench -- NAME, where NAME is one of: ${names.join(', ')}`)
      process.exit(2)
    }
    await run(node, [join(root, `test/bench/${name}.bench.mjs`), ...args], { stdout: 1 })
  },

  async conformance(args) {
    await run(node, [join(root, 'test/conformance/run.mjs'), ...args], { stdout: 1 })
  },

  /** Tarballs as they would be published, of a new build, so that nothing of deleted sources is in them. */
  async packs([folder = 'packs']) {
    for (const dir of buildFolders()) {
      rmSync(join(root, dir, 'dist'), { recursive: true, force: true })
      rmSync(join(root, dir, 'tsconfig.tsbuildinfo'), { force: true })
    }
    await run(node, [tsc, '--build', root])
    for (const dir of appPackages) buildCommonJs(dir)
    const filters = buildFolders().flatMap((dir) => ['--filter', `./${dir}`])
    const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder)
    await run('npx', ['--yes', packageManager, '--recursive', ...filters, 'pack', '--pack-destination', target])
  },

  /** How much of each source the tests reach, as a table and under coverage/. */
  async coverage(args) {
    await run(node, [tool('vitest/vitest.mjs'), 'run', '--coverage', ...args], { stdout: 1 })
  },

  async test(args) {
    if (args.length === 0) {
      say('formatting and lint')
      await run(node, [tool('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', ...colors, root], { stdout: 1 })
      say('exports that nothing uses')
      await run(node, [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints'], { stdout: 1 })
      say('types, tests included')
      await run(node, [tsc, '--project', join(root, 'tsconfig.tests.json')], { stdout: 1 })
    }
    say('tests, on a real PostgreSQL')
    await run(node, [tool('vitest/vitest.mjs'), 'run', ...args], { stdout: 1 })
  },
}

const [name, ...args] = process.argv.slice(2)
await ensureInstalled()
await ensureBuilt()
await tasks[name](args)

import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { reasonOfSkip } from './expected.js'

/** Says of each skipped test what it lacks, and fails the run for one whose skip is not expected. */
export class SkipReporter implements Reporter {
  #isWhole = true

  onInit(vitest: Vitest): void {
    this.#isWhole = vitest.config.testNamePattern === undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (!this.#isWhole) return // tests chosen by name skip all others
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')].map(described))
    const unexpected = skipped.filter(({ reason }) => reason === null)
    for (const { file, name } of unexpected) process.stdout.write(`Skipped, and not expected: ${file}: ${name}\n`)
    const reasons = new Map<string, number>()
    for (const { file, reason } of skipped) {
      if (reason === null) continue
      const line = `${file}: needs ${reason}`
      reasons.set(line, (reasons.get(line) ?? 0) + 1)
    }
    const count = (state: 'passed' | 'failed') =>
      modules.flatMap((module) => [...module.children.allTests(state)]).length
    for (const [line, tests] of reasons) process.stdout.write(`Skipped ${tests} in ${line}\n`)
    process.stdout.write(`${count('passed')} passed, ${count('failed')} failed, ${skipped.length} skipped\n`)
    if (unexpected.length === 0) return
    process.stdout.write(
      `${unexpected.length} skipped without being expected. Make them run, or name them in test/skips/expected.ts.\n`,
    )
    process.exitCode = 1
  }
}

function described(test: TestCase) {
  const file = relative(process.cwd(), test.module.moduleId)
  return { file, name: test.fullName, reason: reasonOfSkip(file, test.fullName) }
}

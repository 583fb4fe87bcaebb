import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

test('bash completes commands and their options', async () => {
  const { code, stdout } = await rolecastHere(['completion', 'bash'], process.cwd())
  expect(code).toBe(0)
  const complete = (...words: string[]) => {
    const typed = ['rolecast', ...words].map((word) => `'${word}'`).join(' ')
    const script = `${stdout}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _rolecast; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
  }
  expect(complete('gen')).toEqual(['generate'])
  expect(complete('generate', '--wa')).toEqual(['--watch'])
})

test.each(['zsh', 'fish'])('%s has every command, and its options', async (shell) => {
  const { stdout } = await rolecastHere(['completion', shell], process.cwd())
  for (const word of ['generate', 'audit', 'init', 'completion', 'watch', 'starter']) expect(stdout).toContain(word)
})

test('another shell is refused', async () => {
  expect(await rolecastHere(['completion', 'tcsh'], process.cwd())).toMatchObject({ code: 2 })
})

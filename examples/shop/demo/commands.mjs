// The commands that the demo calls, as a user would: `rolecast` and `tsc`.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
export const shop = path('..')
const rolecastBin = path('../../../generator/bin/rolecast.js')
const tscBin = createRequire(path('../../../package.json')).resolve('typescript/bin/tsc')

export const rolecast = (...args) => run(rolecastBin, args)
export const tsc = (...args) => run(tscBin, args)

/** Runs a program of Node's to its end. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: shop, stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The output of a command that must succeed. */
export async function output(running) {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`It ended with exit code ${code}:\n${stdout}${stderr}`)
  return { stdout, stderr }
}

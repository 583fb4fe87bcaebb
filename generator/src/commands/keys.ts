import { readFile } from 'node:fs/promises'
import { printable, printableJson } from '@rolecast/audit/printable'
import type { Command } from 'commander'
import { UsageError } from '../errors.js'
import { changeKeyFolder, createKeyFolder, readKeyFolder, verifyFileOf } from '../keys/key-folder.js'
import { type KeySet, promoted, publicSet, retired, withKey } from '../keys/key-set.js'
import { type AlgorithmName, algorithmNames, importKey, makeKey } from '../keys/make-key.js'
import { progressTo } from '../progress.js'

const help = `
A folder holds the keys, and the state of each: one signs, others verify, and of retired ones only the names are left.
  keys.json     private halves: for \`rolecast token mint\`, or the program that signs your tokens
  verify.json   for servers: jwt-secret = "@DIR/verify.json"
Both are for their owner alone. No command prints a private half or a secret.

To rotate without logging anybody out:
  rolecast keys add --keys DIR        the new key verifies
  (reload the servers: SIGUSR2)
  rolecast keys promote --keys DIR    the new key signs
  (wait as long as the old tokens last)
  rolecast keys retire --keys DIR OLD
  (reload the servers: tokens of the old key are refused at once)

Exit codes: 0 done; 2 wrong use, or a folder that cannot be used.`

const instant = () => new Date().toISOString()

export function addKeys(program: Command): Command {
  const keys = program.command('keys').summary('make and rotate the keys of tokens').addHelpText('after', help)
  keys
    .command('generate')
    .summary('make a folder with a new key that signs')
    .requiredOption('--alg <name>', `the algorithm: ${algorithmNames.join(', ')}`, algorithm)
    .requiredOption('--out <folder>', 'the folder, which is made')
    .action(async ({ alg, out }: { alg: AlgorithmName; out: string }) => {
      const key = await makeKey(alg, 'signs', instant())
      await createKeyFolder(out, { keys: [key], retired: [] })
      say(`${key.kid} (${alg}) signs and verifies.`)
      hint(`servers read it with jwt-secret = "@${verifyFileOf(out)}"`)
    })
  inFolder(keys.command('add'))
    .summary('add a key that only verifies, until it is promoted')
    .option('--alg <name>', 'its algorithm (default: that of the key that signs)', algorithm)
    .option('--from <file>', 'take a key in use elsewhere: a private JWK, or the text of a secret for HS256')
    .action(add)
  inFolder(keys.command('promote'))
    .summary('let another key sign; the former one still verifies')
    .argument('[kid]', 'the key, or how its name begins (default: the only one that does not sign)')
    .action(async (kid: string | undefined, { keys: folder }: FolderOptions) => {
      const { key } = await changeKeyFolder(folder, (set) => promoted(set, kid))
      say(`${printable(key.kid)} (${key.alg}) signs from now on. The others still verify.`)
    })
  inFolder(keys.command('retire'))
    .summary('delete a key: its tokens are refused once the servers have reloaded')
    .argument('<kid>', 'the key, or how its name begins')
    .action(async (kid: string, { keys: folder }: FolderOptions) => {
      const changed = await changeKeyFolder(folder, (set) => retired(set, kid, instant()))
      say(`${printable(changed.kid)} is retired. Its private half is deleted.`)
      hint('reload the servers (SIGUSR2): until then they take its tokens')
    })
  inFolder(keys.command('list'))
    .summary('print the keys and their states')
    .option('--json', 'as JSON')
    .action(async ({ keys: folder, json = false }: FolderOptions & { json?: boolean }) => {
      process.stdout.write(listed(await readKeyFolder(folder), json))
    })
  inFolder(keys.command('public'))
    .summary('print the public halves as a JWK Set (RFC 7517)')
    .action(async ({ keys: folder }: FolderOptions) => {
      const set = await readKeyFolder(folder)
      const { keys: halves } = publicSet(set)
      const secrets = set.keys.length - halves.length
      if (halves.length === 0) throw new UsageError('These keys are secrets, which have no public half.')
      if (secrets > 0) hint(`left out: ${secrets} of the keys, which are secrets and have no public half`)
      process.stdout.write(`${printableJson({ keys: halves })}\n`)
    })
  return keys
}

interface FolderOptions {
  readonly keys: string
}

function inFolder(command: Command): Command {
  return command.requiredOption('--keys <folder>', 'the folder that `rolecast keys generate` made')
}

async function add({ keys: folder, alg, from }: FolderOptions & { alg?: AlgorithmName; from?: string }): Promise<void> {
  if (alg !== undefined && from !== undefined) throw new UsageError('Give either --alg or --from, not both.')
  const set = await readKeyFolder(folder)
  const key =
    from === undefined
      ? await makeKey(alg ?? defaultAlgorithm(set), 'verifies', instant())
      : await importKey(await readKey(from), instant())
  await changeKeyFolder(folder, (current) => ({ set: withKey(current, key) }))
  say(`${printable(key.kid)} (${key.alg}) verifies. It does not sign yet.`)
  hint('reload the servers (SIGUSR2) before you promote it')
}

function defaultAlgorithm({ keys }: KeySet): AlgorithmName {
  const { alg } = keys.find(({ state }) => state === 'signs') ?? {}
  const known = algorithmNames.find((name) => name === alg)
  if (known === undefined) throw new UsageError('No key of this folder signs, so say the algorithm: --alg ES256.')
  return known
}

async function readKey(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The file ${printable(file)} cannot be read (${error.code}).`, { cause: error })
  })
}

function listed({ keys, retired: gone }: KeySet, json: boolean): string {
  const rows = [
    ...keys.map(({ kid, alg, state, created }) => ({ kid, alg, state, created })),
    ...gone.map((key) => ({ ...key, state: 'retired' as const })),
  ]
  if (json) return `${printableJson({ keys: rows })}\n`
  return rows
    .map(({ kid, alg, state, created }) => `${state.padEnd(8)}  ${alg.padEnd(5)}  ${created}  ${printable(kid)}\n`)
    .join('')
}

function algorithm(text: string): AlgorithmName {
  const found = algorithmNames.find((name) => name === text)
  if (found === undefined) throw new UsageError(`--alg takes one of ${algorithmNames.join(', ')}.`)
  return found
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function hint(text: string): void {
  progressTo(process.stderr).say(text)
}

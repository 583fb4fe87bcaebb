import { text as readAll } from 'node:stream/consumers'
import { printable, printableJson } from '@rolecast/audit/printable'
import { decodeToken, judgeToken, type TokenJudgement } from '@rolecast/server'
import type { Command } from 'commander'
import { CheckFailed, UsageError } from '../errors.js'
import { readKeyFolder } from '../keys/key-folder.js'
import { type KeySet, signingKey, verifyingSet } from '../keys/key-set.js'
import { durationOf } from '../token/duration.js'
import { mintToken } from '../token/mint-token.js'
import { readClaims } from '../token/read-claims.js'

const help = `
Examples:
  rolecast token mint --keys DIR --role app_user --sub 42 --ttl 5m --claims '{"tenant":"acme"}'
  rolecast token decode TOKEN
  rolecast token verify --keys DIR --aud https://api.example.com - < token.txt

A token is as good as a password while it lasts. Other users of the machine see what stands in a command line, so give a
real one on standard input: write - for TOKEN.

Exit codes: 0 done, or the token is good; 1 the token is refused; 2 wrong use, or a folder that cannot be used.`

const now = () => Date.now() / 1000

export function addToken(program: Command): Command {
  const token = program.command('token').summary('make, read and check tokens').addHelpText('after', help)
  withKeys(token.command('mint'))
    .summary('print a token, signed with the key that signs')
    .requiredOption('--role <role>', 'the role that its requests run as')
    .option('--sub <subject>', 'whom it is for')
    .option('--ttl <duration>', 'how long it lasts: 90s, 5m, 12h, 7d', lifetime, 300)
    .option('--aud <audience>', 'the server that it is for, as its jwt-aud has it')
    .option('--iss <issuer>', 'who issues it, as jwt-iss of the server has it')
    .option('--claims <json>', 'further claims, as a JSON object')
    .action(mint)
  token
    .command('decode')
    .summary('print what a token says, without verifying it')
    .argument('<token>', 'the token, or - for standard input')
    .option('--json', 'as JSON')
    .action(async (given: string, { json = false }: { json?: boolean }) => {
      const decoded = decodeToken(await tokenOf(given))
      if (decoded === null) {
        throw new UsageError('This is no JWT in compact form: header.claims.signature, in base64url.')
      }
      const notice = 'NOT VERIFIED: anybody can write a token that says this. `rolecast token verify` checks it.'
      process.stdout.write(`${json ? '' : `${notice}\n`}${printableJson({ verified: false, ...decoded })}\n`)
    })
  withKeys(token.command('verify'))
    .summary('say whether a server with these keys takes a token, and if not, why')
    .argument('<token>', 'the token, or - for standard input')
    .option('--aud <audience>', 'the audience that it must have')
    .option('--iss <issuer>', 'the issuer that it must have')
    .option('--json', 'as JSON')
    .action(verify)
  return token
}

interface KeysOption {
  readonly keys: string
}

function withKeys(command: Command): Command {
  return command.requiredOption('--keys <folder>', 'the folder that `rolecast keys generate` made')
}

interface MintOptions extends KeysOption {
  readonly role: string
  readonly sub?: string
  readonly ttl: number
  readonly aud?: string
  readonly iss?: string
  readonly claims?: string
}

async function mint({ keys, role, sub, ttl, aud, iss, claims = '{}' }: MintOptions): Promise<void> {
  // The same bound as the server's: PostgreSQL would cut off a longer name, to another role's.
  if (role === '' || role.toLowerCase() === 'none' || role.includes('\0') || Buffer.byteLength(role) > 63) {
    throw new UsageError('--role must name a role: 1 to 63 bytes, and not "none".')
  }
  const taken = new Map([
    ['role', '--role'],
    ['exp', '--ttl'],
    ['iat', '--ttl'],
    ...(sub === undefined ? [] : [['sub', '--sub'] as const]),
    ...(aud === undefined ? [] : [['aud', '--aud'] as const]),
    ...(iss === undefined ? [] : [['iss', '--iss'] as const]),
  ])
  const content = { role, subject: sub, audience: aud, issuer: iss, lifetime: ttl, claims: readClaims(claims, taken) }
  const key = signingKey(await readKeyFolder(keys))
  process.stdout.write(`${await mintToken(key, content, now())}\n`)
}

interface VerifyOptions extends KeysOption {
  readonly aud?: string
  readonly iss?: string
  readonly json?: boolean
}

async function verify(given: string, { keys: folder, aud, iss, json = false }: VerifyOptions): Promise<void> {
  const set = await readKeyFolder(folder)
  const token = await tokenOf(given)
  const options = { audience: aud ?? null, issuer: iss ?? null, now: now() }
  const judgement = withRetired(judgeToken(token, { ...options, keys: JSON.stringify(verifyingSet(set)) }), token, set)
  if (json) process.stdout.write(`${printableJson(judgement)}\n`)
  if (!judgement.verified)
    throw new CheckFailed(`The token is refused (${judgement.kind}). ${printable(judgement.message)}`)
  if (!json) process.stdout.write(`The token is good. A key of this folder signed it.\n${printableJson(judgement)}\n`)
}

/** A key that was retired is no unknown one. */
function withRetired(judgement: TokenJudgement, token: string, { retired }: KeySet): TokenJudgement {
  if (judgement.verified || judgement.kind !== 'unknown-kid') return judgement
  const key = retired.find(({ kid }) => kid === decodeToken(token)?.header.kid)
  if (key === undefined) return judgement
  return {
    ...judgement,
    message: `It names the key ${JSON.stringify(key.kid)}, which was retired at ${key.retired}.`,
  }
}

async function tokenOf(given: string): Promise<string> {
  return (given === '-' ? await readAll(process.stdin) : given).trim()
}

function lifetime(text: string): number {
  const seconds = durationOf(text)
  if (seconds === null) throw new UsageError('--ttl takes a duration such as 90s, 5m, 12h or 7d.')
  return seconds
}

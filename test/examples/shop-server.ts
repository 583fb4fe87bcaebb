import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createServer } from '@rolecast/server'
import { type Shop, secret, startShop } from '../shop/shop.js'

export const folderOf = (example: string): string =>
  fileURLToPath(new URL(`../../examples/${example}`, import.meta.url))

/** Runs a program of Node in a folder. Of NODE_ENV it is told nothing: the tests' would change what is built. */
export async function runIn(folder: string, ...args: string[]): Promise<string> {
  const { NODE_ENV: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env, maxBuffer: 1 << 26 }).catch(
    (error) => {
      throw new Error(`${args.join(' ')}\n${error.stdout}\n${error.stderr}`)
    },
  )
  return stdout
}

/** `rolecast generate` in an example, from a database that has its schema already. */
export function generateIn(example: string, shop: Shop): Promise<string> {
  const command = fileURLToPath(new URL('../../generator/bin/rolecast.js', import.meta.url))
  return runIn(folderOf(example), command, 'generate', '--db', shop.postgres.uri)
}

/** The shop with its server on a port. */
export async function serveShop(): Promise<{ shop: Shop; url: string } & AsyncDisposable> {
  const shop = await startShop()
  const password = crypto.randomUUID()
  await shop.query(`ALTER ROLE authenticator PASSWORD '${password}'`)
  const server = await createServer({
    dbUri: shop.postgres.uriOf({ user: 'authenticator', password }),
    dbSchemas: ['v2'],
    dbAnonRole: 'anon',
    dbPreRequest: { schema: 'hooks', name: 'before_request' },
    jwtSecret: secret,
  })
  const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`
  return {
    shop,
    url,
    async [Symbol.asyncDispose]() {
      await server.close()
      await shop[Symbol.asyncDispose]()
    },
  }
}

/** TypeScript's complaints about an example; the quickest of the compilers that are tested. */
export function compileIn(example: string): Promise<string> {
  const tsc = fileURLToPath(new URL('../node_modules/typescript-7/bin/tsc', import.meta.url))
  return runIn(folderOf(example), tsc, '--project', folderOf(example), '--pretty', 'false')
}

// npm run demo: from a database to one typed client per role, in use.
import { randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { output, rolecast, shop, tsc } from './commands.mjs'
import { readEverything } from './everything-offered.mjs'
import { functionRows, relationRows } from './roles-table.mjs'
import { end, say, step, storyOf, table } from './screen.mjs'

const roles = ['anon', 'app_user', 'manager', 'tenant_admin']
const people = { app_user: 'ada', manager: 'mona', tenant_admin: 'olga' }
const built = join(shop, '.demo')

async function demo() {
  const open = []
  try {
    const postgres = await step('Starting PostgreSQL and loading the shop', load)
    open.unshift(() => postgres.stop())
    const keys = await step('Giving the server a password, and a secret to sign tokens with', () => setUp(postgres))
    await step('Generating a client for each role: rolecast generate', () => generate(postgres))
    await step('Compiling the app against the clients: tsc', compile)
    const server = await step('Starting the API server', () => serve(keys))
    open.unshift(() => server.close())
    const traffic = []
    const connection = { url: server.url, fetch: recorded(traffic) }
    await step('Running the app', () => runApp(connection, traffic))
    await step('Reading everything that each client offers', () => readAll(connection, traffic))
    await step('What each role may do: rolecast inspect', () => inspect(postgres))
    await step('The same customer with the client of a visitor: tsc', compileWrongly)
  } finally {
    for (const close of open) await close()
  }
}

async function load() {
  const folder = join(shop, 'sql')
  const sql = (await readdir(folder)).sort().map((name) => join(folder, name))
  const postgres = await startPostgres({ sql })
  return { result: postgres, summary: `PostgreSQL ${postgres.version}, ${sql.length} SQL files` }
}

async function setUp(postgres) {
  const [secret, password] = [randomBytes(32).toString('base64url'), randomBytes(18).toString('base64url')]
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query('SELECT auth.set_jwt_secret($1)', [secret])
  await client.query(`ALTER ROLE authenticator PASSWORD ${pg.escapeLiteral(password)}`)
  await client.end()
  return { result: { secret, dbUri: postgres.uriOf({ user: 'authenticator', password }) } }
}

async function generate(postgres) {
  await rm(join(shop, 'generated'), { recursive: true, force: true })
  const { stderr } = await output(rolecast('generate', '--db', postgres.uri))
  for (const line of stderr.trim().split('\n')) say(line.replaceAll(`${shop}`, ''))
  return {}
}

async function compile() {
  await rm(built, { recursive: true, force: true })
  await output(tsc('-p', 'demo/tsconfig.json'))
  return { summary: 'no error' }
}

async function serve({ secret, dbUri }) {
  const server = await createServer({
    dbUri,
    dbSchemas: ['v2', 'v1'],
    dbAnonRole: 'anon',
    dbPreRequest: { schema: 'hooks', name: 'before_request' },
    jwtSecret: secret,
  })
  const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`
  return { result: { url, close: () => server.close() }, summary: `${url}, connected as authenticator` }
}

/** Asks over the network, and notes who asked and what came. */
function recorded(traffic) {
  return async (request, init) => {
    const response = await fetch(request, init)
    traffic.push({ method: request.method ?? init?.method ?? 'GET', status: response.status })
    return response
  }
}

async function runApp(connection, traffic) {
  const { run } = await import(join(built, 'app/demo/app/main.js'))
  await run(connection, storyOf)
  const refused = traffic.filter(({ status }) => status >= 400).length
  return { summary: `${traffic.length} requests, ${refused} refused as they should be` }
}

async function readAll(connection, traffic) {
  const before = traffic.length
  for (const role of roles) {
    const { createClient, canIn } = await import(join(built, `app/generated/${role}/index.js`))
    const visitor = (await import(join(built, 'app/generated/anon/index.js'))).createClient(connection)
    const name = people[role]
    const token = name && (await visitor.rpc.login({ email: `${name}@example.com`, pass: `${name}-likes-coffee` }))
    const asked = await readEverything({ client: createClient({ ...connection, token }), canIn })
    say(`${role}: ${asked} relations, all columns of each: nothing refused`)
  }
  const refused = traffic.slice(before).filter(({ status }) => status >= 400).length
  if (refused > 0) throw new Error(`${refused} requests were refused.`)
  return {}
}

async function inspect(postgres) {
  const surfaces = await Promise.all(
    roles.map(async (role) =>
      JSON.parse(
        (await output(rolecast('inspect', '--role', role, '--json', '--db', postgres.uri, '--schemas', 'v2,v1')))
          .stdout,
      ),
    ),
  )
  for (const rows of [relationRows(surfaces), functionRows(surfaces)]) {
    for (const line of table(rows)) say(line.trimEnd())
    say('')
  }
  return { summary: 'numbers are columns' }
}

async function compileWrongly() {
  const folder = join(built, 'wrong')
  await mkdir(folder, { recursive: true })
  await cp(join(shop, 'demo/app/story.ts'), join(folder, 'story.ts'))
  const source = await readFile(join(shop, 'demo/app/customer.ts'), 'utf8')
  await writeFile(join(folder, 'customer.ts'), source.replace('generated/app_user/', 'generated/anon/'))
  const settings = JSON.parse(await readFile(join(shop, 'demo/tsconfig.json'), 'utf8'))
  const compilerOptions = { ...settings.compilerOptions, rootDir: '../..', outDir: undefined, noEmit: true }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))

  const { code, stdout } = await tsc('-p', relative(shop, folder), '--pretty', 'false')
  const errors = stdout.split('\n').filter((line) => /error TS\d+/.test(line))
  if (code === 0 || errors.length === 0) throw new Error('It compiled.')
  // What follows from these, such as parameters without a type, says nothing new.
  const first = errors.filter((line) => !/error TS70\d\d/.test(line))
  for (const line of first) say(line.replace(/^.*?(customer\.ts)/, '$1'))
  return { summary: `${errors.length} errors, of which ${errors.length - first.length} only follow from these` }
}

try {
  await demo()
  end('Done')
} catch (error) {
  console.error(`\n${error instanceof Error ? (error.stack ?? error.message) : error}`)
  process.exitCode = 1
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalog, introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { emitClient } from '@rolecast/templates/client'
import pg from 'pg'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiRole, roles, startShop } from './shop.js'

const schemas = ['v2', 'v1']
const cache = fileURLToPath(new URL('../.rolecast/', import.meta.url))
let folder: string
let catalog: Catalog
const surfaces = new Map<ApiRole, Surface>()
const clients = new Map<ApiRole, string>()
let compiled: ReadonlyMap<string, string[]>

/** What is written with a role's client, and what the compiler must say of it; null: nothing. */
const calls: readonly (readonly [role: ApiRole, expression: string, complaint: string | null])[] = [
  [
    'anon',
    'db.products.select("id", "name", "price").embed({ category: ["name"] }).where({ price: { lte: "9" } })',
    null,
  ],
  ['anon', 'db.products.select("cost")', '"cost"'],
  ['anon', 'db.products.select("id").where({ supplier_id: 1 })', 'supplier_id'],
  ['anon', 'db.products.select("id").order("cost")', '"cost"'],
  ['anon', 'db.products.select("id").embed({ supplier: ["name"] })', 'supplier'],
  ['anon', 'db.products.insert({ name: "x" })', 'insert'],
  ['anon', 'db.orders.select("id")', 'orders'],
  ['anon', 'db.rpc.sales_report()', 'sales_report'],
  ['manager', 'db.products.select("cost", "margin").embed({ supplier: ["name"] })', null],
  ['manager', 'db.products.update({ discontinued_at: null }).where({ id: 1 })', 'discontinued_at'],
  ['app_user', 'db.orders.insert({ note: "x" }).returning("id", "total")', null],
  ['app_user', 'db.orders.insert({ total: "0.01" })', 'total'],
  ['app_user', 'db.lines.update({ unit_price: "0.01" }).where({ order_id: 1 })', 'unit_price'],
  ['app_user', 'db.chat.insert({ message_subject: "x" })', 'message_to'],
  ['app_user', 'db.tasks.delete().where({ id: "1" })', 'delete'],
  ['tenant_admin', 'db.tasks.delete().where({ id: "1" })', null],
]

beforeAll(async () => {
  await using shop = await startShop()
  const client = new pg.Client({ connectionString: shop.postgres.uri })
  await client.connect()
  catalog = await introspect(client, { schemas, roles, authenticator: 'authenticator' })
  await client.end()
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'shop-'))
  for (const role of roles) {
    const surface = surfaceOf(catalog, role, { schemas })
    const files = emitClient(surface)
    for (const { path, content } of files) {
      const file = join(folder, role, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    surfaces.set(role, surface)
    clients.set(role, files.map(({ content }) => content).join('\n'))
  }
  compiled = compileCalls()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function surface(role: ApiRole): Surface {
  const found = surfaces.get(role)
  if (found === undefined) throw new Error(`There is no surface of ${role}.`)
  return found
}
const relation = (role: ApiRole, name: string) =>
  surface(role).relations.find((each) => `${each.schema}.${each.name}` === name)

describe('the surface of', () => {
  test('anon has products without cost and supplier, and nothing to write', () => {
    expect(relation('anon', 'v2.products')).toMatchObject({
      select: [
        'id',
        'category_id',
        'slug',
        'name',
        'description',
        'price',
        'stock',
        'sizes',
        'attributes',
        'created_at',
        'search',
      ],
      insert: [],
      update: [],
      delete: false,
    })
    const names = surface('anon').relations.map(({ schema, name }) => `${schema}.${name}`)
    expect(names.sort()).toEqual([
      'v1.products',
      'v2.bestsellers',
      'v2.categories',
      'v2.product_tags',
      'v2.products',
      'v2.tags',
    ])
    expect(
      surface('anon')
        .functions.map(({ name }) => name)
        .sort(),
    ).toEqual(['login', 'search_products', 'signup'])
  })

  test('app_user has orders to write in part', () => {
    expect(relation('app_user', 'v2.orders')).toMatchObject({
      select: ['id', 'customer_id', 'status', 'total', 'note', 'ship_to', 'created_at'],
      insert: ['note', 'ship_to'],
      update: ['status', 'note', 'ship_to'],
      delete: true,
      required: [],
    })
    expect(relation('app_user', 'v2.lines')).toMatchObject({
      insert: ['order_id', 'product_id', 'qty'],
      // a trigger before the insert fills the price, and might fill others for all that can be known
      required: [],
      maybeRequired: ['order_id', 'product_id'],
      update: ['qty'],
      delete: true,
    })
    expect(relation('app_user', 'v2.invoices')).toBeUndefined()
    expect(relation('app_user', 'v1.account')).toMatchObject({
      update: ['full_name', 'city'],
      insert: [],
      delete: false,
    })
  })

  test('tenant_admin has what app_user has, and more', () => {
    for (const { schema, name } of surface('app_user').relations) {
      expect(relation('tenant_admin', `${schema}.${name}`)).toBeDefined()
    }
    expect(relation('tenant_admin', 'v2.invoices')).toMatchObject({ insert: [], update: ['reference'], delete: false })
    expect(relation('tenant_admin', 'v2.tasks')).toMatchObject({ delete: true })
  })

  test('manager has suppliers and reports, and no chat', () => {
    expect(relation('manager', 'v2.products')?.select).toContain('cost')
    expect(relation('manager', 'v2.chat')).toBeUndefined()
    expect(surface('manager').functions.map(({ name }) => name)).toContain('sales_report')
  })
})

describe('the client of', () => {
  test.each(roles)('%s names nothing that the role may not see', (role) => {
    const text = clients.get(role) ?? ''
    const seen = visibleNames(surface(role))
    const hidden = allNames(catalog).filter((name) => !seen.has(name))
    expect(hidden.length).toBeGreaterThan(20)
    const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g))
    expect(hidden.filter((name) => words.has(name))).toEqual([])
  })

  test('anon contains neither cost nor supplier, in any form', () => {
    expect(clients.get('anon')).not.toMatch(/cost|supplier/i)
    expect(clients.get('manager')).toMatch(/cost/)
  })

  test.each(calls)('%s: %s', (role, expression, complaint) => {
    const errors = errorsOf(role, expression)
    if (complaint === null) expect(errors).toEqual([])
    else expect(errors?.join('\n')).toContain(complaint)
  })
})

/** Compiles every call over its role's client, in one program. */
function compileCalls(): ReadonlyMap<string, string[]> {
  const sources = calls.map(([role, expression], index) => {
    const file = join(folder, `call-${index}.ts`)
    writeFileSync(
      file,
      `import type { Db } from './${role}/index.js'\ndeclare const db: Db\nexport const result = ${expression}\n`,
    )
    return { key: keyOf(role, expression), file }
  })
  const program = ts.createProgram(
    sources.map(({ file }) => file),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['rolecast-source'],
      skipLibCheck: true,
      operators: {},
      types: [],
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    },
  )
  return new Map(
    sources.map(({ key, file }) => {
      const source = program.getSourceFile(file)
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return [key, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))]
    }),
  )
}

function errorsOf(role: ApiRole, expression: string): string[] | undefined {
  return compiled.get(keyOf(role, expression))
}

function keyOf(role: ApiRole, expression: string): string {
  return `${role} ${expression}`
}

/** Every name that anything of the shop has, in whatever schema. */
function allNames({ relations, routines, types }: Catalog): string[] {
  const ours = new Set(['v1', 'v2', 'internal', 'auth', 'audit', 'hooks'])
  const names = [
    ...relations
      .filter(({ schema }) => ours.has(schema))
      .flatMap(({ name, columns, policies }) => [
        name,
        ...columns.map((column) => column.name),
        ...policies.map((policy) => policy.name),
      ]),
    ...routines.filter(({ schema }) => ours.has(schema)).map(({ name }) => name),
    ...types
      .filter(({ schema }) => ours.has(schema))
      .flatMap((type) => [type.name, ...('labels' in type ? type.labels : [])]),
    ...roles,
    'shop_owner',
    'shop_auth',
  ]
  return [...new Set(names)].sort()
}

function visibleNames({ role, relations, functions, types }: Surface): ReadonlySet<string> {
  return new Set([
    role,
    ...relations.flatMap(({ name, columns, computed }) => [
      name,
      ...columns.map((c) => c.name),
      ...computed.map((c) => c.name),
    ]),
    ...functions.flatMap(({ name, parameters, returns }) => [
      name,
      ...parameters.map((parameter) => parameter.name),
      ...(returns.kind === 'row' ? returns.columns.map((column) => column.name) : []),
    ]),
    ...types.flatMap((type) => [
      type.name,
      ...(type.kind === 'enum' ? type.labels : type.kind === 'composite' ? type.attributes.map((a) => a.name) : []),
    ]),
    // a word of the client itself
    'role',
  ])
}

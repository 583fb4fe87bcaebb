// What it costs TypeScript to check queries through a generated client, and through supabase-js's own types.
// node test/bench/types.bench.mjs [--all]: with --all, 500 queries of supabase-js as well (most of a minute).
import { emitClient } from '@rolecast/templates/client'
import { emitDatabase } from '@rolecast/templates/supabase'
import { completions } from './lib/completions.mjs'
import { syntheticSurface } from './lib/surface.mjs'
import { check, compilers, project } from './lib/type-check.mjs'
import { ours, queryModule, supabase, supabaseDatabase } from './lib/type-queries.mjs'

const relations = 100
const all = process.argv.includes('--all')
const surface = syntheticSurface(relations)
const client = Object.fromEntries(
  emitClient(surface, { emit: 'js' }).map(({ path, content }) => [`client/${path}`, content]),
)
const ourImports =
  "import { createClient, type Row } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })"
const theirImports =
  "import { createClient } from '@supabase/supabase-js'\nimport type { Database } from './database.js'\n" +
  "const supabase = createClient<Database>('http://localhost', 'key')"

const ourDatabase = emitDatabase(surface)[0].content
const sides = [
  { name: 'rolecast', files: client, imports: ourImports, query: ours, counts: [50, 100, 500] },
  {
    name: 'supabase-js',
    files: { 'database.ts': supabaseDatabase(surface) },
    imports: theirImports,
    query: supabase,
    counts: all ? [50, 100, 500] : [50, 100],
  },
  {
    name: "supabase-js with rolecast's types",
    files: { 'database.ts': ourDatabase },
    imports: theirImports,
    query: supabase,
    counts: all ? [50, 100, 500] : [50, 100],
  },
]

const described = {
  flat: '4 columns',
  embeds: '3 columns, 2 embeds',
  renamed: '2 columns, one by another name',
  named: '2 columns, Row<>',
  said: '1 column, 2 embeds by other names',
  aliases: '2 columns and an embed by other names, Row<>',
}
const rows = []
for (const { name, files, imports, query, counts } of sides) {
  for (const kind of Object.keys(query)) {
    const measured = []
    for (const count of counts) {
      const { folder, remove } = project({
        ...files,
        'queries.ts': queryModule(imports, query[kind], count, relations),
      })
      const result = await check(folder, compilers['5.9'])
      remove()
      if (result.errors.length > 0) throw new Error(`${name}: ${result.errors[0]}`)
      measured.push(result)
    }
    const [first, second] = measured
    rows.push({
      client: name,
      query: described[kind],
      'each further': Math.round((second.instantiations - first.instantiations) / (counts[1] - counts[0])),
      ...Object.fromEntries(measured.map(({ instantiations }, at) => [`${counts[at]} queries`, instantiations])),
      'check s': measured.at(-1).seconds,
      types: measured.at(-1).types,
      MB: Math.round(measured.at(-1).memory),
    })
  }
}

// The same counts with every compiler, and what a relation costs that nobody uses.
const versions = {}
for (const [version, folder] of Object.entries(compilers)) {
  const counts = []
  for (const count of [50, 100]) {
    const made = project({ ...client, 'queries.ts': queryModule(ourImports, ours.embeds, count, relations) })
    counts.push((await check(made.folder, folder)).instantiations)
    made.remove()
  }
  versions[version] = (counts[1] - counts[0]) / 50
}
const unused = []
for (const size of [100, 1000]) {
  const files = Object.fromEntries(
    emitClient(syntheticSurface(size), { emit: 'js' }).map(({ path, content }) => [`client/${path}`, content]),
  )
  const made = project({ ...files, 'queries.ts': queryModule(ourImports, ours.embeds, 50, 100) })
  unused.push(await check(made.folder, compilers['5.9']))
  made.remove()
}
const unusedTypes = (unused[1].types - unused[0].types) / 900

const typing = project(client)
const asked = [
  "select('‸')",
  "select('id').embed({ ‸ })",
  "select('id').embed({ owner: ['‸'] })",
  "select('id').where({ ‸ })",
]
const [, ...answers] = completions(typing.folder, [
  ourImports,
  ...asked.map((text) => `${ourImports}\ndb.entity_0005.${text}`),
])
typing.remove()
const completion = Object.fromEntries(asked.map((text, at) => [text, Math.round(answers[at].milliseconds)]))

console.log(`${relations} relations of 10 columns; instantiations as tsc 5.9 counts them`)
console.table(rows)
console.log('each further query with 2 embeds, by compiler:', versions)
console.log(`types per unused relation: ${unusedTypes.toFixed(2)}; 1,000 relations: ${unused[1].seconds} s to check`)
console.log('milliseconds to complete at ‸:', completion)
console.log(JSON.stringify({ completion, rows, versions, unusedTypes }))

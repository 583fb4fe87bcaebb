import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** What the compiler says of a query: what is wrong with it, or what its row is. */
interface Compiled {
  readonly errors: readonly string[]
  /** what is wrong with a row, by the query's type; null where nothing is */
  wrongIn(row: unknown): string | null
}

/** Compiles queries in the folder of a client; each is one line. */
export function compile(folder: string, queries: readonly string[]): Compiled[] {
  const file = join(folder, 'queries.ts')
  const lines = queries.map(
    (query, index) => `const q${index} = ${query}; export declare const r${index}: Row<typeof q${index}>`,
  )
  const imports =
    "import { createClient, type Row } from './client/index.js'; const db = createClient({ url: 'http://test' })"
  writeFileSync(file, [imports, ...lines].join('\n'))
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const program = ts.createProgram([file], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!source || !module) throw new Error('The queries are no module')
  const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  const exported = checker.getExportsOfModule(module)
  return queries.map((_, index) => {
    const row = exported.find(({ name }) => name === `r${index}`)
    if (!row) throw new Error(`There is no type r${index}`)
    const type = checker.getTypeOfSymbolAtLocation(row, source)
    const mine = problems.filter(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line === index + 1)
    return {
      errors: mine.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
      wrongIn: (value) => wrong(checker, source, type, value, 'row'),
    }
  })
}

/** PostgreSQL prints what JSON has no number for as text. */
const numbersAsText = ['NaN', 'Infinity', '-Infinity']

function wrong(checker: ts.TypeChecker, at: ts.Node, type: ts.Type, value: unknown, path: string): string | null {
  const is = (flag: ts.TypeFlags) => (type.flags & flag) !== 0
  const unless = (holds: boolean) =>
    holds ? null : `${path} is ${checker.typeToString(type)}, and came as ${JSON.stringify(value)}`
  if (is(ts.TypeFlags.Unknown)) return null
  if (type.isUnion()) {
    const found = type.types.map((member) => wrong(checker, at, member, value, path))
    return found.includes(null) ? null : (found.find((text) => text?.startsWith(`${path}.`)) ?? unless(false))
  }
  if (is(ts.TypeFlags.Null)) return unless(value === null)
  if (is(ts.TypeFlags.StringLike)) return unless(typeof value === 'string')
  if (is(ts.TypeFlags.NumberLike)) return unless(typeof value === 'number' || numbersAsText.includes(value as string))
  if (is(ts.TypeFlags.BooleanLike)) return unless(typeof value === 'boolean')
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference)
    if (!Array.isArray(value) || !element) return unless(false)
    return first(value.map((member) => wrong(checker, at, element, member, `${path}[]`)))
  }
  if (
    !is(ts.TypeFlags.Object | ts.TypeFlags.Intersection) ||
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value)
  )
    return unless(false)
  const members = checker.getPropertiesOfType(type)
  const unsaid = Object.keys(value).filter((name) => !members.some((member) => member.name === name))
  if (unsaid.length > 0) return `${path} has ${unsaid}, and its type ${checker.typeToString(type)} does not`
  return first(
    members.map((member) => {
      if (Object.hasOwn(value, member.name)) {
        const inside = checker.getTypeOfSymbolAtLocation(member, at)
        return wrong(checker, at, inside, (value as Record<string, unknown>)[member.name], `${path}.${member.name}`)
      }
      return member.flags & ts.SymbolFlags.Optional ? null : `${path} has no ${member.name}`
    }),
  )
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((text) => text !== null) ?? null
}

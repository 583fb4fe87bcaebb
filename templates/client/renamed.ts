import { TypeNames } from '@rolecast/catalog'
import { TargetOptionsError } from '../target.js'
import { camelCase } from '../writing/camel-case.js'
import type { NameOptions, RenameOptions } from './options.js'

/** One thing to name: what it is called by itself, and its key in the configuration. */
export interface Nameable {
  readonly name: string
  readonly key: string
}

/**
 * Names for things that stand beside each other, in their order: those of the configuration exactly, the others their
 * own, in the case that the configuration says, with a number where that is taken or reserved.
 *
 * @throws TargetOptionsError where the configuration gives a name that something else has
 */
export function nameAll(
  things: readonly Nameable[],
  reserved: Iterable<string>,
  option: keyof RenameOptions,
  { rename = {}, names: convention }: NameOptions = {},
): readonly string[] {
  const names = new TypeNames(reserved)
  const given = things.map(({ key }) => renamed(rename[option], key))
  const keys = new Map<string, string>()
  for (const [index, name] of given.entries()) {
    const key = things[index]?.key ?? ''
    if (name === undefined) continue
    if (names.has(name)) throw taken(key, name, keys.get(name))
    keys.set(names.claim(name), key)
  }
  const others = things.filter((_, index) => given[index] === undefined).map(({ name }) => name)
  const cased = convention === 'camelCase' ? inCamelCase(others) : new Map<string, string>()
  return things.map(({ name: own, key }, index) => {
    const name = cased.get(own) ?? own
    const holder = keys.get(name)
    if (given[index] === undefined && holder !== undefined) throw taken(holder, name, key)
    return given[index] ?? names.claim(name)
  })

  function taken(key: string, name: string, holder: string | undefined): TargetOptionsError {
    const by = holder === undefined ? 'by something else there' : `by ${holder}`
    return new TargetOptionsError(`rename.${option}: ${key} cannot be called ${name}: that is taken ${by}.`)
  }
}

/** Two that would share a name keep their own. */
function inCamelCase(names: readonly string[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>()
  for (const name of new Set(names)) uses.set(camelCase(name), (uses.get(camelCase(name)) ?? 0) + 1)
  return new Map(names.filter((name) => uses.get(camelCase(name)) === 1).map((name) => [name, camelCase(name)]))
}

/** What the configuration calls something, if it says so: its own keys count only. */
function renamed(names: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return names !== undefined && Object.hasOwn(names, key) ? names[key] : undefined
}

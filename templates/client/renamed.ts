/** What the configuration calls something, if it says so: `names` is its object, whose own keys count only. */
export function renamed(names: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return names !== undefined && Object.hasOwn(names, key) ? names[key] : undefined
}

/** An object without a prototype: what it has may be called anything. */
export function mapNames<A, B>(
  named: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  const result = Object.create(null)
  for (const name in named) result[name] = change(named[name] as A, name)
  return result
}

// Asks for everything that a client offers to read: nothing of it may be refused.

/**
 * Reads every relation of every schema, with all the columns that the client offers.
 *
 * @returns how many relations were read
 * @throws what the API answered if it refused one
 */
export async function readEverything({ client, canIn }) {
  let asked = 0
  const [main, ...others] = Object.entries(canIn)
  const schemas = [[client, main[1]], ...others.map(([name, relations]) => [client.schema(name), relations])]
  for (const [schema, relations] of schemas) {
    for (const [relation, can] of Object.entries(relations)) {
      if (!can.select) continue
      await schema[relation].select().limit(2)
      asked++
    }
  }
  return asked
}

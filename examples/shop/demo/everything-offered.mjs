// Asks for everything that a client offers to read: nothing of it may be refused.

/**
 * Reads every relation of every schema with all its columns, and with each relationship embedded.
 *
 * @returns how many questions were asked; throws what the API answered if it refused one
 */
export async function readEverything({ client, canIn, embeds }) {
  let asked = 0
  for (const [schema, relations] of Object.entries(canIn)) {
    for (const [relation, can] of Object.entries(relations)) {
      if (!can.select) continue
      const rows = client.schema(schema)[relation].select().limit(2)
      await rows
      asked++
      for (const [relationship, columns] of Object.entries(embeds[`${schema}.${relation}`] ?? {})) {
        await rows.embed({ [relationship]: columns })
        asked++
      }
    }
  }
  return asked
}

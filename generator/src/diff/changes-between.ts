import { type Change, compareCatalogs } from '@rolecast/audit'
import { type Catalog, surfaceOf } from '@rolecast/catalog'
import { type Asker, openAsker } from '../ask/ask.js'
import type { OpenSide } from '../input/open-side.js'
import { type Witness, witness } from './witness.js'

/** A change, and for a widened cell a request that shows it. */
export interface WitnessedChange extends Change {
  readonly witness?: Witness
}

export interface Compared {
  readonly side: OpenSide
  readonly schemas: readonly string[]
  readonly role: string
}

/**
 * What a role may do after that it might not before. What is widened is tried on both sides, if both are databases.
 *
 * @throws UnreachableError
 */
export async function changesBetween(
  before: Compared,
  after: Compared,
  anonymous: string | null,
): Promise<readonly WitnessedChange[]> {
  const changes = compareCatalogs(sideOf(before), sideOf(after), anonymous)
  const isTried = changes.some(({ change }) => change === 'widened')
  if (!isTried) return changes
  const surface = surfaceOf(after.side.catalog, after.role, { schemas: presentIn(after) })
  await using was = await askerOf(before)
  await using is = await askerOf(after)
  const witnessed: WitnessedChange[] = []
  for (const change of changes) {
    const shown =
      change.change === 'widened' ? await witness(change, surface, was?.asker ?? null, is?.asker ?? null) : null
    witnessed.push(shown === null ? change : { ...change, witness: shown })
  }
  return witnessed
}

const sideOf = ({ side: { catalog }, schemas, role }: Compared) => ({ catalog, schemas, role })

const presentIn = ({ side, schemas }: Compared) => schemas.filter((name) => hasSchema(side.catalog, name))

const hasSchema = (catalog: Catalog, name: string) => catalog.schemas.some((schema) => schema.name === name)

async function askerOf(compared: Compared): Promise<({ asker: Asker } & AsyncDisposable) | null> {
  const { side, role } = compared
  const schemas = presentIn(compared)
  if (side.uri === null || schemas.length === 0) return null
  const asker = await openAsker({ uri: side.uri, schemas, role, claims: {} })
  return { asker, [Symbol.asyncDispose]: () => asker[Symbol.asyncDispose]() }
}

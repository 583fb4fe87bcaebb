import { compareSurfaces, type Mutant, type Relevance } from '@rolecast/audit'
import {
  introspectInTransaction,
  qualifiedName,
  quoteIdentifier,
  type Surface,
  signatureOfRoutine,
} from '@rolecast/catalog'
import { type Asked, asked, type Laboratory } from './laboratory.js'
import type { Pinned } from './pin.js'
import { type Subject, surfacesOf } from './subject.js'

/** How a mutant shows, although no test fails. */
export interface Difference {
  readonly role: string
  /** in a sentence */
  readonly what: string
}

interface Looked {
  /** what it is about */
  readonly object: string
  readonly what: string
  readonly asked: Asked
}

/**
 * Whether a changed database is still the same for those who use the API: equal surfaces, and the same rows for all of
 * them, of all that there are and not only of those that the tests made.
 */
export class Equality {
  private readonly known = new Map<string, string>()

  private constructor(
    private readonly laboratory: Laboratory,
    private readonly subject: Subject,
    private readonly surfaces: ReadonlyMap<string, string>,
    private readonly looks: readonly Looked[],
    private readonly outcomes: readonly string[],
    private readonly relevance: Relevance,
  ) {}

  /** The laboratory must hold the rows of the tests, and no mutant. */
  static async of(laboratory: Laboratory, subject: Subject, pinned: Pinned, relevance: Relevance): Promise<Equality> {
    const looks: readonly Looked[] = [
      ...pinned.callers.flatMap((caller) =>
        lookAtAll(subject.surfaces.get(caller.role)).map(({ object, what, sql }) => ({
          object,
          what,
          asked: { caller, setup: [], statements: [sql], expected: null },
        })),
      ),
      ...pinned.trials.map((trial) => ({
        object: trial.object,
        what: `${trial.titles[0]} (${trial.object})`,
        asked: asked(trial),
      })),
    ]
    const outcomes = await laboratory.ask(looks.map((look) => look.asked))
    return new Equality(laboratory, subject, printed(subject.surfaces), looks, outcomes, relevance)
  }

  /** Who holds which privileges on the mutant's object, without it; null: that is not all that matters. */
  async holders(mutant: Mutant): Promise<string | null> {
    if (mutant.holders === null) return null
    const known = this.known.get(mutant.holders) ?? (await this.holdersNow(mutant))
    this.known.set(mutant.holders, known)
    return known
  }

  async holdersNow({ holders }: Mutant): Promise<string> {
    const { rows } = await this.laboratory.client.query<{ holders: string }>(holders ?? 'SELECT NULL AS holders')
    return rows[0]?.holders ?? ''
  }

  /** Null: there is none. The laboratory must hold the mutant. */
  async difference(mutant: Mutant): Promise<Difference | null> {
    const roles = this.subject.roles.filter((role) => this.mayDiffer(mutant, role))
    return roles.length === 0 ? null : ((await this.ofSurfaces(roles)) ?? (await this.ofRows(mutant)))
  }

  private mayDiffer(mutant: Mutant, role: string): boolean {
    const { catalog, schemas } = this.subject
    return [
      ...catalog.relations.map((relation) => ({
        schema: relation.schema,
        object: qualifiedName(relation.schema, relation.name),
      })),
      ...catalog.routines.map((routine) => ({ schema: routine.schema, object: signatureOfRoutine(routine) })),
    ].some(({ schema, object }) => schemas.includes(schema) && this.relevance.isRelevant(mutant, { role, object }))
  }

  private async ofSurfaces(roles: readonly string[]): Promise<Difference | null> {
    const { schemas, surfaces } = this.subject
    const catalog = await introspectInTransaction(this.laboratory.client, { schemas, roles })
    for (const [role, surface] of surfacesOf(catalog, roles, schemas)) {
      if (JSON.stringify(surface) === this.surfaces.get(role)) continue
      const before = surfaces.get(role)
      const [change] = before === undefined ? [] : compareSurfaces(before, surface, null)
      const what =
        change === undefined
          ? 'what the client offers changes: verdicts, keys or relationships'
          : `${change.verb} ${change.object}${change.column === undefined ? '' : `.${change.column}`} is ${change.change}`
      return { role, what }
    }
    return null
  }

  private async ofRows(mutant: Mutant): Promise<Difference | null> {
    const looks = this.looks.flatMap((look, at) =>
      this.relevance.isRelevant(mutant, { role: look.asked.caller.role, object: look.object })
        ? [{ ...look, before: this.outcomes[at] }]
        : [],
    )
    const outcomes = await this.laboratory.ask(looks.map((look) => look.asked))
    const at = outcomes.findIndex((outcome, index) => outcome !== looks[index]?.before)
    const look = looks[at]
    return look === undefined
      ? null
      : { role: look.asked.caller.role, what: `${look.what}: ${look.before} before, ${outcomes[at]} now` }
  }
}

function printed(surfaces: ReadonlyMap<string, Surface>): ReadonlyMap<string, string> {
  return new Map([...surfaces].map(([role, surface]) => [role, JSON.stringify(surface)]))
}

/** All rows that a role reads, deletes and updates. */
function lookAtAll(
  surface: Surface | undefined,
): readonly { readonly object: string; readonly what: string; readonly sql: string }[] {
  return (surface?.relations ?? []).flatMap((relation) => {
    const name = qualifiedName(relation.schema, relation.name)
    const same = relation.updateAlone.find((column) => relation.select.includes(column))
    return [
      ...(relation.select.length > 0
        ? [
            {
              object: name,
              what: `rows of ${name}`,
              sql: `SELECT ${relation.select.map(quoteIdentifier).join(', ')} FROM ${name}`,
            },
          ]
        : []),
      ...(relation.delete
        ? [{ object: name, what: `rows that can be deleted from ${name}`, sql: `DELETE FROM ${name}` }]
        : []),
      ...(same === undefined
        ? []
        : [
            {
              object: name,
              what: `rows that can be updated in ${name}`,
              sql: `UPDATE ${name} SET ${quoteIdentifier(same)} = ${quoteIdentifier(same)}`,
            },
          ]),
    ]
  })
}

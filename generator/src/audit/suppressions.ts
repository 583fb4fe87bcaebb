import type { Lint, Suppression } from '@rolecast/audit'
import { closestName } from '@rolecast/catalog'
import { UsageError } from '../errors.js'
import type { Judged } from '../input/open-judged.js'

/**
 * What the project's configuration suppresses.
 *
 * @throws UsageError for one that names no lint, with its place
 */
export function suppressionsOf({ configuration }: Judged, lints: readonly Lint[]): readonly Suppression[] {
  const suppressions = configuration?.config.audit?.suppressions ?? []
  const ids = lints.map(({ id }) => id)
  suppressions.forEach(({ id }, index) => {
    if (ids.includes(id)) return
    const near = closestName(id, ids)
    const hint = near === undefined ? '' : ` Did you mean ${near}?`
    throw new UsageError(`${configuration?.file}: audit.suppressions[${index}].id: there is no finding ${id}.${hint}`)
  })
  return suppressions
}

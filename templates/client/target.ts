import type { Surface } from '@rolecast/catalog'
import { offered } from '../surface/offered.js'
import { countRelationships } from '../surface/view-relationships.js'
import { defineTarget, type TargetReport } from '../target.js'
import { nameProblems } from './check-names.js'
import { emitClient } from './emit-client.js'
import { inlineRuntime } from './inline-runtime.js'
import { type ClientOptions, clientOptions } from './options.js'
import { packageNameProblem } from './package-name.js'

/** The typed client: what a role may not do does not compile. */
export const clientTarget = defineTarget({
  name: 'client',
  options: clientOptions,

  problems({ catalog, surfaces }, options) {
    const roles = surfaces.map(({ role }) => role)
    const name = options.package && packageNameProblem(options.package.name, roles)
    const strangers = Object.keys(typeof options.comments === 'object' ? options.comments : {})
    return [
      ...(name ? [`package.name: ${name}`] : []),
      ...strangers
        .filter((role) => !roles.includes(role))
        .map((role) => `comments: ${role} is no role of this project`),
      ...nameProblems(catalog, surfaces, options),
    ]
  },

  emit(surface, options, { schemas }) {
    // A role that may not use the API's default schema has another one first on its surface.
    const files = emitClient(surface, { ...options, defaultSchema: schemas[0] })
    return options.runtime === 'inline' ? [...files, ...inlineRuntime()] : files
  },

  report,
})

/** What is in the client, and what its reader would miss without knowing why. */
function report(surface: Surface, options: ClientOptions): TargetReport {
  const inClient = offered(surface, options)
  const { relations, functions } = inClient
  const contents = `${count(relations.length, 'relation')}, ${count(functions.length, 'function')}`
  const names = new Set(relations.map(nameOf))
  const hidden = surface.relations.filter((relation) => !relation.isPartition && !names.has(nameOf(relation)))
  const all = countRelationships(offered(surface, { ...options, viewRelationships: 'all' }))
  const lost = all - countRelationships(inClient)
  const leftOut = [
    ...hidden.map(
      (relation) =>
        `without ${nameOf(relation)}: no policy lets ${surface.role} touch a row (client.zeroRows has it all the same)`,
    ),
    ...(lost === 0
      ? []
      : [
          `without ${lost} of ${count(all, 'relationship')}: those of views (client.viewRelationships: 'all' has them)`,
        ]),
  ]
  return { contents, leftOut }
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`
const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`

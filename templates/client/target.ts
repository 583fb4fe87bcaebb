import type { Surface } from '@rolecast/catalog'
import { defineTarget, type TargetReport } from '../target.js'
import { nameProblems } from './check-names.js'
import { emitClient } from './emit-client.js'
import { inlineRuntime } from './inline-runtime.js'
import { type ClientOptions, clientOptions } from './options.js'
import { packageNameProblem } from './package-name.js'
import { offered } from './verbs.js'

/** The typed client: what a role may not do does not compile. */
export const clientTarget = defineTarget({
  name: 'client',
  options: clientOptions,

  problems({ catalog, surfaces }, options) {
    const roles = surfaces.map(({ role }) => role)
    const name = options.package && packageNameProblem(options.package.name, roles)
    return name ? [`package.name: ${name}`] : nameProblems(catalog, surfaces, options)
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
  const { relations, functions } = offered(surface, options)
  const contents = `${count(relations.length, 'relation')}, ${count(functions.length, 'function')}`
  const names = new Set(relations.map(nameOf))
  const hidden = surface.relations.filter((relation) => !relation.isPartition && !names.has(nameOf(relation)))
  if (hidden.length === 0) return { contents }
  const without = hidden.map(nameOf).join(', ')
  return {
    contents,
    leftOut: [`without ${without}: no policy lets ${surface.role} touch a row (client.zeroRows has them all the same)`],
  }
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`
const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`

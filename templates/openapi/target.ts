import type { Surface } from '@rolecast/catalog'
import { defineTarget } from '../target.js'
import { declarationsOf } from './declarations.js'
import { type OpenApiDocument, openApiDocument } from './document.js'
import { printJson } from './json.js'
import { type OpenApiOptions, openApiOptions } from './options.js'

/** An OpenAPI 3.1 document of what a role may do, and its TypeScript. */
export const openApiTarget = defineTarget({
  name: 'openapi',
  options: openApiOptions,

  problems: ({ surfaces }, { anonymous }) =>
    anonymous === undefined || surfaces.some(({ role }) => role === anonymous)
      ? []
      : [`anonymous: ${anonymous} is no role of this project`],

  async emit(surface, options, { schemas }) {
    const { document } = documentOf(surface, options, schemas[0])
    const file = { path: 'openapi.json', content: printJson(document) }
    if (options.declarations === false) return [file]
    return [file, { path: 'openapi.d.ts', content: await declarationsOf(document, surface.role) }]
  },

  report,
})

function report(surface: Surface, options: OpenApiOptions) {
  const { relations, functions, left } = documentOf(surface, options)
  return {
    contents: `${count(relations, 'relation')}, ${count(functions, 'function')}`,
    leftOut: left.map((name) => `without ${name} in openapi.json: another schema has the path`),
  }
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`

const known = new WeakMap<Surface, { readonly options: OpenApiOptions; readonly made: OpenApiDocument }>()

/** The files and the report are of one run. */
function documentOf(surface: Surface, options: OpenApiOptions, defaultSchema?: string): OpenApiDocument {
  const found = known.get(surface)
  if (found?.options === options) return found.made
  const made = openApiDocument(surface, options, defaultSchema)
  known.set(surface, { options, made })
  return made
}

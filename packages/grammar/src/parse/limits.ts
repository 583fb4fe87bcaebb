import { GrammarError } from './grammar-error.js'

/** How much one request may ask for. PostgreSQL plans deeply nested and very wide statements slowly, if at all. */
export interface Limits {
  /** characters of the query string */
  readonly queryLength: number
  /** nesting of `and`, `or` and `not` */
  readonly filterDepth: number
  /** conditions in one request, each member of a tree counted */
  readonly conditions: number
  /** nesting of embedded relations */
  readonly embedDepth: number
  /** embedded relations in one request */
  readonly embeds: number
  /** steps of one JSON path */
  readonly pathSteps: number
}

export const defaultLimits: Limits = {
  queryLength: 65_536,
  filterDepth: 100,
  conditions: 5_000,
  embedDepth: 20,
  embeds: 100,
  pathSteps: 200,
}

const descriptions: Readonly<Record<keyof Limits, string>> = {
  queryLength: 'characters in the query string',
  filterDepth: 'levels of logical conditions',
  conditions: 'conditions in one request',
  embedDepth: 'levels of embedded resources',
  embeds: 'embedded resources in one request',
  pathSteps: 'steps in one JSON path',
}

/** @throws GrammarError PGRST100, naming the limit */
export function exceeded(limit: keyof Limits, limits: Limits): never {
  throw new GrammarError(
    'PGRST100',
    'The request is too complex',
    `There are more than ${limits[limit]} ${descriptions[limit]}.`,
    'Ask for less in one request, or raise the limit in the configuration of the server.',
  )
}

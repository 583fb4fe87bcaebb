import { imported, type Source } from '../writing/source.js'

/** Types that a generated file may import from the runtime, in the order in which it does. */
export const runtimeTypes = [
  'AllDeletable',
  'AllUpdatable',
  'ArrayFilter',
  'BlindDeletable',
  'BlindInsertable',
  'BlindUpdatable',
  'BooleanFilter',
  'Call',
  'Column',
  'Connection',
  'ConnectOptions',
  'Deletable',
  'EqualityFilter',
  'Filter',
  'Ignorable',
  'IgnorableByKey',
  'Insertable',
  'JsonFilter',
  'Logic',
  'Many',
  'Maybe',
  'MaybeRowCall',
  'Mergeable',
  'MergeableByKey',
  'MultirangeFilter',
  'MultirangeText',
  'Named',
  'NamedOnce',
  'NullFilter',
  'One',
  'PartsFilter',
  'Picked',
  'Presence',
  'RangeFilter',
  'RangeText',
  'RowCall',
  'Rows',
  'RowsCall',
  'SchemaMeta',
  'SearchFilter',
  'Selectable',
  'TextFilter',
  'TextPartsFilter',
  'Updatable',
] as const

export type RuntimeType = (typeof runtimeTypes)[number]

/** A type of the runtime, where it is written into a generated file. */
export function runtimeType(name: RuntimeType): Source {
  return imported(name)
}

/** Names that no declaration of a generated file may have: imports, its own fixed ones, and the language's. */
export const reservedTypeNames: readonly string[] = [
  ...runtimeTypes,
  ...['Db', 'Rpc', 'Schemas', 'Can'],
  'WritableRelation', // imported as a value
  // those that the file needs itself, and those that types of the configuration may
  ...[
    'Array',
    'Date',
    'Exclude',
    'Extract',
    'Map',
    'NonNullable',
    'Object',
    'Omit',
    'Partial',
    'Pick',
    'Promise',
    'PromiseLike',
    'Readonly',
    'ReadonlyArray',
    'Record',
    'Required',
    'Set',
    'String',
    'Number',
    'Function',
    'Uint8Array',
  ],
]

/** Rows of the statements, as `pg` gives them. */
export interface RoleRow {
  oid: number
  name: string
  canLogin: boolean
  superuser: boolean
  inherit: boolean
  bypassRowSecurity: boolean
  createRole: boolean
  createDatabase: boolean
  replication: boolean
  comment: string | null
}
export interface MembershipRow {
  member: number
  role: number
  admin: boolean
  inherit: boolean | null
  set: boolean
}
export interface SchemaRow {
  oid: number
  name: string
  owner: number
  acl: string[] | null
  comment: string | null
  extension: string | null
  isUser: boolean
}
export interface RelationRow {
  oid: number
  namespace: number
  name: string
  kind: 'r' | 'p' | 'v' | 'm' | 'f'
  owner: number
  acl: string[] | null
  options: string[] | null
  rowSecurity: boolean
  forceRowSecurity: boolean
  isPartition: boolean
  hasBounds: boolean
  strategy: 'l' | 'r' | 'h' | null
  keyColumns: number[] | null
  bound: 'default' | 'null' | 'other' | null
  comment: string | null
  extension: string | null
  updatable: number
  definition: string | null
  parents: number[]
  partitionTree: string | null
}
export interface ColumnRow {
  relation: number
  number: number
  name: string
  type: number
  formatted: string | null
  notNull: boolean
  /** of the rows from before it, too */
  notNullHolds: boolean
  default: string | null
  tree: string | null
  generated: '' | 's' | 'v'
  identity: '' | 'a' | 'd'
  acl: string[] | null
  updatable: boolean
  comment: string | null
}
export type ForeignKeyLetter = 'a' | 'r' | 'c' | 'n' | 'd'
export interface ConstraintRow {
  name: string
  kind: 'p' | 'u' | 'f' | 'c' | 'x'
  relation: number
  type: number
  columns: number[] | null
  referencedRelation: number
  referencedColumns: number[] | null
  onUpdate: ForeignKeyLetter | ' '
  onDelete: ForeignKeyLetter | ' '
  isEnforced: boolean
  isDeferred: boolean
  isCopy: boolean
  holds: boolean
  isExact: boolean
  expression: string | null
  tree: string | null
  inherited: boolean
  comment: string | null
}
export interface IndexRow {
  relation: number
  name: string
  unique: boolean
  primary: boolean
  valid: boolean
  immediate: boolean
  isExclusion: boolean
  columns: number[]
  /** operator families, by column */
  families: number[]
  /** every column by the usual operators of its type, and its own collation */
  isDefault: boolean
  predicate: string | null
  predicateTree: string | null
  expressionsTree: string | null
}
export interface TriggerRow {
  relation: number
  name: string
  type: number
  function: number
  enabled: 'O' | 'D' | 'R' | 'A'
  columns: number[]
  condition: string | null
}
export interface RuleRow {
  relation: number
  name: string
  event: '1' | '2' | '3' | '4'
  instead: boolean
  condition: string | null
  action: string
}
export interface PolicyRow {
  relation: number
  name: string
  permissive: boolean
  command: '*' | 'r' | 'a' | 'w' | 'd'
  roles: number[]
  using: string | null
  usingTree: string | null
  check: string | null
  checkTree: string | null
  comment: string | null
}
export interface TypeNameRow {
  oid: number
  namespace: number
  name: string
  formatted: string
  element: number
  relation: number
}
export interface TypeRow {
  oid: number
  namespace: number
  name: string
  kind: 'b' | 'c' | 'd' | 'e' | 'p' | 'r' | 'm'
  owner: number
  acl: string[] | null
  category: string
  base: number
  baseFormatted: string
  notNull: boolean
  default: string | null
  tree: string | null
  relation: number
  subtype: number | null
  labels: string[] | null
  comment: string | null
  extension: string | null
  isUser: boolean
}
export interface AttributeRow {
  relation: number
  name: string
  type: number
  formatted: string | null
  comment: string | null
}
export interface CastRow {
  source: number
  target: number
  function: number
  context: 'e' | 'a' | 'i'
}
export interface RoutineRow {
  oid: number
  namespace: number
  name: string
  kind: 'f' | 'p' | 'a' | 'w'
  owner: number
  acl: string[] | null
  comment: string | null
  extension: string | null
  language: string
  volatility: 'i' | 's' | 'v'
  strict: boolean
  securityDefiner: boolean
  leakproof: boolean
  settings: string[] | null
  inputs: number[]
  allTypes: number[] | null
  modes: ('i' | 'o' | 'b' | 'v' | 't')[] | null
  names: string[] | null
  defaults: number
  defaultsTree: string | null
  returns: number
  returnsSet: boolean
  identityArguments: string
  rows: number
  isBuiltIn: boolean
  /** of short Boolean functions without arguments */
  body: string | null
  bodyHash: string
  /** BEGIN ATOMIC, or RETURN */
  bodyTree: string | null
}
export interface SequenceRow {
  oid: number
  namespace: number
  name: string
  owner: number
  acl: string[] | null
}
export interface ExtensionRow {
  name: string
  namespace: number
  version: string
}
export interface RoleSettingRow {
  role: number
  thisDatabase: boolean
  settings: string[]
}
export interface DefaultAclRow {
  role: number
  namespace: number
  kind: 'r' | 'S' | 'f' | 'T' | 'n' | 'L'
  acl: string[]
}
export interface SettingsRow {
  serverVersion: number
  currentUser: string
  currentUserId: number
  comment: string | null
}

export type * from './catalog.js'
export { closestName } from './closest-name.js'
export {
  CatalogError,
  MissingPrivilegesError,
  UnknownNameError,
  UnreachableRoleError,
  UnsupportedVersionError,
} from './errors.js'
export { type CatalogIndex, indexCatalog, signatureOfRoutine } from './index-catalog.js'
export { type IntrospectOptions, introspect } from './introspect/introspect.js'
export { compareNames, qualifiedName, quoteIdentifier, splitQualifiedName } from './names.js'
export {
  type FunctionInspection,
  type Inspection,
  inspectionOf,
  type RelationInspection,
} from './privileges/inspection.js'
export { UnknownQuestionError } from './privileges/question.js'
export { type SurfaceOptions, surfaceOf } from './privileges/surface-of.js'
export { type Explanation, whyOf } from './privileges/why.js'
export type * from './relationship.js'
export { relationshipsOf } from './relationships/relationships.js'
export { parseCatalog, printCatalog, StoredCatalogError } from './stored-catalog.js'
export type * from './surface.js'

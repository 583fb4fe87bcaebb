export { type Statement, StatementAccess } from './access/statement.js'
export type { CheckExpression } from './checks/check-expression.js'
export { closestName } from './closest-name.js'
export {
  CatalogError,
  MissingPrivilegesError,
  UnknownNameError,
  UnreachableRoleError,
  UnsupportedVersionError,
} from './errors.js'
export { type AbsentRelation, absentRelations } from './explain/absent-relations.js'
export {
  type FunctionInspection,
  type Inspection,
  inspectionOf,
  type RelationInspection,
} from './explain/inspection.js'
export { functionsByPublic } from './explain/public-functions.js'
export { UnknownQuestionError } from './explain/question.js'
export { type Explanation, whyOf } from './explain/why.js'
export type { RoleFacts } from './facts/claims.js'
export { type CatalogWithFacts, type ShutPolicy, withFacts } from './facts/with-facts.js'
export { introspect, introspectInTransaction } from './introspect/introspect.js'
export type { IntrospectOptions } from './introspect/introspect-options.js'
export type * from './model/catalog.js'
export { type CatalogIndex, indexCatalog, signatureOfRoutine } from './model/index-catalog.js'
export type * from './model/relationship.js'
export type * from './model/security.js'
export { parseCatalog, printCatalog, StoredCatalogError } from './model/stored-catalog.js'
export type * from './model/term.js'
export { type DocumentSchemas, type OpenApiDocument, type OpenApiOptions, openApiDocument } from './openapi/document.js'
export { type Json, printJson, visible } from './openapi/json.js'
export { compareNames, qualifiedName, quoteIdentifier, splitQualifiedName } from './postgres/names.js'
export { hasFeature, settingPrivilege } from './postgres/version.js'
export { isPublishedSecret } from './published-secrets.js'
export { type EmbedTarget, isMeantBy } from './relationships/embed-target.js'
export { primaryKeyOf } from './relationships/primary-key.js'
export { relationshipsOf } from './relationships/relationships.js'
export type * from './surface/surface.js'
export { surfaceOf } from './surface/surface-of.js'
export type { SurfaceOptions } from './surface/surface-options.js'
export { pascalCase, TypeNames } from './surface/type-names.js'
export { withoutZeroRows } from './surface/without-zero-rows.js'

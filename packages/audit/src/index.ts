export { type Baseline, BaselineError, beyondBaseline, parseBaseline, printBaseline } from './accept/baseline.js'
export { narrowingMigration } from './accept/migration.js'
export { patternOf, type Suppression, suppress } from './accept/suppression.js'
export { audit, findingsIn } from './audit.js'
export { checklist } from './checklist/checklist.js'
export type { ChecklistPoint, PointState } from './checklist/point.js'
export { type Cell, type Change, type Grade, grades, isGradeAtLeast, keyOfCell, type Verb } from './compare/change.js'
export { compareCatalogs, type Side } from './compare/compare-catalogs.js'
export { compareSurfaces } from './compare/compare-surfaces.js'
export { AuditContext, type AuditOptions } from './context.js'
export { type Finding, isAtLeast, keyOfFinding, type Severity, type Summary, severities, summaryOf } from './finding.js'
export { keyOfUsage, type UsageCell } from './least-privilege/cells.js'
export { leastPrivilege, type RoleUsage, type UnusedCell } from './least-privilege/least-privilege.js'
export type { AppUse, Columns, EmbedUse, ObjectName, Use } from './least-privilege/usage.js'
export type { Lint } from './lint.js'
export { loadLints } from './load-lints.js'
export type { Mutant, MutantContext, MutantKind } from './mutants/mutant.js'
export { mutantsOf, spread } from './mutants/mutants-of.js'
export { Relevance } from './mutants/relevance.js'
export { callersFor } from './promises/callers.js'
export { type CatalogQuestion, catalogFacts, catalogQuestions, catalogTests } from './promises/catalog-tests.js'
export { type ColumnQuestion, columnQuestions, columnTests } from './promises/column-tests.js'
export { type FunctionTrial, functionTrials } from './promises/function-trials.js'
export { outcomeFunction } from './promises/outcome-sql.js'
export {
  type Caller,
  type Expected,
  isMet,
  type Outcome,
  type PermissionTest,
  referred,
  type Step,
  type TestRequest,
  type Trial,
} from './promises/permission-test.js'
export { canBecome, seedSql } from './promises/requests.js'
export { rowTrials } from './promises/row-trials.js'
export { type Situation, situationsFor } from './promises/situations.js'
export { sqlText } from './promises/sql-text.js'
export { type FormatName, formatNames, loadFormat } from './report/formats.js'
export { markdownCode } from './report/markdown-quotes.js'
export type { Report, ReportFormat } from './report/report.js'
export type { RowDraft, SeedRow } from './rows/row.js'
export { candidatesFor } from './rows/values.js'
export { World } from './rows/world.js'
export type { ServerFacts, TokenKey } from './server-facts.js'
export { userClaims } from './user-claims.js'

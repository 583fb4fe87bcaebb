export {
  defineTarget,
  type EmittedFile,
  type Project,
  type ReadProject,
  type Target,
  type TargetDefinition,
  TargetOptionsError,
  type TargetReport,
} from './target.js'
export { type BuiltInTargetName, builtInTargets, type TargetOptions } from './targets.js'

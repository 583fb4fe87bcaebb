export { arrayLiteral, printIdentifier, printMember, printName, quote } from './print/escape.js'
export { printPreferences } from './print/preferences.js'
export { canBeArgument, type PrintedRequest, printQuery } from './print/request.js'
export type * from './query.js'

export type * from './catalog.js'
export type * from './relationship.js'
export type * from './surface.js'

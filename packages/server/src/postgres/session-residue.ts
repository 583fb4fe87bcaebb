/**
 * What may have been left to the session by what ran: nothing; settings, locks, temporary tables and the like; prepared
 * statements, too.
 */
export type Traces = 'none' | 'session' | 'statements'

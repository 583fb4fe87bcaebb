/** A statement's parameter as it is sent: text, or bytes in PostgreSQL's binary format. */
export type BoundValue = string | Buffer

/** Codes of the messages that mean something to a connection; others are notices, or say what is known. */
export const messageTypes = {
  commandComplete: 0x43,
  dataRow: 0x44,
  emptyQueryResponse: 0x49,
  errorResponse: 0x45,
  parseComplete: 0x31,
  readyForQuery: 0x5a,
} as const

/** Options of the client that cannot be followed with this surface. The message says which key, and why. */
export class ClientOptionsError extends Error {
  override readonly name = 'ClientOptionsError'
}

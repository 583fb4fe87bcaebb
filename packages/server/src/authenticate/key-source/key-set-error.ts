/** The JWK set of jwt-secret's URL could not be fetched, or has no usable key. The message says why. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError'
}

/** SQLSTATEs: internal_error ("cache lookup failed"), and those of relations, types, functions, schemas that are not there. */
const gone = /^(XX000|42P01|42704|42883|3F000)$/

/**
 * Some of PostgreSQL's functions look at the newest state whatever the snapshot is, and fail for what somebody drops at
 * this moment. The next reading sees it gone.
 * @throws what the eleventh reading throws, or one that failed for another reason
 */
export async function whileOthersChangeIt<T>(read: () => Promise<T>): Promise<T> {
  for (let left = 10; ; left--) {
    try {
      return await read()
    } catch (error) {
      if (left === 0 || !(error instanceof Error && 'code' in error && gone.test(String(error.code)))) throw error
    }
  }
}

/**
 * Waits for a promise, but not longer than `ms`.
 * @throws what `late` makes, when the time is over
 */
export async function within<T>(ms: number | false, promise: Promise<T>, late: () => Error): Promise<T> {
  if (ms === false) return promise
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms)
  })
  return Promise.race([promise, end]).finally(() => clearTimeout(timer))
}

import type { IncomingMessage } from 'node:http'
import { bodyArrivesTooSlowly, bodyTooLong, noRoomForBody, type Refusal } from './refusals.js'

export interface BodyLimits {
  /** bytes of one body */
  readonly maximumBody: number
  /** bytes of all bodies under way; those of anonymous requests may take half of it */
  readonly maximumBodies: number
  /** bytes a second that each body must bring; 0: no bound */
  readonly minimumRate: number
}

/** A body that is there as a whole. Its bytes count until they are given back. */
export interface ReceivedBody {
  readonly bytes: Uint8Array
  release(): void
}

/** The body will not be read to its end. */
export class BodyRefusedError extends Error {
  override readonly name = 'BodyRefusedError'

  constructor(readonly refusal: Refusal) {
    super(refusal.message)
  }
}

/** The connection ended before the body did. */
export class ClientLeftError extends Error {
  override readonly name = 'ClientLeftError'
}

interface Arriving {
  /** bytes that have come since the last look; null until a first whole period has begun */
  sinceLook: number | null
  refuse(refusal: Refusal): void
}

const smallestBuffer = 65_536

/** The bodies of requests under way: the sum of their memory has a bound, and each has to keep arriving. */
export class Bodies {
  private held = 0
  private readonly arriving = new Set<Arriving>()
  private readonly timer: NodeJS.Timeout

  /** @param periodMilliseconds over which the rate of a body is measured */
  constructor(
    private readonly limits: () => BodyLimits,
    private readonly periodMilliseconds: number,
  ) {
    this.timer = setInterval(() => this.look(), periodMilliseconds)
    this.timer.unref()
  }

  /** bytes of memory that bodies take now */
  get heldBytes(): number {
    return this.held
  }

  close(): void {
    clearInterval(this.timer)
  }

  /**
   * Reads a body to its end.
   * @param isKnown whether the request has a token that was verified
   * @throws BodyRefusedError, ClientLeftError
   */
  read(message: IncomingMessage, isKnown: boolean): Promise<ReceivedBody> {
    const { maximumBody } = this.limits()
    const declared = Number(message.headers['content-length'] ?? 0)
    if (declared > maximumBody) return Promise.reject(new BodyRefusedError(bodyTooLong(maximumBody)))
    const largest = declared > 0 ? declared : maximumBody
    return new Promise((resolve, reject) => {
      let buffer: Buffer = Buffer.alloc(0)
      let length = 0
      let isOver = false
      const release = () => {
        this.held -= buffer.length
        buffer = Buffer.alloc(0)
      }
      const end = () => {
        isOver = true
        this.arriving.delete(arriving)
      }
      const fail = (error: Error) => {
        if (isOver) return
        end()
        release()
        reject(error)
      }
      const arriving: Arriving = { sinceLook: null, refuse: (refusal) => fail(new BodyRefusedError(refusal)) }
      this.arriving.add(arriving)
      message.on('data', (chunk: Buffer) => {
        if (isOver) return
        const needed = length + chunk.length
        if (needed > maximumBody) return arriving.refuse(bodyTooLong(maximumBody))
        // Many small chunks would take far more memory than their bytes, so they are joined in one buffer.
        const capacity = length === 0 ? needed : Math.min(largest, Math.max(smallestBuffer, 2 * needed))
        if (needed > buffer.length && !this.take(capacity - buffer.length, isKnown)) {
          return arriving.refuse(noRoomForBody())
        }
        if (arriving.sinceLook !== null) arriving.sinceLook += chunk.length
        if (length === 0) buffer = chunk
        else {
          if (needed > buffer.length) buffer = Buffer.concat([buffer.subarray(0, length)], capacity)
          chunk.copy(buffer, length)
        }
        length = needed
      })
      message.on('end', () => {
        if (isOver) return
        end()
        resolve({ bytes: buffer.subarray(0, length), release })
      })
      message.on('error', () => fail(new ClientLeftError()))
      message.on('close', () => fail(new ClientLeftError()))
    })
  }

  /** One body alone is always taken, whatever its size may be. */
  private take(bytes: number, isKnown: boolean): boolean {
    const { maximumBody, maximumBodies } = this.limits()
    const room = Math.max(maximumBody, isKnown ? maximumBodies : maximumBodies / 2)
    if (this.held + bytes > room) return false
    this.held += bytes
    return true
  }

  private look(): void {
    const least = (this.limits().minimumRate * this.periodMilliseconds) / 1000
    for (const body of this.arriving) {
      if (body.sinceLook !== null && body.sinceLook < least) body.refuse(bodyArrivesTooSlowly())
      else body.sinceLook = 0
    }
  }
}

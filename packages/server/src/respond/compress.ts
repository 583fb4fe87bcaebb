import { pipeline, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { type HttpRequest, type HttpResponse, streamOf } from '../http-message.js'

type Coding = 'zstd' | 'br' | 'gzip'

/** Node has zstd from 22.15 on; these types are those of an older one. */
interface ZlibWithZstd {
  readonly createZstdCompress?: (options: { flush: number | undefined }) => Transform
  readonly constants: object & { readonly ZSTD_e_flush?: number; readonly ZSTD_e_continue?: number }
}
const { createZstdCompress, constants: zstd } = zlib as ZlibWithZstd

/** In the order in which we would choose: what costs least for what it saves, first. */
const codings: readonly Coding[] = createZstdCompress === undefined ? ['br', 'gzip'] : ['zstd', 'br', 'gzip']

/** What gets shorter: text of any kind. */
const textual = /^(?:text\/|application\/(?:[\w.+-]*[+.])?(?:json|xml|x-ndjson|javascript)\b)/i

/**
 * The response in the best coding that the client takes (RFC 9110, section 12.5.3), where it is worth it.
 * @param least bytes of a body that is compressed; null: none is. A body whose length is not known is
 */
export function compressed(request: HttpRequest, response: HttpResponse, least: number | null): HttpResponse {
  if (least === null) return response
  const varied: HttpResponse = { ...response, headers: [...response.headers, ['Vary', 'Accept-Encoding']] }
  const { body, headers } = response
  const length = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length
  if (body === null || (length !== null && length < least) || !mayChange(headers)) return varied
  const coding = bestCoding(request.headers['accept-encoding'])
  if (coding === null || request.method === 'HEAD') return varied
  const compressor = compressorOf(coding, length === null)
  const stream = streamOf(body)
  if (stream === null) compressor.end(body)
  else pipeline(stream, compressor, () => {}) // an error of either destroys both, and is seen by who reads
  return {
    ...varied,
    headers: [...varied.headers, ['Content-Encoding', coding]],
    body: { stream: compressor, length: null },
  }
}

function mayChange(headers: HttpResponse['headers']): boolean {
  const fieldOf = (name: string) => headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? ''
  return (
    textual.test(fieldOf('content-type')) &&
    fieldOf('content-encoding') === '' &&
    !/\bno-transform\b/i.test(fieldOf('cache-control'))
  )
}

/** Null where the body goes as it is. */
export function bestCoding(accepted: string | undefined): Coding | null {
  if (accepted === undefined) return null
  const weights = new Map<string, number>()
  for (const part of accepted.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2) ?? '1'
    weights.set(
      name === 'x-gzip' ? 'gzip' : name,
      /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0,
    )
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  const best = codings.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best))
  const asItIs = weights.get('identity') ?? 0
  return weightOf(best) > 0 && weightOf(best) >= asItIs ? best : null
}

/** @param flushes whether what has come must not wait for more: rows that go out as they come */
function compressorOf(coding: Coding, flushes: boolean): Transform {
  const { constants } = zlib
  if (coding === 'gzip') {
    return zlib.createGzip({ level: 4, flush: flushes ? constants.Z_SYNC_FLUSH : constants.Z_NO_FLUSH })
  }
  if (coding === 'br' || createZstdCompress === undefined) {
    return zlib.createBrotliCompress({
      flush: flushes ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_PROCESS,
      params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
    })
  }
  return createZstdCompress({ flush: flushes ? zstd.ZSTD_e_flush : zstd.ZSTD_e_continue })
}

import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'
export type Bytes = Uint8Array<ArrayBuffer>

/** Shorter answers are sent as they are: compressing them saves nothing. In bytes. */
export const SHORT = 1_400

/** The smallest encoding that an `Accept-Encoding` header accepts (RFC 9110, 12.5.3). */
export function encodingOf(header: string): Encoding {
  const offers = header.split(',').filter((offer) => !/;\s*q=0(\.0*)?\s*$/.test(offer))
  const names = new Set(offers.map((offer) => offer.split(';')[0]?.trim()))
  return names.has('br') ? 'br' : names.has('gzip') ? 'gzip' : 'identity'
}

export const encodingFor = (request: Request): Encoding => encodingOf(request.headers.get('accept-encoding') ?? '')

/** For what is sent once: a third of brotli's effort, which costs about 0.3 ms for 10 KB. */
export const QUICK = 4
/** For what is compressed once and sent many times. */
export const THOROUGH = 11

/** Compresses a body. @param effort brotli's quality, 0 to 11 */
export async function compress(body: Bytes, encoding: Encoding, effort: number): Promise<Bytes> {
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return new Uint8Array(await promisify(gzip)(body))
  return new Uint8Array(await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: effort } }))
}

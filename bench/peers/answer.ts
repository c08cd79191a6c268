import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens where the system chooses, and says where. */
export function listen(answer: RequestListener): void {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1', () => sayAddress((server.address() as AddressInfo).port))
}

export const sayAddress = (port: number): void => console.log(`http://127.0.0.1:${port}/graphql`)

/** The body of a request, whole. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

/** The headers that this API sends with the same answer, so that all write as many. */
export const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-language': 'fr',
  vary: 'Accept-Language, Accept, Accept-Encoding, Origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

import type { IncomingMessage } from 'node:http'
import { type Ask, TOO_LONG } from './exchange.ts'

/**
 * Reads what a POST brings, before anything else is done: then what follows is plain values, and an answer from memory needs no promise.
 * Other methods bring nothing here. What is longer than `longest` bytes is not kept; it is let pass, so that who sends it hears why it was
 * refused. Nothing is called if the client goes away first; how slow it may be, the server's own timeouts say.
 */
export function readBody(request: IncomingMessage, longest: number, done: (body: Ask['body']) => void): void {
  // Node.js itself lets pass what nobody has begun to read.
  const told = request.method !== 'POST' ? null : Number(request.headers['content-length'] ?? 0) > longest ? TOO_LONG : undefined
  if (told !== undefined) {
    done(told)
    return
  }
  let chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    const before = length
    length += chunk.length
    if (length <= longest) chunks.push(chunk)
    else if (before <= longest) {
      chunks = []
      done(TOO_LONG)
    }
  })
  request.on('end', () => {
    if (length > longest) return
    // Nearly always one piece.
    const [first] = chunks
    done(first && chunks.length === 1 ? (first as Uint8Array as Uint8Array<ArrayBuffer>) : new Uint8Array(Buffer.concat(chunks)))
  })
}

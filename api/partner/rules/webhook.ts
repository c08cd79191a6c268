import { timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** How old, or how far ahead, a message may be, in milliseconds: what Standard Webhooks propose. */
export const TOLERANCE_MS = 5 * 60_000

/** The headers of a message (Standard Webhooks). */
export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** Signs a message with every secret that is good at the moment: a receiver that knows one of them is content. */
export function signed(secrets: readonly string[], { id, at, body }: { id: string; at: Date; body: string }): SignedHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}

/**
 * Whether a message was signed with one of the secrets a short while ago. The library's own `verify` reads the system's clock, so only its
 * signatures are used here; they are compared in constant time.
 */
export function isSigned(
  secrets: readonly string[],
  { id, timestamp, signature, body }: { id: string; timestamp: string; signature: string; body: string },
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const at = new Date(Number(timestamp) * 1_000)
  if (Math.abs(now.getTime() - at.getTime()) > TOLERANCE_MS) return false
  const given = signature.split(' ').slice(0, MOST_SIGNATURES)
  return secrets.some((secret) => {
    const expected = new Webhook(secret).sign(id, at, body)
    return given.filter((one) => isSame(one, expected)).length > 0
  })
}

/** As many as anybody needs while secrets change. */
const MOST_SIGNATURES = 8

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

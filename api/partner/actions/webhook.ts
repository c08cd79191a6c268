import type { lookup } from 'node:dns'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Outcome } from '../../jobs/outbox.ts'
import { post } from '../../notice/actions/post.ts'
import { type Keys, unseal } from '../../sealing/seal.ts'
import { signed } from '../rules/webhook.ts'

/** What messages to partners' systems are sent with. */
export type WebhookParts = {
  db: PrismaClient
  keys: Keys
  /** Systems of partners may be on this machine, too: for development. */
  loopback: boolean
  /** Looks names up; the system does unless given. */
  find?: typeof lookup
}

/** A message to a partner's system. `id` is the same at every attempt. */
export type Message = { id: string; type: string; data: object; at: Date }

/** Sends a message to an endpoint, signed with every secret it has. @throws when `signal` ended it, and only then */
export async function sendMessage(
  parts: WebhookParts,
  endpoint: { id: string; url: string },
  message: Message,
  signal: AbortSignal,
): Promise<Outcome> {
  const secrets = await secretsOf(parts, endpoint.id, message.at)
  // A key that is missing may be put back.
  if (secrets.length === 0) return { state: 'PENDING', code: 'unreadable' }
  return sendSigned(parts, endpoint.url, secrets, message, signal)
}

/** The same, signed with secrets that are given. @throws when `signal` ended it, and only then */
export function sendSigned(
  { loopback, find }: Pick<WebhookParts, 'loopback' | 'find'>,
  url: string,
  secrets: readonly string[],
  { id, type, data, at }: Message,
  signal: AbortSignal,
): Promise<Outcome> {
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Passerelle',
    ...signed(secrets, { id: `msg_${id}`, at, body }),
  }
  return post(new URL(url), { headers, body, loopback, at, find }, signal)
}

/** The secrets of an endpoint that are good at a moment, the present one first; those that cannot be opened are left out. */
export async function secretsOf({ db, keys }: Pick<WebhookParts, 'db' | 'keys'>, endpointId: string, now: Date): Promise<string[]> {
  const where = { endpointId, OR: [{ endsAt: null }, { endsAt: { gt: now } }] }
  const rows = await db.endpointSecret.findMany({ where, orderBy: { endsAt: { sort: 'desc', nulls: 'first' } } })
  return rows.flatMap(({ id, keySealed }) => {
    try {
      return [unseal(keys, keySealed, { table: 'endpoint_secret', column: 'key', row: id })]
    } catch {
      return []
    }
  })
}

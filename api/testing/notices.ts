import type { RequestListener, ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import type { PrismaClient } from '../db/generated/client.ts'
import type { Sender } from '../notice/actions/send.ts'
import { openSenders } from '../notice/actions/senders.ts'
import { bodyOf, type ReceivedMail, say, startMailServer, startWebServer } from './receivers.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const MAIL_FROM = 'Rendez-vous <noreply@passerelle.example>'

/** A text message as the gateway got it. */
export type ReceivedSms = { id: string; verified: boolean; type: string | undefined; body: { to: string; text: string } }

/** A mail server and a gateway for text messages, which take what comes unless told otherwise. */
export type Receivers = {
  mails: ReceivedMail[]
  messages: ReceivedSms[]
  /** Every receiver is refused with this code from now on. */
  refuse(code: number, words?: string): void
  /** The gateway answers so from now on. */
  answer(how: (request: Parameters<RequestListener>[0], response: ServerResponse) => void): void
  /** As at first: nothing received, everything taken. */
  reset(): void
  /** What sends to them. */
  senders(): Promise<Sender[]>
  close(): Promise<void>
}

export async function startReceivers(): Promise<Receivers> {
  const messages: ReceivedSms[] = []
  let refusal: { responseCode: number; words: string } | null = null
  let how: Parameters<Receivers['answer']>[0] = (_request, response) => say(response, 202)
  const mail = await startMailServer({
    onRcptTo: (_address, _session, done) =>
      done(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.responseCode }) : null),
  })
  const gateway = await startWebServer(async (request, response) => {
    const body = await bodyOf(request)
    const headers = request.headers as Record<string, string>
    messages.push({
      id: headers['webhook-id'] ?? '',
      verified: isSigned(body, headers),
      type: headers['content-type'],
      body: JSON.parse(body),
    })
    how(request, response)
  })
  return {
    mails: mail.mails,
    messages,
    refuse: (responseCode, words = 'no') => {
      refusal = { responseCode, words }
    },
    answer: (other) => {
      how = other
    },
    reset: () => {
      refusal = null
      how = (_request, response) => say(response, 202)
      mail.mails.length = 0
      messages.length = 0
    },
    senders: () =>
      openSenders(
        {
          mail: { from: MAIL_FROM, smtp: { host: '127.0.0.1', port: mail.port, secure: false, plain: true, auth: null } },
          sms: { url: `${gateway.url}send?queue=1`, secret: SECRET },
        },
        { loopback: true },
      ),
    close: async () => {
      await mail.close()
      await gateway.close()
    },
  }
}

/** Whether the library that a gateway would use accepts a message, at the moment that stands in it: the tests have a clock of their own. */
function isSigned(body: string, headers: Record<string, string>): boolean {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1_000 })
  try {
    new Webhook(SECRET).verify(body, headers)
    return true
  } catch {
    return false
  } finally {
    vi.useRealTimers()
  }
}

/** Nothing is requested, and nothing is to be told. (The audit trail cannot be emptied.) */
export async function emptyNotices(db: PrismaClient): Promise<void> {
  await db.outboxEvent.deleteMany()
  await db.callbackRequest.deleteMany()
  await db.callbackSlot.deleteMany()
  await db.rateLimit.deleteMany()
}

/** What is to be sent, in order: its channel, its state, and how its last attempt ended. */
export async function deliveries(db: PrismaClient): Promise<[channel: string, state: string, code: string | undefined][]> {
  const rows = await db.delivery.findMany({
    orderBy: [{ eventId: 'asc' }, { channel: 'asc' }],
    include: { tries: { orderBy: { id: 'asc' } } },
  })
  return rows.map(({ channel, state, tries }) => [channel, state, tries.at(-1)?.code])
}

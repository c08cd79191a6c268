import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Webhook } from 'standardwebhooks'
import type { SmsSettings } from '../../config/notices.ts'
import type { Outcome } from '../../jobs/outbox.ts'
import { readRetryAfter } from '../../jobs/retry.ts'
import { smsOf } from '../rules/texts.ts'
import { lookUpAllowed, mayConnect } from './address.ts'
import { failureCode, type Sender } from './send.ts'

/** Bound of the head of an answer, in bytes. What follows it is not read: the status says all. */
const LONGEST_HEAD = 16 * 1024

/**
 * Hands text messages to a gateway: `POST {"to": "+32…", "text": "…"}`, signed as Standard Webhooks say, so that the gateway knows who sent
 * it, and by `webhook-id` what it has got before. It must be at a public address; no redirect is followed.
 * @param loopback this machine may be the gateway, too
 */
export function smsSender({ url, secret }: SmsSettings, loopback: boolean): Sender {
  const webhook = new Webhook(secret)
  return {
    channel: 'SMS',
    async send({ id, to, notice, at }, signal) {
      const messageId = `msg_${id}`
      const body = JSON.stringify({ to, text: smsOf(notice) })
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Passerelle',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': webhook.sign(messageId, at, body),
      }
      try {
        const { status, retryAfter } = await post(new URL(url), { headers, body, loopback, signal })
        return outcomeOf(status, readRetryAfter(retryAfter, at))
      } catch (error) {
        if (signal.aborted) throw error
        return { state: 'PENDING', code: failureCode(error) }
      }
    },
  }
}

function outcomeOf(status: number, askedMs: number | undefined): Outcome {
  if (status >= 200 && status < 300) return { state: 'DELIVERED', code: 'sent' }
  // 410 Gone: there is no such gateway any more (Standard Webhooks).
  return { state: status === 410 ? 'DEAD' : 'PENDING', code: `http_${status}`, askedMs }
}

type Post = { headers: Record<string, string>; body: string; loopback: boolean; signal: AbortSignal }

function post(url: URL, { headers, body, loopback, signal }: Post): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    // Node.js looks up names only: an address that is written out is checked here.
    if (!mayConnect(url.hostname, loopback)) throw Object.assign(new Error('address refused'), { code: 'ADDRESS_REFUSED' })
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup: lookUpAllowed(loopback),
        maxHeaderSize: LONGEST_HEAD,
        signal,
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
        response.destroy()
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

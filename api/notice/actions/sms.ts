import { Webhook } from 'standardwebhooks'
import type { SmsSettings } from '../../config/notices.ts'
import { smsOf } from '../rules/texts.ts'
import { post } from './post.ts'
import type { Sender } from './send.ts'

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
      const outcome = await post(new URL(url), { headers, body, loopback, at }, signal)
      // 410 Gone: there is no such gateway any more (Standard Webhooks).
      return outcome.code === 'http_410' ? { ...outcome, state: 'DEAD' } : outcome
    },
  }
}

import type { Way } from '../jobs/ways.ts'
import { type Sender, type SendParts, sendNotice } from './actions/send.ts'
import { kindOf } from './rules/notice.ts'

/** Telling people what becomes of their requests, by each way that is set up. */
export const noticeWays = (parts: SendParts, senders: readonly Sender[]): Way[] =>
  senders.map((sender) => ({
    channel: sender.channel,
    speaksOf: (event) => kindOf(event) !== null,
    send: (claimed, signal) => sendNotice(parts, sender, claimed, signal),
  }))

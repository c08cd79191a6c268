import { deliverDue, type DeliveryParts } from '../jobs/outbox.ts'
import type { Job } from '../jobs/runner.ts'
import { type DispatchParts, dispatchEvents } from './actions/dispatch.ts'
import { type Sender, type SendParts, sendNotice } from './actions/send.ts'

export type NoticeParts = SendParts &
  Pick<DeliveryParts, 'timeLimitMs'> & {
    senders: readonly Sender[]
    reach: (point: Parameters<DispatchParts['reach']>[0] | Parameters<DeliveryParts['reach']>[0]) => void
  }

/** How often it is looked whether something is to be sent, in milliseconds: two small statements on an index. */
const EVERY_MS = 1_000

/** How many messages one process sends at the same time by each channel: a receiver that hangs holds up no others. */
const AT_ONCE = 4

/** Telling people what becomes of their requests. */
export function noticeJobs(parts: NoticeParts): Job[] {
  const { sql, clock, senders, reach, timeLimitMs } = parts
  const channels = senders.map(({ channel }) => channel)
  const deliver = (sender: Sender): Job => {
    const send: DeliveryParts['send'] = (claimed, signal) => sendNotice(parts, sender, claimed, signal)
    const delivery = { sql, clock, channel: sender.channel, reach, timeLimitMs, send }
    return { name: `notice.${sender.channel.toLowerCase()}`, everyMs: EVERY_MS, run: (stop) => deliverDue(delivery, stop) }
  }
  return [
    { name: 'notice.dispatch', everyMs: EVERY_MS, run: (stop) => dispatchEvents({ sql, clock, channels, reach }, stop) },
    ...senders.flatMap((sender) => Array.from({ length: AT_ONCE }, () => deliver(sender))),
  ]
}

import type { Channel } from '../db/generated/enums.ts'
import { type DispatchParts, dispatchEvents, type Route } from './dispatch.ts'
import { type DeliveryParts, deliverDue } from './outbox.ts'
import type { Job } from './runner.ts'

/** How one feature sends what it has to say on one channel. */
export type Way = Pick<DeliveryParts, 'send' | 'ready'> & {
  channel: Channel
  /** How many messages one process sends at the same time on it; 4 unless said. */
  atOnce?: number
  /** Whether what is said of an event is this feature's to say. */
  speaksOf(event: string): boolean
}

export type OutboxParts = Pick<DispatchParts, 'sql' | 'clock'> &
  Pick<DeliveryParts, 'timeLimitMs'> & {
    routes: readonly Route[]
    ways: readonly Way[]
    reach: (point: Parameters<DispatchParts['reach']>[0] | Parameters<DeliveryParts['reach']>[0]) => void
  }

/** How often it is looked whether something is to be sent, in milliseconds: two small statements on an index. */
const EVERY_MS = 1_000

/** How many messages one process sends at the same time by each channel: a receiver that hangs holds up no others. */
const AT_ONCE = 4

/** Telling those outside what happens here: what every feature has to say goes through one outbox. */
export function outboxJobs({ sql, clock, routes, ways, reach, timeLimitMs }: OutboxParts): Job[] {
  const channels = [...new Set(ways.map(({ channel }) => channel))]
  const deliver = (channel: Channel): Job[] => {
    const own = ways.filter((way) => way.channel === channel)
    const send: DeliveryParts['send'] = async (claimed, signal) => {
      const way = own.find(({ speaksOf }) => speaksOf(claimed.event.type))
      return way ? way.send(claimed, signal) : { state: 'CANCELLED', code: 'gone' }
    }
    const ready = own.find((way) => way.ready)?.ready
    const most = Math.max(...own.map(({ atOnce = AT_ONCE }) => atOnce))
    let underWay = 0
    const counted: DeliveryParts['send'] = async (...message) => {
      underWay++
      return send(...message).finally(() => underWay--)
    }
    const delivery = { sql, clock, channel, reach, timeLimitMs, send: counted, ready }
    return Array.from({ length: most }, (_, place) => ({
      name: `send.${channel.toLowerCase()}`,
      everyMs: EVERY_MS,
      // One looks whether there is anything; the others help it. To find nothing among many that wait for a system that is paused costs something.
      run: async (stop) => (place === 0 || underWay > 0 ? deliverDue(delivery, stop) : undefined),
    }))
  }
  return [
    { name: 'outbox.dispatch', everyMs: EVERY_MS, run: (stop) => dispatchEvents({ sql, clock, routes, reach }, stop) },
    ...channels.flatMap(deliver),
  ]
}

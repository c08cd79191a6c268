import { isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { TooManyRequests } from '../errors.ts'
import { blindIndex, type Keys } from '../sealing/seal.ts'
import { StoredLimiter } from './store.ts'

/** So many in so many seconds for whoever it is counted by. `name` is part of the stored key: it stays when the numbers change. */
export type Limit = { name: string; points: number; seconds: number }

/** A limit, and what it counts by: a site's id, a block of addresses, a phone number. */
export type Counted = { limit: Limit; by: string }

export type Limits = {
  /** False: everything passes, and nobody is asked for a proof of work. */
  hold: boolean
  /**
   * Counts one more for each in turn, up to the first that has had enough: what one caller is refused does not count for those behind, so
   * that nobody uses up what he shares with others. The narrowest come first. Who is refused hears it a little later when many are.
   * @throws TooManyRequests with the wait of that one
   */
  take(counted: readonly Counted[]): Promise<void>
  /** Takes back what was counted of something that was not done in the end. */
  giveBack(counted: readonly Counted[]): Promise<void>
  /** How many are counted at present. */
  count(counted: Counted): Promise<number>
  /** Waits for those who are being refused, before somebody is refused for another reason than a limit. */
  turn(): Promise<void>
}

/** For load tests on one's own machine (`LIMITS=off`). */
export const NO_LIMITS: Limits = {
  hold: false,
  take: async () => {},
  giveBack: async () => {},
  count: async () => 0,
  turn: async () => {},
}

/**
 * Limits counted in the database, so that all processes count together. What is counted by is stored as an HMAC under a key outside the
 * database: a plain hash of an address is undone in minutes. A window begins with the first request and is not lengthened by the next; what
 * has expired is cleared by a job (`callback/jobs.ts`).
 * Who has had enough is remembered here until his window ends, so that a flood is refused without asking the database.
 */
export function openLimits(sql: Pool, keys: Keys): Limits {
  const limiters = new Map<string, StoredLimiter>()
  const limiterOf = ({ name, points, seconds }: Limit): StoredLimiter => {
    // Sites have quotas of their own, and an operator may change them.
    const kind = `${name} ${points} ${seconds}`
    let limiter = limiters.get(kind)
    if (!limiter) {
      limiter = new StoredLimiter({ storeClient: sql, keyPrefix: name, points, duration: seconds, inMemoryBlockOnConsumed: points + 1 })
      limiters.set(kind, limiter)
    }
    return limiter
  }
  const keyOf = ({ limit, by }: Counted): string => blindIndex(keys, `limit.${limit.name}`, by)
  const waitFor = async (one: Counted): Promise<number> => {
    try {
      await limiterOf(one.limit).consume(keyOf(one))
      return 0
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))
      throw refused
    }
  }
  const turn = openTurns()
  return {
    hold: true,
    async take(counted) {
      for (const one of counted) {
        const wait = await waitFor(one)
        if (wait === 0) continue
        await turn()
        throw new TooManyRequests(wait)
      }
    },
    async giveBack(counted) {
      for (const one of counted) await limiterOf(one.limit).reward(keyOf(one))
    },
    count: async (one) => (await limiterOf(one.limit).get(keyOf(one)))?.consumedPoints ?? 0,
    turn,
  }
}

/** Refusals leave one after another, this far apart, in milliseconds: 50 a second. */
const APART_MS = 20
/** Nobody waits longer for his refusal, in milliseconds. */
const LONGEST_MS = 2_000

/**
 * Lets those who are refused wait for each other. Refusing costs little, but it costs as much as most of a short answer, and a flood that is
 * refused at once comes back at once: it would take all the time of a process. Alone, one does not wait.
 */
function openTurns(): () => Promise<void> {
  let free = 0
  return async () => {
    const now = Date.now()
    free = Math.max(free, now)
    const wait = Math.min(free - now, LONGEST_MS)
    if (wait < LONGEST_MS) free += APART_MS
    if (wait > 0) await sleep(wait)
  }
}

/**
 * The block of addresses that one household has: an IPv4 address, the first 64 bits of an IPv6 address (RFC 6177: an end site gets a /64 at
 * least, and may use any address of it).
 * @param address as a socket tells it; IPv4 written as IPv6 (`::ffff:192.0.2.1`) is the same as IPv4
 */
export function addressBlock(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped || !isIPv6(plain)) return mapped ?? plain
  const [head = '', tail] = plain.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  // An embedded IPv4 part counts as two groups; it never lies in the first four.
  const length = groups(head).length + groups(tail).length + (plain.includes('.') ? 1 : 0)
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array(8 - length).fill('0'), ...groups(tail)]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

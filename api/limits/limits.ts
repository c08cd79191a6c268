import { isIPv6 } from 'node:net'
import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import type { PrismaClient } from '../db/generated/client.ts'
import { TooManyRequests } from '../errors.ts'
import { blindIndex, type Keys } from '../sealing/seal.ts'

/** So many in so many seconds for whoever it is counted by. `name` is part of the stored key: it stays when the numbers change. */
export type Limit = { name: string; points: number; seconds: number }

/** A limit, and what it counts by: a site's id, a block of addresses, a phone number. */
export type Counted = { limit: Limit; by: string }

export type Limits = {
  /**
   * Counts one more for each in turn, up to the first that has had enough: what one caller is refused does not count for those behind, so
   * that nobody uses up what he shares with others. The narrowest come first.
   * @throws TooManyRequests with the wait of that one
   */
  take(counted: readonly Counted[]): Promise<void>
}

/** For load tests on one's own machine (`LIMITS=off`). */
export const NO_LIMITS: Limits = { take: async () => {} }

/** How often what has expired is cleared at most, in milliseconds. */
const CLEAR_MS = 600_000

/**
 * Limits counted in the database, so that all processes count together. What is counted by is stored as an HMAC under a key outside the
 * database: a plain hash of an address is undone in minutes. A window begins with the first request and is not lengthened by the next.
 */
export function openLimits(db: PrismaClient, keys: Keys): Limits {
  const limiters = new Map<string, RateLimiterPrisma>()
  const limiterOf = ({ name, points, seconds }: Limit): RateLimiterPrisma => {
    let limiter = limiters.get(name)
    if (!limiter) {
      const store = { storeClient: db, tableName: 'rateLimit', clearExpiredByTimeout: false }
      limiter = new RateLimiterPrisma({ ...store, keyPrefix: name, points, duration: seconds })
      limiters.set(name, limiter)
    }
    return limiter
  }
  const waitFor = async ({ limit, by }: Counted): Promise<number> => {
    try {
      await limiterOf(limit).consume(blindIndex(keys, `limit.${limit.name}`, by))
      return 0
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))
      throw refused
    }
  }
  let cleared = 0
  /** The library's own clearing is a timer that nobody can stop; whoever counts clears now and then. */
  const clearExpired = async (): Promise<void> => {
    const now = Date.now()
    if (now - cleared < CLEAR_MS) return
    cleared = now
    await db.rateLimit.deleteMany({ where: { expire: { lt: new Date(now) } } }).catch(() => undefined)
  }
  return {
    async take(counted) {
      void clearExpired()
      for (const one of counted) {
        const wait = await waitFor(one)
        if (wait > 0) throw new TooManyRequests(wait)
      }
    },
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

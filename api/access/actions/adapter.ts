import type { BetterAuthOptions } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import type { PrismaClient } from '../../db/generated/client.ts'
import { blindIndex, type Keys } from '../../sealing/seal.ts'
import { IDLE_MS } from '../rules/session.ts'

type Adapter = ReturnType<ReturnType<typeof prismaAdapter>>
type Row = Record<string, unknown>
type Where = { field: string; value: unknown }

export type AdapterParts = { db: PrismaClient; keys: Keys; clock: () => Date }

/** What the database holds in place of what the cookie holds. */
export const tokenIndex = (keys: Keys, token: string): string => blindIndex(keys, 'session', token)

/** What better-auth would write and nobody here needs: addresses, browsers, and a provider's tokens. */
const NOT_KEPT: Readonly<Record<string, readonly string[]>> = {
  session: ['ipAddress', 'userAgent'],
  account: ['accessToken', 'refreshToken', 'idToken', 'accessTokenExpiresAt', 'refreshTokenExpiresAt', 'scope'],
  user: ['image'],
}

/**
 * better-auth's adapter for Prisma, but for three things:
 *
 * - a session's token is stored as an HMAC under a key outside the database: whoever reads the database cannot sign in with it;
 * - a session ends when nothing is done (`rules/session.ts`), not when better-auth would end it;
 * - the application's clock counts, where better-auth reads the system's.
 */
export function openAdapter({ db, keys, clock }: AdapterParts): (options: BetterAuthOptions) => Adapter {
  /** How far the system's clock is ahead of the application's, in ms: nothing but in tests. */
  const ahead = () => Date.now() - clock().getTime()
  const shift = <T>(value: T, by: number): T => (value instanceof Date ? (new Date(value.getTime() + by) as T) : value)
  const shiftRow = <T>(row: T, by: number): T =>
    row && typeof row === 'object' ? (Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shift(value, by)])) as T) : row

  const stored = (token: unknown): unknown =>
    Array.isArray(token) ? token.map(stored) : typeof token === 'string' ? tokenIndex(keys, token) : token
  const whereOf = <W extends Where>(model: string, where: readonly W[] = []): W[] =>
    where.map((one) => ({
      ...one,
      value: model === 'session' && one.field === 'token' ? stored(one.value) : shift(one.value, -ahead()),
    }))
  const dataOf = (model: string, data: Row): Row => {
    const kept = shiftRow(Object.fromEntries(Object.entries(data).filter(([name]) => !NOT_KEPT[model]?.includes(name))), -ahead())
    return model === 'session' && 'token' in kept ? { ...kept, token: stored(kept.token) } : kept
  }
  /** The row as better-auth knows it; the token only if it was named in the question. */
  const rowOf = <T>(row: T, token: unknown): T => {
    const shifted = shiftRow(row, ahead())
    return shifted && typeof token === 'string' ? { ...shifted, token } : shifted
  }
  const tokenIn = (model: string, where: readonly Where[] = []) =>
    model === 'session' ? where.find(({ field }) => field === 'token')?.value : undefined

  const wrap = (inner: Adapter): Adapter =>
    ({
      ...inner,
      create: async ({ data, ...rest }: Parameters<Adapter['create']>[0]) => {
        const isSession = rest.model === 'session'
        const now = clock()
        const times = isSession ? { createdAt: now, expiresAt: new Date(now.getTime() + IDLE_MS) } : {}
        const row = await inner.create({ ...rest, data: { ...dataOf(rest.model, data), ...times } })
        return rowOf(row, isSession ? data.token : undefined)
      },
      findOne: async (asked: Parameters<Adapter['findOne']>[0]) =>
        rowOf(await inner.findOne({ ...asked, where: whereOf(asked.model, asked.where) }), tokenIn(asked.model, asked.where)),
      findMany: async (asked: Parameters<Adapter['findMany']>[0]) =>
        (await inner.findMany({ ...asked, where: whereOf(asked.model, asked.where) })).map((row) =>
          rowOf(row, tokenIn(asked.model, asked.where)),
        ),
      count: (asked: Parameters<Adapter['count']>[0]) => inner.count({ ...asked, where: whereOf(asked.model, asked.where) }),
      update: async (asked: Parameters<Adapter['update']>[0]) =>
        rowOf(
          await inner.update({ ...asked, where: whereOf(asked.model, asked.where), update: dataOf(asked.model, asked.update) }),
          tokenIn(asked.model, asked.where),
        ),
      updateMany: (asked: Parameters<Adapter['updateMany']>[0]) =>
        inner.updateMany({ ...asked, where: whereOf(asked.model, asked.where), update: dataOf(asked.model, asked.update) }),
      delete: (asked: Parameters<Adapter['delete']>[0]) => inner.delete({ ...asked, where: whereOf(asked.model, asked.where) }),
      deleteMany: (asked: Parameters<Adapter['deleteMany']>[0]) => inner.deleteMany({ ...asked, where: whereOf(asked.model, asked.where) }),
      consumeOne: async (asked: Parameters<Adapter['consumeOne']>[0]) =>
        rowOf(await inner.consumeOne({ ...asked, where: whereOf(asked.model, asked.where) }), tokenIn(asked.model, asked.where)),
      incrementOne: async (asked: Parameters<Adapter['incrementOne']>[0]) =>
        rowOf(await inner.incrementOne({ ...asked, where: whereOf(asked.model, asked.where) }), tokenIn(asked.model, asked.where)),
      transaction: (work: (adapter: Adapter) => Promise<unknown>) => inner.transaction((within) => work(wrap(within as Adapter))),
    }) as unknown as Adapter

  const make = prismaAdapter(db, { provider: 'postgresql', transaction: true })
  return (options) => wrap(make(options))
}

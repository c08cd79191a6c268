import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { TooManyRequests } from '../errors.ts'
import { newKeyFile, readKeyFile } from '../sealing/keys.ts'
import type { Keys } from '../sealing/seal.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { addressBlock, type Limit, openLimits } from './limits.ts'

let database: TestDatabase
const keys = readKeyFile(JSON.stringify(newKeyFile())) as Keys
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => database.client.rateLimit.deleteMany())

const limit: Limit = { name: 'letters', points: 3, seconds: 600 }
const refusal = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('a limit', () => {
  test('lets so many pass and no more, and says when to come back', async () => {
    const limits = openLimits(database.sql, keys)
    for (let count = 0; count < 3; count++) await limits.take([{ limit, by: '192.0.2.1' }])
    const refused = await refusal(limits.take([{ limit, by: '192.0.2.1' }]))
    expect(refused).toBeInstanceOf(TooManyRequests)
    const { retryAfterSeconds } = refused as TooManyRequests
    expect(retryAfterSeconds).toBeGreaterThan(500)
    expect(retryAfterSeconds).toBeLessThanOrEqual(600)
    await limits.take([{ limit, by: '192.0.2.2' }])
    await limits.take([{ limit: { ...limit, name: 'parcels' }, by: '192.0.2.1' }])
  })

  test('counts all that come at once, in two processes', async () => {
    const [one, other] = [openLimits(database.sql, keys), openLimits(database.sql, keys)]
    const many = { ...limit, points: 20 }
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => refusal((index % 2 ? one : other).take([{ limit: many, by: 'everybody' }]))),
    )
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(20)
    expect(outcomes.filter((outcome) => outcome instanceof TooManyRequests)).toHaveLength(30)
    expect(await database.client.rateLimit.findMany({ select: { points: true } })).toEqual([{ points: 50 }])
  })

  test('begins anew when its time is over', async () => {
    const limits = openLimits(database.sql, keys)
    const short = { ...limit, seconds: 3 }
    const passes = async (who: string) => (await refusal(limits.take([{ limit: short, by: who }]))) === null
    while (await passes('somebody'));
    await expect.poll(() => passes('somebody'), { interval: 100, timeout: 10_000 }).toBe(true)
    expect([await passes('somebody'), await passes('somebody'), await passes('somebody')]).toEqual([true, true, false])
  })

  test('that is over in the database begins anew in another process, too', async () => {
    await openLimits(database.sql, keys).take([{ limit, by: 'somebody' }])
    await database.client.rateLimit.updateMany({ data: { points: 3, expire: new Date(Date.now() - 1_000) } })
    await openLimits(database.sql, keys).take([{ limit, by: 'somebody' }])
    const [row] = await database.client.rateLimit.findMany()
    expect(row?.points).toBe(1)
    expect(row?.expire?.getTime()).toBeGreaterThan(Date.now() + 500_000)
  })

  test('refuses a flood without asking the database', async () => {
    const limits = openLimits(database.sql, keys)
    while ((await refusal(limits.take([{ limit, by: 'somebody' }]))) === null);
    const query = vi.spyOn(database.sql, 'query')
    const refused = await Promise.all(Array.from({ length: 20 }, () => refusal(limits.take([{ limit, by: 'somebody' }]))))
    expect(refused.every((one) => one instanceof TooManyRequests)).toBe(true)
    expect(query).not.toHaveBeenCalled()
    query.mockRestore()
  })

  test('lets those who are refused wait for each other, and nobody else', async () => {
    const limits = openLimits(database.sql, keys)
    const order: string[] = []
    const turns = Array.from({ length: 10 }, (_, index) => limits.turn().then(() => order.push(`refused ${index}`)))
    await limits.take([{ limit, by: 'somebody' }]).then(() => order.push('let in'))
    await Promise.all(turns)
    expect(order.filter((one) => one !== 'let in')).toEqual(Array.from({ length: 10 }, (_, index) => `refused ${index}`))
    expect(order.indexOf('let in')).toBeLessThan(9)
    expect(order[0]).toBe('refused 0')
  })

  test('takes back what was not done in the end', async () => {
    const limits = openLimits(database.sql, keys)
    const counted = [{ limit, by: 'somebody' }]
    for (let time = 0; time < 10; time++) {
      await limits.take(counted)
      await limits.giveBack(counted)
    }
    expect(await limits.count({ limit, by: 'somebody' })).toBe(0)
    for (let time = 0; time < 3; time++) await limits.take(counted)
    expect(await limits.count({ limit, by: 'somebody' })).toBe(3)
    expect(await refusal(limits.take(counted))).toBeInstanceOf(TooManyRequests)
  })

  test('that an operator raises lets pass at once what it had refused', async () => {
    const limits = openLimits(database.sql, keys)
    while ((await refusal(limits.take([{ limit, by: 'site' }]))) === null);
    await limits.take([{ limit: { ...limit, points: 10 }, by: 'site' }])
  })

  test('of several the first that has had enough is told, and those behind it are not counted', async () => {
    const limits = openLimits(database.sql, keys)
    const day: Limit = { name: 'day', points: 1, seconds: 86_400 }
    const both = (site: string) =>
      limits.take([
        { limit, by: 'somebody' },
        { limit: day, by: site },
      ])
    const counts = async () => (await database.client.rateLimit.findMany({ orderBy: { key: 'asc' } })).map(({ points }) => points)
    await both('site')
    const bySite = await refusal(both('site'))
    expect((bySite as TooManyRequests).retryAfterSeconds).toBeGreaterThan(80_000)
    expect(await counts()).toEqual([2, 2])
    await limits.take([{ limit, by: 'somebody' }])
    for (let time = 0; time < 5; time++) {
      const byAddress = await refusal(both('site'))
      expect((byAddress as TooManyRequests).retryAfterSeconds).toBeLessThanOrEqual(600)
    }
    // The first of them was still counted; the others were known to be too many.
    expect(await counts()).toEqual([2, 4])
  })

  test('is stored without what it counts by', async () => {
    await openLimits(database.sql, keys).take([{ limit, by: '192.0.2.77' }])
    const [row] = await database.client.rateLimit.findMany()
    expect(row?.key).toMatch(/^letters:[\w-]{43}$/)
    expect(JSON.stringify(row)).not.toContain('192.0.2.77')
  })
})

describe('the block of an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5::', '2001:db8:1:2::/64'],
  ])('%s is in %s', (address, block) => {
    expect(addressBlock(address)).toBe(block)
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { checkLinks } from './actions/links.ts'

const DAY = 86_400_000

let app: TestApp
let site: Server
let at: string
/** What the site answers to a path, and what it was asked. */
const answers = new Map<string, { status: number; location?: string; head?: number }>()
const asked: string[] = []
beforeAll(async () => {
  app = await createTestApp()
  site = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['user-agent']}`)
    const { status, location, head } = answers.get(request.url ?? '') ?? { status: 404 }
    response.writeHead(request.method === 'HEAD' ? (head ?? status) : status, location ? { location } : {}).end()
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  at = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  await app.db.service.updateMany({ data: { url: null } })
})
afterAll(async () => {
  await new Promise((resolve) => site.close(resolve))
  await app.close()
})
beforeEach(async () => {
  answers.clear()
  asked.length = 0
  await app.db.linkCheck.deleteMany()
  await app.db.organization.updateMany({ data: { url: null } })
})

const naming = (path: string) =>
  app.db.organization.update({ where: { slug: 'ville-de-liege' }, data: { url: path.startsWith('/') ? `${at}${path}` : path } })
const check = (days = 0, loopback = true) => checkLinks({ sql: app.sql, clock: () => new Date(NOW.getTime() + days * DAY), loopback })
const found = () => app.db.linkCheck.findFirst({ select: { status: true, failingSince: true, tries: true } })

describe('an address that a published record names', () => {
  test.each<[what: string, answer: { status: number; location?: string; head?: number }, status: number, well: boolean]>([
    ['answers', { status: 200 }, 200, true],
    ['answers a whole page only', { status: 200, head: 501 }, 200, true],
    ['asks who comes', { status: 403 }, 403, true],
    ['is gone', { status: 404 }, 404, false],
    ['fails', { status: 500 }, 500, false],
    ['leads elsewhere, where something is', { status: 301, location: '/there' }, 200, true],
    ['leads to what is no address of the web, and is taken as it is', { status: 302, location: 'mailto:a@b.be' }, 302, true],
  ])('%s', async (_what, answer, status, well) => {
    answers.set('/page', answer)
    answers.set('/there', { status: 200 })
    await naming('/page')
    expect(await check()).toBe(1)
    expect(await found()).toEqual({ status, failingSince: well ? null : NOW, tries: well ? 0 : 1 })
    expect(asked[0]).toBe('HEAD /page Passerelle (link check)')
  })

  test('is not followed round for ever', async () => {
    answers.set('/round', { status: 302, location: '/round' })
    await naming('/round')
    await check()
    expect(await found()).toMatchObject({ status: null, tries: 1 })
    expect(asked).toHaveLength(6)
  })

  test.each(['http://127.0.0.1:1/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data', 'http://192.168.1.1/', 'ftp://liege.be/'])(
    'is not asked where no public page is: %s',
    async (url) => {
      await naming(url)
      await check(0, false)
      expect(await found()).toMatchObject({ status: null, tries: 1 })
    },
  )

  test('that leads to this machine is not followed there', async () => {
    answers.set('/page', { status: 200 })
    await naming('/page')
    await check(0, false)
    expect(asked).toEqual([])
  })

  test('is tried weekly while it answers, daily while it does not, and its failing ends when it answers again', async () => {
    answers.set('/page', { status: 200 })
    await naming('/page')
    expect([await check(0), await check(6), await check(7)]).toEqual([1, 0, 1])
    answers.set('/page', { status: 404 })
    expect([await check(14), await check(14.5), await check(15), await check(16)]).toEqual([1, 0, 1, 1])
    expect(await found()).toEqual({ status: 404, failingSince: new Date(NOW.getTime() + 14 * DAY), tries: 3 })
    answers.set('/page', { status: 200 })
    await check(17)
    expect(await found()).toEqual({ status: 200, failingSince: null, tries: 0 })
  })

  test('is tried once by processes that look at the same moment', async () => {
    answers.set('/page', { status: 200 })
    await naming('/page')
    const tried = await Promise.all([check(), check(), check()])
    expect(tried.sort()).toEqual([0, 0, 1])
    expect(asked).toHaveLength(1)
  })

  test('of a record that is retired is nobody’s business', async () => {
    await naming('/page')
    await app.db.organization.update({ where: { slug: 'ville-de-liege' }, data: { retiredAt: NOW } })
    expect(await check()).toBe(0)
    await app.db.organization.update({ where: { slug: 'ville-de-liege' }, data: { retiredAt: null } })
  })
})

import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CrashPoint } from '../context.ts'
import { openRunner } from '../jobs/runner.ts'
import { type OutboxParts, outboxJobs } from '../jobs/ways.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, requestCallback } from '../testing/callbacks.ts'
import { deliveries, emptyNotices, MAIL_FROM, type Receivers, SECRET, startReceivers } from '../testing/notices.ts'
import { say, startMailServer, startWebServer } from '../testing/receivers.ts'
import { smtpSender } from './actions/mail.ts'
import type { Sender } from './actions/send.ts'
import { smsSender } from './actions/sms.ts'
import { noticeRoute } from './actions/route.ts'
import { noticeWays } from './jobs.ts'

let receivers: Receivers
let app: TestApp
let now: Date
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders() })
})
afterAll(async () => {
  await app.close()
  await receivers.close()
})
beforeEach(async () => {
  receivers.reset()
  setTime(NOW)
  await emptyNotices(app.db)
})

function setTime(moment: Date): void {
  now = moment
  app.setTime(moment)
}
const wait = (seconds: number): void => setTime(new Date(now.getTime() + seconds * 1_000))

/** Another process on the same database, or one whose receivers are others. */
const another = ({ senders, ...parts }: Partial<OutboxParts> & { senders: Sender[] }) => {
  const { sql, keys, limits } = app
  const clock = () => now
  const routes = [noticeRoute(senders.map(({ channel }) => channel))]
  const ways = noticeWays({ sql, keys, limits, clock }, senders)
  return openRunner(outboxJobs({ sql, clock, routes, ways, reach: () => {}, ...parts }), () => {})
}

const bySms = () => requestCallback(app, { safeContact: { sms: true } })
const byMail = () => requestCallback(app, { email: 'ada@example.org' })
const onlyDelivery = () => app.db.delivery.findFirstOrThrow({ include: { tries: { orderBy: { id: 'asc' } } } })
/** For how long a message waits from now on, in seconds. */
const waits = async () => ((await onlyDelivery()).nextAt.getTime() - now.getTime()) / 1_000

describe('a message that cannot be delivered', () => {
  test('is tried ten times in three days, and then a person is told', async () => {
    receivers.answer((_request, response) => say(response, 500))
    await bySms()
    await app.runJobsOnce()
    for (const seconds of [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
      const { attempts } = await onlyDelivery()
      expect(await waits()).toBeGreaterThanOrEqual(seconds)
      expect(await waits()).toBeLessThanOrEqual(seconds * 1.1)
      wait(seconds - 1)
      await app.runJobsOnce()
      expect((await onlyDelivery()).attempts).toBe(attempts)
      wait(1 + seconds * 0.1)
      await app.runJobsOnce()
      expect((await onlyDelivery()).attempts).toBe(attempts + 1)
    }
    const { id } = await app.db.callbackRequest.findFirstOrThrow()
    const dead = await onlyDelivery()
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 10, leasedUntil: null, doneAt: now })
    expect(dead.tries.map(({ code }) => code)).toEqual(Array(10).fill('http_500'))
    expect(await app.db.outboxEvent.count({ where: { type: 'delivery.dead', subjectId: id } })).toBe(1)
    // Beside what is said of a request that nobody called in all that time.
    const dying = { subjectId: id, actor: 'system', action: { startsWith: 'delivery.' } }
    expect(await app.db.auditEvent.findMany({ where: dying })).toMatchObject([{ action: 'delivery.dead' }])
    expect(new Set(receivers.messages.map((message) => message.id)).size).toBe(1)
    expect(receivers.messages.every(({ verified }) => verified)).toBe(true)
    wait(30 * 86_400)
    await app.runJobsOnce()
    expect(receivers.messages).toHaveLength(10)
  })

  test('goes out once the receiver is well again', async () => {
    receivers.answer((_request, response) => say(response, 503))
    await bySms()
    await app.runJobsOnce()
    receivers.reset()
    wait(6)
    await app.runJobsOnce()
    expect(receivers.messages).toHaveLength(1)
    expect((await onlyDelivery()).tries.map(({ code }) => code)).toEqual(['http_503', 'sent'])
  })

  test.each([
    ['there is no such gateway any more', () => receivers.answer((_request, response) => say(response, 410)), bySms, 'http_410'],
    ['there is no such mailbox', () => receivers.refuse(550), byMail, 'smtp_550'],
  ])('is not tried again when %s', async (_what, refuse, ask, code) => {
    refuse()
    await ask()
    await app.runJobsOnce()
    expect(await onlyDelivery()).toMatchObject({ state: 'DEAD', attempts: 1, tries: [{ code }] })
    expect(await app.db.outboxEvent.count({ where: { type: 'delivery.dead' } })).toBe(1)
  })

  test.each([
    ['an hour', '3600', 3_600],
    ['less than the next attempt takes', '1', 5],
    ['a year', '31536000', 86_400],
    ['until a time', 'Tue, 17 Nov 2026 09:10:00 GMT', 600],
    ['nothing one can read', 'soon', 5],
  ])('waits when it is asked to: %s', async (_what, header, seconds) => {
    receivers.answer((_request, response) => say(response, 429, { 'retry-after': header }))
    await bySms()
    await app.runJobsOnce()
    expect(await waits()).toBeGreaterThanOrEqual(seconds)
    expect(await waits()).toBeLessThanOrEqual(seconds * 1.1)
  })
})

test('a message under way when its request is erased is not tried again', async () => {
  let release = () => {}
  receivers.answer((_request, response) => {
    release = () => say(response, 500)
  })
  const reference = await bySms()
  const run = app.runJobsOnce()
  await expect.poll(() => receivers.messages.length, { timeout: 10_000 }).toBe(1)
  await change(app, 'eraseCallback', { reference, phone: '0470 12 34 56' })
  release()
  await run
  expect(await deliveries(app.db)).toEqual([['SMS', 'CANCELLED', 'http_500']])
  wait(86_400)
  await app.runJobsOnce()
  expect(receivers.messages).toHaveLength(1)
})

describe('several processes', () => {
  test('deliver each message once', async () => {
    const senders = await receivers.senders()
    const runners = [another({ senders }), another({ senders }), another({ senders })]
    const references: string[] = []
    for (let count = 0; count < 30; count++)
      references.push(await requestCallback(app, { phone: `0470 12 36 ${10 + count}`, email: `ada${count}@example.org` }))
    await Promise.all([...runners, ...runners].map((runner) => runner.runOnce()))
    const told = receivers.mails.map(({ text }) => /référence : (\S+)/.exec(text)?.[1])
    expect(told.sort()).toEqual(references.sort())
    expect(await app.db.deliveryAttempt.count()).toBe(30)
  })

  test('take over from one that died before sending', async () => {
    await byMail()
    await dyingAt('delivery.claimed')
    expect(receivers.mails).toHaveLength(0)
    wait(59)
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(0)
    wait(1)
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(1)
    expect(await onlyDelivery()).toMatchObject({ attempts: 2, state: 'DELIVERED', tries: [{ code: 'lost' }, { code: 'sent' }] })
  })

  test('send again what one had sent that died before noting it, under the same name', async () => {
    await requestCallback(app, { email: 'ada@example.org', safeContact: { sms: true } })
    await dyingAt('delivery.sent')
    wait(60)
    await app.runJobsOnce()
    const names = receivers.mails.map(({ headers }) => headers.get('message-id'))
    expect(names).toHaveLength(2)
    expect(names[0]).toMatch(/^<[\da-f-]{36}@passerelle\.example>$/)
    expect(names[1]).toBe(names[0])
    expect(receivers.messages).toHaveLength(2)
    expect(receivers.messages[1]?.id).toBe(receivers.messages[0]?.id)
  })

  test('lose nothing when one dies after looking at an event', async () => {
    await byMail()
    await dyingAt('outbox.dispatched')
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(1)
  })

  test('give up a message that kills whoever sends it', async () => {
    await byMail()
    for (let death = 0; death < 10; death++) {
      await dyingAt('delivery.claimed')
      wait(60)
    }
    await app.runJobsOnce()
    expect(await onlyDelivery()).toMatchObject({ state: 'DEAD' })
    expect((await onlyDelivery()).tries.map(({ code }) => code)).toEqual([...Array(10).fill('lost'), 'given_up'])
    expect(receivers.mails).toHaveLength(0)
  })

  test('do not believe one that comes back after its time', async () => {
    let release = () => {}
    receivers.answer((_request, response) => {
      release = () => say(response, 500)
    })
    await bySms()
    const slow = app.runJobsOnce()
    await expect.poll(() => receivers.messages.length, { timeout: 10_000 }).toBe(1)
    wait(61)
    receivers.answer((_request, response) => say(response, 202))
    await another({ senders: await receivers.senders() }).runOnce()
    expect(await onlyDelivery()).toMatchObject({ state: 'DELIVERED', attempts: 2 })
    release()
    await slow
    expect(await onlyDelivery()).toMatchObject({ state: 'DELIVERED', attempts: 2 })
    expect((await onlyDelivery()).tries.map(({ code }) => code)).toEqual(['lost', 'sent', 'http_500'])
  })

  /** A process that comes to a point, and no further. */
  async function dyingAt(point: CrashPoint): Promise<void> {
    const reach = (reached: CrashPoint) => {
      if (reached === point) throw new Error('killed')
    }
    await expect(another({ senders: await receivers.senders(), reach }).runOnce()).rejects.toThrow('killed')
  }
})

/** Sends the message that waits by other means; how it went. */
async function codeBy(sender: Sender, timeLimitMs?: number): Promise<string | undefined> {
  await another({ senders: [sender], timeLimitMs }).runOnce()
  const { state, tries } = await onlyDelivery()
  return `${state} ${tries.at(-1)?.code}`
}
/** Long enough for anything on this machine that does answer. */
const HASTY_MS = 700

describe('a gateway that', () => {
  const gateway = (url: string, loopback = true) => smsSender({ url, secret: SECRET }, loopback)
  beforeEach(() => bySms())

  test('never answers is left after a time', async () => {
    const server = await startWebServer(() => {})
    expect(await codeBy(gateway(server.url), HASTY_MS)).toBe('PENDING timeout')
    await server.close()
  })

  test('answers byte by byte is left after a time', async () => {
    const server = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      const timer = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(timer)).on('error', () => {})
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    expect(await codeBy(gateway(`http://127.0.0.1:${(server.address() as { port: number }).port}`), HASTY_MS)).toBe('PENDING timeout')
    server.close()
  })

  test('sends one gigabyte has it refused, and its answer counts', async () => {
    let sent = 0
    let closed = false
    const chunk = Buffer.alloc(64 * 1024)
    const server = await startWebServer((_request, response) => {
      response.writeHead(200)
      response.on('close', () => {
        closed = true
      })
      const more = () => {
        while (sent < 1_000_000_000 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return response.once('drain', more)
        }
      }
      more()
    })
    expect(await codeBy(gateway(server.url))).toBe('DELIVERED sent')
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(true)
    expect(sent).toBeLessThan(20_000_000)
    await server.close()
  })

  test('sends headers without end is refused', async () => {
    const server = await startWebServer((_request, response) => {
      for (let count = 0; count < 30; count++) response.setHeader(`x-${count}`, 'x'.repeat(1_000))
      say(response, 200)
    })
    expect(await codeBy(gateway(server.url))).toBe('PENDING hpe_header_overflow')
    await server.close()
  })

  test.each([301, 302, 307, 308])('sends elsewhere (%i) is not followed', async (status) => {
    let followed = 0
    const other = await startWebServer((_request, response) => {
      followed++
      say(response, 200)
    })
    const server = await startWebServer((_request, response) => say(response, status, { location: other.url }))
    expect(await codeBy(gateway(server.url))).toBe(`PENDING http_${status}`)
    expect(followed).toBe(0)
    await server.close()
    await other.close()
  })

  test('is not there, or speaks nonsense, is tried again', async () => {
    const gone = await startWebServer(() => {})
    await gone.close()
    expect(await codeBy(gateway(gone.url))).toBe('PENDING econnrefused')
    const nonsense = createServer((socket) => socket.on('error', () => {}).end('220 hello\r\n'))
    await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve))
    wait(10)
    expect(await codeBy(gateway(`http://127.0.0.1:${(nonsense.address() as { port: number }).port}`))).toMatch(/^PENDING hpe_\w+$/)
    nonsense.close()
  })

  test.each(['https://127.0.0.1:PORT/', 'https://localhost:PORT/', 'https://[::1]:PORT/', 'https://10.0.0.1/', 'https://[fd00::1]/'])(
    'is inside, at %s, is not connected to',
    async (url) => {
      let connected = 0
      const server = createServer(() => connected++)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const port = String((server.address() as { port: number }).port)
      expect(await codeBy(gateway(url.replace('PORT', port), false))).toBe('PENDING address_refused')
      expect(connected).toBe(0)
      server.close()
    },
  )
})

describe('a mail server that', () => {
  const mailer = (port: number, plain = true) => smtpSender({ host: '127.0.0.1', port, secure: false, plain, auth: null }, MAIL_FROM)
  const raw = async (first: string | null) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      if (first !== null) socket.write(first)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { port: (server.address() as { port: number }).port, close: () => server.close() }
  }
  beforeEach(() => byMail())

  test.each([421, 450, 451, 452])('says %i is asked again later', async (code) => {
    receivers.refuse(code)
    await app.runJobsOnce()
    expect(await deliveries(app.db)).toEqual([['EMAIL', 'PENDING', `smtp_${code}`]])
  })

  test('never greets is left after a time', async () => {
    const server = await raw(null)
    expect(await codeBy(mailer(server.port), HASTY_MS)).toBe('PENDING timeout')
    server.close()
  })

  test('says hello and nothing more is left after a time', async () => {
    const server = await raw('220 hello\r\n')
    expect(await codeBy(mailer(server.port), HASTY_MS)).toBe('PENDING timeout')
    server.close()
  })

  test('talks without end is left', async () => {
    const server = await raw(`220-${'x'.repeat(100)}\r\n`.repeat(2_000))
    expect(await codeBy(mailer(server.port))).toMatch(/^PENDING e\w+$/)
    server.close()
  })

  test('has no encryption gets nothing, when it is not on this machine', async () => {
    const server = await startMailServer()
    expect(await codeBy(mailer(server.port, false))).toMatch(/^PENDING \w+$/)
    expect(server.mails).toEqual([])
    await server.close()
  })

  test('does not take our password is asked again: that can be mended', async () => {
    const server = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('no'), {}),
    })
    const auth = { user: 'passerelle', pass: 'geheim' }
    const sender = smtpSender({ host: '127.0.0.1', port: server.port, secure: false, plain: true, auth }, MAIL_FROM)
    expect(await codeBy(sender)).toBe('PENDING smtp_535')
    await server.close()
  })
})

describe('closing', () => {
  test('waits for a message under way, and begins no other', async () => {
    for (let count = 0; count < 12; count++) await requestCallback(app, { phone: `0470 12 37 ${10 + count}`, safeContact: { sms: true } })
    const runner = another({ senders: await receivers.senders() })
    const releases: (() => void)[] = []
    receivers.answer((_request, response) => {
      releases.push(() => say(response, 202))
    })
    runner.start()
    await expect.poll(() => releases.length, { timeout: 10_000 }).toBe(4)
    const closed = runner.close()
    for (const one of releases) one()
    await closed
    await sleep(50)
    expect(receivers.messages).toHaveLength(4)
    expect((await deliveries(app.db)).filter(([, state]) => state === 'DELIVERED')).toHaveLength(4)
  })

  test('ends one that does not end by itself, and notes it', async () => {
    receivers.answer(() => {})
    await bySms()
    const runner = another({ senders: await receivers.senders() })
    runner.start()
    await expect.poll(() => receivers.messages.length, { timeout: 10_000 }).toBe(1)
    await runner.close()
    expect(await deliveries(app.db)).toEqual([['SMS', 'PENDING', 'stopped']])
  })
})

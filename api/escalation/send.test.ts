import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { deliveries, type Receivers, startReceivers } from '../testing/notices.ts'
import { connect, emptyCases, endpoint, handOver, makePartner, type PartnerSystem, startPartner } from '../testing/partners.ts'
import { say, startWebServer } from '../testing/receivers.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'
import type { Verb } from './rules/transitions.ts'

/** Long enough for anything on this machine that does answer. */
const HASTY_MS = 700

let app: TestApp
let receivers: Receivers
let system: PartnerSystem
let administrator: Record<string, string>
let now: Date
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders(), timeLimitMs: HASTY_MS })
  system = await startPartner()
  await makePartner(app, { handOver: 'WEBHOOK', email: 'dossiers@rwlp.example' })
  administrator = (await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })).headers
})
afterAll(async () => {
  await app.close()
  await receivers.close()
  await system.close()
})
beforeEach(async () => {
  system.reset()
  receivers.reset()
  setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
  await makePartner(app, { handOver: 'WEBHOOK' })
})

function setTime(moment: Date): void {
  now = moment
  app.setTime(moment)
}
const wait = (seconds: number): void => setTime(new Date(now.getTime() + seconds * 1_000))
const caseOf = (id: string) => app.db.escalation.findUniqueOrThrow({ where: { id } })
const present = () => app.db.partnerEndpoint.findFirstOrThrow()
const change = (id: string, verb: Verb, actor = 'staff:x') =>
  changeEscalation({ ...app, directory: app.directory.current() }, id, verb, { actor, now })
const codes = async () => (await deliveries(app.db)).map(([channel, state, code]) => `${channel} ${state} ${code}`)

describe('a partner’s own system', () => {
  test('is told of a case, of nothing about the person, and has received it then', async () => {
    const endpointId = await connect(app, administrator, system)
    const { id } = await handOver(app, { object: 'Une aide pour le loyer.' })
    await app.runJobsOnce()
    const { answerDueAt } = await caseOf(id)
    expect(system.messages).toEqual([
      {
        id: expect.stringMatching(/^msg_[\da-f-]{36}$/),
        verified: true,
        body: {
          type: 'escalation.requested',
          timestamp: NOW.toISOString(),
          data: { id, version: 1, state: 'REQUESTED', urgency: 'SOON', answerDueAt: answerDueAt.toISOString() },
        },
      },
    ])
    expect(await caseOf(id)).toMatchObject({ state: 'RECEIVED', version: 2, receivedAt: NOW })
    const steps = await app.db.escalationStep.findMany({ where: { escalationId: id }, orderBy: { version: 'asc' } })
    expect(steps.at(-1)).toMatchObject({ version: 2, state: 'RECEIVED', actor: `endpoint:${endpointId}` })
    await app.runJobsOnce()
    expect(system.messages).toHaveLength(1)
  })

  test('is told what people do with the case here, and not what it did itself', async () => {
    const endpointId = await connect(app, administrator, system)
    const { id } = await handOver(app)
    await app.runJobsOnce()
    wait(60)
    await change(id, { kind: 'accept' })
    wait(60)
    await change(id, { kind: 'progress' }, `endpoint:${endpointId}`)
    wait(60)
    await change(id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, 'citizen')
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.type)).toEqual([
      'escalation.requested',
      'escalation.accepted',
      'escalation.cancelled',
      'escalation.erasure_wanted',
    ])
  })

  test('is not told of a case that is over by then', async () => {
    await connect(app, administrator, system)
    const { id } = await handOver(app)
    await change(id, { kind: 'cancel', reason: 'TAKEN_BACK' })
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.type)).toEqual(['escalation.cancelled'])
    expect(await codes()).toContain('WEBHOOK CANCELLED over')
  })

  test('is told nothing before it has passed a test, and then all of it', async () => {
    const made = await endpoint(app, administrator, 'setEndpoint', { url: system.url })
    const { id } = await handOver(app)
    await app.runJobsOnce()
    // It is written to meanwhile: otherwise nobody would know of the case.
    expect(await codes()).toEqual(['WEBHOOK PENDING undefined', 'CASE_LINK DELIVERED sent'])
    expect(await app.db.delivery.findFirst({ where: { channel: 'WEBHOOK' } })).toMatchObject({ attempts: 0 })
    system.secrets.splice(0, 9, made.secret)
    await endpoint(app, administrator, 'testEndpoint')
    await app.runJobsOnce()
    expect(system.messages).toMatchObject([{ body: { data: { id } } }])
  })

  test('is sent nothing once there is none: what waits goes by e-mail, and to the next system it has', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 500))
    const before = await handOver(app)
    await app.runJobsOnce()
    await endpoint(app, administrator, 'removeEndpoint')
    const between = await handOver(app)
    wait(600)
    await app.runJobsOnce()
    expect(receivers.mails.map(({ to }) => to)).toEqual([['dossiers@rwlp.example'], ['dossiers@rwlp.example']])
    system.reset()
    await connect(app, administrator, system)
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.data.id)).toEqual([before.id, between.id])
    expect(await caseOf(before.id)).toMatchObject({ state: 'RECEIVED' })
    expect(await caseOf(between.id)).toMatchObject({ state: 'RECEIVED' })
  })

  test('without which it chooses to be written to is written to of what waits', async () => {
    await makePartner(app, { handOver: 'WEBHOOK', email: null })
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 500))
    await handOver(app)
    await app.runJobsOnce()
    await endpoint(app, administrator, 'removeEndpoint')
    await app.runJobsOnce()
    expect(await codes()).toEqual(['WEBHOOK PENDING http_500'])
    const input = {
      organization: 'rwlp',
      accepting: true,
      needs: [],
      languages: [],
      areas: [],
      handOver: 'EMAIL',
      email: 'dossiers@rwlp.example',
    }
    const { data } = await app.ask(
      'mutation ($input: SetPartnerInput!) { setPartner(input: $input) { __typename } }',
      { input },
      administrator,
    )
    expect(data.setPartner.__typename).toBe('Partner')
    await app.runJobsOnce()
    expect(await codes()).toEqual(['WEBHOOK CANCELLED http_500', 'CASE_LINK DELIVERED sent'])
  })

  test('at a new address after long failing is sent all that waits as soon as it has passed a test', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 500))
    const { id } = await handOver(app)
    for (const seconds of [0, 6, 331, 1_990, 7_990, 19_900]) {
      wait(seconds)
      await app.runJobsOnce()
    }
    const { attempts, nextAt } = await app.db.delivery.findFirstOrThrow({
      where: { channel: 'WEBHOOK', event: { type: 'escalation.requested' } },
    })
    expect(attempts).toBeGreaterThan(4)
    expect(nextAt.getTime() - now.getTime()).toBeGreaterThan(3_600_000)
    system.reset()
    await connect(app, administrator, system)
    await app.runJobsOnce()
    expect(system.messages[0]).toMatchObject({ body: { type: 'escalation.requested', data: { id } } })
  })

  test('understands messages while its secret changes', async () => {
    await connect(app, administrator, system)
    const [old = ''] = system.secrets
    const { secret } = await endpoint(app, administrator, 'rotateEndpointSecret')
    for (const known of [old, secret]) {
      system.secrets.splice(0, 9, known)
      await handOver(app)
      await app.runJobsOnce()
    }
    expect(system.messages).toHaveLength(2)
    expect(await codes()).toEqual(['WEBHOOK DELIVERED sent', 'WEBHOOK DELIVERED sent'])
  })
})

describe('a system that fails', () => {
  test('is tried again under the same name, and has the case once it is well', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 500))
    const { id } = await handOver(app)
    await app.runJobsOnce()
    expect(await caseOf(id)).toMatchObject({ state: 'REQUESTED' })
    expect(await present()).toMatchObject({ failingSince: NOW })
    system.reset()
    wait(6)
    await app.runJobsOnce()
    expect(system.messages).toHaveLength(1)
    const tries = await app.db.deliveryAttempt.findMany({ orderBy: { id: 'asc' } })
    expect(tries.map(({ code }) => code)).toEqual(['http_500', 'sent'])
    expect(await caseOf(id)).toMatchObject({ state: 'RECEIVED' })
    expect(await present()).toMatchObject({ failingSince: null })
  })

  test('and asks for time gets it', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 429, { 'retry-after': '3600' }))
    await handOver(app)
    await app.runJobsOnce()
    const { nextAt } = await app.db.delivery.findFirstOrThrow()
    expect((nextAt.getTime() - NOW.getTime()) / 1_000).toBeGreaterThanOrEqual(3_600)
    expect((nextAt.getTime() - NOW.getTime()) / 1_000).toBeLessThanOrEqual(3_600 * 1.1)
  })

  test('and asks for time is not asked meanwhile whether it is back, and what waits does not go before', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 503, { 'retry-after': '3600' }))
    const first = await handOver(app)
    await app.runJobsOnce()
    system.all.length = 0
    for (let round = 0; round < 12; round++) {
      wait(10)
      await app.runJobsOnce()
    }
    expect(system.all).toEqual([])
    // What is new is tried once; that it is taken says that the system answers, not that the hour is over.
    system.reset()
    const second = await handOver(app)
    await app.runJobsOnce()
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.data.id)).toEqual([second.id])
    wait(3_600)
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.data.id)).toContain(first.id)
  })

  test('with one message only is paused by nobody: it dies alone, and a person looks', async () => {
    await connect(app, administrator, system)
    const { headers } = await staff(app, { role: 'SUPERVISOR' })
    system.answer((request, response) => say(response, Number(request.headers['content-length']) > 150 ? 500 : 204))
    const { id } = await handOver(app)
    for (let round = 0; round < 10; round++) {
      await app.runJobsOnce()
      wait(26.5 * 3_600)
    }
    await app.runJobsOnce()
    expect(await codes()).toContain('WEBHOOK DEAD http_500')
    expect(await present()).toMatchObject({ pausedAt: null })
    expect((await caseOf(id)).rung).toBeGreaterThanOrEqual(2)
    expect(headers).toBeDefined()
    const mails = receivers.mails.filter(({ text }) => text.includes('n’ont pas pu être transmis'))
    expect(mails.length).toBeGreaterThanOrEqual(1)
  })

  test('for more than three days is paused; what comes meanwhile waits, and goes once somebody resumes', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 503))
    const first = await handOver(app)
    await app.runJobsOnce()
    wait(73 * 3_600)
    await app.runJobsOnce()
    expect(await present()).toMatchObject({ pausedAt: null, failingSince: NOW })
    wait(60)
    await app.runJobsOnce()
    expect(await present()).toMatchObject({ pausedAt: now, pausedWhy: 'failing' })
    const second = await handOver(app)
    wait(30 * 86_400)
    await app.runJobsOnce()
    const before = await app.db.delivery.findMany({ where: { channel: 'WEBHOOK', state: 'PENDING', attempts: 0 } })
    expect(before.length).toBeGreaterThanOrEqual(1)
    expect(await endpoint(app, administrator, 'resumeEndpoint')).toMatchObject({ code: 'endpoint_fails' })
    system.reset()
    expect(await endpoint(app, administrator, 'resumeEndpoint')).toMatchObject({ pausedAt: null, failingSince: null })
    await app.runJobsOnce()
    const told = new Set(system.messages.map(({ body }) => body.data.id))
    expect([...told].sort()).toEqual([first.id, second.id].sort())
    const paused = await app.db.auditEvent.findMany({
      where: { action: { in: ['endpoint.paused', 'endpoint.resumed'] } },
      orderBy: { id: 'desc' },
      take: 2,
    })
    expect(paused.map(({ action, actor }) => [action, actor.split(':')[0]])).toEqual([
      ['endpoint.resumed', 'staff'],
      ['endpoint.paused', 'system'],
    ])
  })

  test('and says that it is gone is paused at once, with a word to those who look after it', async () => {
    await connect(app, administrator, system)
    const { viewer: supervisor } = await staff(app, { role: 'SUPERVISOR' })
    system.answer((_request, response) => say(response, 410))
    await handOver(app)
    await app.runJobsOnce()
    expect(await present()).toMatchObject({ pausedAt: NOW, pausedWhy: 'gone' })
    await app.runJobsOnce()
    expect(await codes()).toEqual(['WEBHOOK PENDING http_410', 'EMAIL DELIVERED sent'])
    const to = receivers.mails.flatMap((mail) => mail.to)
    expect(to).toContain(supervisor.email)
    const all = await app.db.staffMember.findMany({
      where: { memberships: { some: { role: 'ADMINISTRATOR', organization: { slug: 'rwlp' } } } },
    })
    expect(to).toEqual(expect.arrayContaining(all.map(({ email }) => email)))
    expect(receivers.mails[0]?.text).toContain('il a répondu qu’il n’existe plus à cette adresse. Messages en attente : 1.')
    wait(86_400)
    await app.runJobsOnce()
    expect(system.messages.filter(({ body }) => body.type === 'escalation.requested')).toHaveLength(1)
  })

  test('and comes back after long is sent all that waits within half a minute', async () => {
    await connect(app, administrator, system)
    system.answer((_request, response) => say(response, 502))
    await handOver(app)
    await handOver(app)
    for (const seconds of [0, 6, 400, 2_000, 8_000]) {
      wait(seconds)
      await app.runJobsOnce()
    }
    system.reset()
    wait(15)
    await app.runJobsOnce()
    await app.runJobsOnce()
    expect(new Set(system.messages.map(({ body }) => body.data.id)).size).toBe(2)
  })
})

describe('a system that', () => {
  async function at(url: string): Promise<void> {
    await connect(app, administrator, system)
    await app.db.partnerEndpoint.updateMany({ data: { url } })
  }
  async function listening(answer: Parameters<typeof createServer>[1]): Promise<{ server: Server; url: string }> {
    const server = createServer({}, answer as never)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/` }
  }
  async function code(url: string): Promise<string> {
    await at(url)
    await handOver(app)
    await app.runJobsOnce()
    return (await codes())[0] ?? ''
  }

  test('hangs is left after a time', async () => {
    const { server, url } = await listening((socket) => void socket.on('error', () => {}))
    expect(await code(url)).toBe('WEBHOOK PENDING timeout')
    expect(await present()).toMatchObject({ failingSince: NOW })
    server.close()
  })

  test('answers a byte at a time is left after a time', async () => {
    const { server, url } = await listening((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      const timer = setInterval(() => socket.write('x'), 100)
      socket.on('close', () => clearInterval(timer)).on('error', () => {})
    })
    expect(await code(url)).toBe('WEBHOOK PENDING timeout')
    server.close()
  })

  test('sends one gigabyte has it refused, and its answer counts', async () => {
    let sent = 0
    const chunk = Buffer.alloc(64 * 1024)
    const server = await startWebServer((_request, response) => {
      response.writeHead(200)
      const more = () => {
        while (sent < 1_000_000_000 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return response.once('drain', more)
        }
      }
      more()
    })
    expect(await code(server.url)).toBe('WEBHOOK DELIVERED sent')
    expect(sent).toBeLessThan(20_000_000)
    await server.close()
  })

  test('leads to this machine is not followed', async () => {
    let followed = 0
    const inside = await startWebServer((_request, response) => {
      followed++
      say(response, 200)
    })
    const server = await startWebServer((_request, response) => say(response, 302, { location: inside.url }))
    expect(await code(server.url)).toBe('WEBHOOK PENDING http_302')
    expect(followed).toBe(0)
    await server.close()
    await inside.close()
  })

  test('closes at once is tried again', async () => {
    const { server, url } = await listening((socket) => socket.on('error', () => {}).destroy())
    expect(await code(url)).toBe('WEBHOOK PENDING econnreset')
    server.close()
  })

  test('is inside is not connected to', async () => {
    expect(await code('https://10.0.0.1/')).toBe('WEBHOOK PENDING address_refused')
  })
})

describe('a partner that is written to', () => {
  beforeEach(() => makePartner(app, { handOver: 'EMAIL', email: 'dossiers@rwlp.example' }))

  test('gets a link, and not a word about the person', async () => {
    const { id } = await handOver(app)
    await app.runJobsOnce()
    expect(receivers.mails).toMatchObject([{ to: ['dossiers@rwlp.example'] }])
    const [mail] = receivers.mails
    expect(mail?.text).toContain('Un dossier vous est confié. Dites-nous au plus tard')
    expect(mail?.text).toMatch(/Pour l’ouvrir : http:\/\/127\.0\.0\.1:4000\/case\/[\w-]{43}\n/)
    expect(mail?.raw).not.toMatch(/Ada|Dupont|loyer|0470|rwlp\.example.*liege-solidaire/)
    const secret = /\/case\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
    const links = await app.db.caseLink.findMany()
    expect(links).toMatchObject([{ escalationId: id, expiresAt: new Date(NOW.getTime() + 7 * 86_400_000) }])
    expect(JSON.stringify(links)).not.toContain(secret)
    // Whoever sent it does not know that anybody has it.
    expect(await caseOf(id)).toMatchObject({ state: 'REQUESTED' })
  })

  test('is told once when the agreement is withdrawn, with a way to confirm', async () => {
    const { id } = await handOver(app)
    await app.runJobsOnce()
    wait(60)
    await change(id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, 'citizen')
    await app.runJobsOnce()
    expect(receivers.mails.map(({ headers }) => headers.get('subject'))).toHaveLength(2)
    expect(receivers.mails[1]?.text).toContain('Effacez ce que vous avez noté d’elle, puis confirmez-le.')
  })

  test('is told without a link when the line takes the case back', async () => {
    const { id } = await handOver(app)
    await app.runJobsOnce()
    wait(60)
    await change(id, { kind: 'cancel', reason: 'TAKEN_BACK' })
    await app.runJobsOnce()
    expect(receivers.mails[1]?.text).toContain('Vous n’avez plus rien à faire.')
    expect(receivers.mails[1]?.text).not.toContain('/case/')
  })
})

test('a partner that looks into its inbox here is told nothing', async () => {
  await makePartner(app, { handOver: 'INBOX' })
  await handOver(app)
  await app.runJobsOnce()
  expect(await codes()).toEqual([])
})

test('a supervisor gets numbers, and one mail an hour', async () => {
  const { viewer } = await staff(app, { role: 'SUPERVISOR', languages: ['NL'] })
  const cases = [await handOver(app), await handOver(app)]
  for (const { id } of cases) {
    await app.db.escalation.update({ where: { id }, data: { rung: 2 } })
    await app.db.outboxEvent.create({ data: { type: 'escalation.supervisor_told', subjectId: id, at: now } })
  }
  await app.runJobsOnce()
  const hers = () => receivers.mails.filter(({ to }) => to.includes(viewer.email ?? ''))
  expect(hers()).toHaveLength(1)
  expect(hers()[0]?.text).toContain('Dossiers bij partners die niet op tijd zijn beantwoord: 2.\n')
  expect(hers()[0]?.raw).not.toMatch(/Ada|loyer|0470/)
})

test('and how much is to be erased that no partner says it has', async () => {
  await app.db.membership.deleteMany({ where: { role: 'SUPERVISOR' } })
  const { viewer } = await staff(app, { role: 'SUPERVISOR', languages: ['FR'] })
  const { id } = await handOver(app)
  await change(id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, 'citizen')
  await app.db.escalation.update({ where: { id }, data: { rung: 2 } })
  await app.db.outboxEvent.create({ data: { type: 'escalation.supervisor_told', subjectId: id, at: now } })
  await app.runJobsOnce()
  const [mail] = receivers.mails.filter(({ to }) => to.includes(viewer.email ?? ''))
  expect(mail?.text).toContain('Dossiers à effacer dont le partenaire n’a pas confirmé l’effacement : 1.\n')
  expect(mail?.text).not.toContain('sans réponse')
})

describe('a mail to the supervisors', () => {
  let first: string
  let second: string
  beforeEach(async () => {
    await app.db.membership.deleteMany({ where: { role: 'SUPERVISOR' } })
    first = (await staff(app, { role: 'SUPERVISOR' })).viewer.email ?? ''
    second = (await staff(app, { role: 'SUPERVISOR' })).viewer.email ?? ''
    await makePartner(app, { handOver: 'EMAIL' })
  })
  const to = (email: string) => receivers.mails.filter((mail) => mail.to.includes(email))
  /** A case of which the partner cannot be told, since its address refuses. */
  async function refused(): Promise<string> {
    receivers.refuse(550)
    const { id } = await handOver(app)
    await app.runJobsOnce()
    receivers.reset()
    return id
  }
  /** Several rounds: on a machine with much to do one mail takes longer than the test allows it, and goes again. */
  async function run(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      await app.runJobsOnce()
      wait(6)
    }
  }

  test('comes after one that came within the hour, and is not dropped', async () => {
    await refused()
    await run()
    expect([to(first).length, to(second).length]).toEqual([1, 1])
    wait(600)
    await refused()
    await run()
    expect([to(first).length, to(second).length]).toEqual([0, 0])
    expect(await codes()).toContain('EMAIL PENDING limited')
    wait(4_000)
    await run()
    expect([to(first).length, to(second).length]).toEqual([1, 1])
    expect(to(first)[0]?.text).toContain('n’ont pas pu être transmis : 2.')
    receivers.reset()
    wait(4_000)
    await run()
    expect(receivers.mails).toEqual([])
    expect(await app.db.staffTold.count()).toBe(2)
  })

  test('that one of them did not get goes again to her alone', async () => {
    const id = await refused()
    await app.db.escalation.update({ where: { id }, data: { rung: 2 } })
    await app.db.outboxEvent.create({ data: { type: 'escalation.supervisor_told', subjectId: id, at: now } })
    // As after an attempt that died after the first of two mails.
    await run()
    const { eventId, id: deliveryId } = await app.db.delivery.findFirstOrThrow({
      where: { channel: 'EMAIL' },
      orderBy: { eventId: 'desc' },
    })
    const { id: memberId } = await app.db.staffMember.findFirstOrThrow({ where: { email: second } })
    await app.db.staffTold.create({ data: { memberId, about: `cases/${deliveryId}`, at: now } })
    await app.db.delivery.update({ where: { id: deliveryId }, data: { state: 'PENDING', doneAt: null, nextAt: now } })
    receivers.reset()
    await run()
    expect([to(first).length, to(second).length]).toEqual([0, 1])
    expect(await app.db.delivery.findFirst({ where: { eventId } })).toMatchObject({ state: 'DELIVERED' })
  })

  test('goes to the administrators where there are none', async () => {
    await app.db.membership.deleteMany({ where: { role: 'SUPERVISOR' } })
    const { viewer } = await staff(app, { role: 'ADMINISTRATOR' })
    await refused()
    await run()
    expect(to(viewer.email ?? '')).toHaveLength(1)
  })

  test('says that a partner does not know that it is to erase what it has', async () => {
    const { id } = await handOver(app)
    await app.runJobsOnce()
    await change(id, { kind: 'accept' })
    wait(60)
    receivers.refuse(550)
    await change(id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, 'citizen')
    await app.runJobsOnce()
    receivers.reset()
    await run()
    expect(await codes()).toContain('CASE_LINK DEAD smtp_550')
    expect((await caseOf(id)).rung).toBe(2)
    expect(to(first)).toHaveLength(1)
    expect(to(first)[0]?.text).toContain('n’ont pas pu être transmis : 1.')
    expect(to(first)[0]?.text).toContain('n’a pas confirmé l’effacement : 1.')
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, ORIGIN, type TestApp } from '../../testing/ask.ts'
import { input, phoneNumber, REQUEST, solve } from '../../testing/callbacks.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

// Each test comes from addresses, and with numbers, that no other has: what has had enough is remembered.
let network = 0
let lastPhone = 0
beforeEach(async () => {
  network++
  await app.db.callbackRequest.deleteMany()
})
const from = (host: number) => app.setAddress(`10.${network}.${Math.floor(host / 250)}.${(host % 250) + 1}`)
const page = { 'passerelle-site': 'demo', origin: ORIGIN }
const program = { 'passerelle-site': 'demo' }
type Sent = { idempotencyKey: string; phone: string; challenge?: string; slot?: string }
const send = async (sent: Sent, headers: Record<string, string> = page) =>
  (await app.ask(REQUEST, { input: sent }, headers)).data.requestCallback
const request = (overrides: object = {}, headers = page as Record<string, string>) =>
  send(input({ phone: phoneNumber(++lastPhone), ...overrides }), headers)
/** Sends, and does the work that is asked for. */
async function work(overrides: object = {}, headers = page as Record<string, string>) {
  const sent = input({ phone: phoneNumber(++lastPhone), ...overrides })
  const first = await send(sent, headers)
  return first.__typename === 'ChallengeRequired' ? send({ ...sent, challenge: await solve(first.challenge) }, headers) : first
}
const requestFrom = (host: number, headers: Record<string, string>) => {
  from(host)
  return request({}, headers)
}
const workFrom = (host: number, headers: Record<string, string>) => {
  from(host)
  return work({}, headers)
}
/** The kinds of several answers, one after another, as "5 CallbackReceipt, 2 ChallengeRequired". */
async function kinds(count: number, one: (index: number) => Promise<{ __typename: string }>) {
  const runs: { kind: string; count: number }[] = []
  for (let index = 0; index < count; index++) {
    const { __typename: kind } = await one(index)
    const last = runs.at(-1)
    if (last?.kind === kind) last.count++
    else runs.push({ kind, count: 1 })
  }
  return runs.map((run) => `${run.count} ${run.kind}`).join(', ')
}
const setQuota = async (key: string, callbacksPerHour: number) => {
  await app.db.site.update({ where: { key }, data: { callbacksPerHour } })
  await app.directory.refresh()
}
async function newSite(callbacksPerHour: number) {
  const key = `site-${network}`
  await app.db.site.create({ data: { key, name: key, origins: ['self'], defaultLanguage: 'FR', callbacksPerHour } })
  await app.directory.refresh()
  return { 'passerelle-site': key, origin: ORIGIN }
}

describe('from one address', () => {
  test('of a page, five an hour are free; the next must be worked for, and offer the phone', async () => {
    from(1)
    expect(await kinds(7, () => request())).toBe('5 CallbackReceipt, 2 ChallengeRequired')
    const asked = await request()
    expect(asked.number).toBe('0800/43 436')
    expect(asked.message).toContain('0800/43 436')
    expect(JSON.parse(asked.challenge).parameters).toMatchObject({ algorithm: 'PBKDF2/SHA-256', cost: 2_000, data: { site: 'demo' } })
    expect(await app.db.callbackRequest.count()).toBe(5)
    from(2)
    expect(await kinds(1, () => request())).toBe('1 CallbackReceipt')
  })

  test('of a program, two', async () => {
    from(1)
    expect(await kinds(3, () => request({}, program))).toBe('2 CallbackReceipt, 1 ChallengeRequired')
  })

  test('all addresses of a household are one', async () => {
    const answers = await kinds(7, (index) => {
      app.setAddress(`2001:db8:${network}:7:${index + 1}::${index}`)
      return request()
    })
    expect(answers).toBe('5 CallbackReceipt, 2 ChallengeRequired')
    app.setAddress(`2001:db8:${network}:8::1`)
    expect(await kinds(1, () => request())).toBe('1 CallbackReceipt')
  })

  test('a desk that works for each serves sixty people an hour, and hears then when to come back', async () => {
    from(1)
    expect(await kinds(62, () => work())).toBe('60 CallbackReceipt, 2 TooManyRequests')
    expect(await app.db.callbackRequest.count()).toBe(60)
    const { retryAfterSeconds, message } = await work()
    expect(retryAfterSeconds).toBeGreaterThan(3_000)
    expect(retryAfterSeconds).toBeLessThanOrEqual(3_600)
    expect(message).toMatch(/60 minutes/)
    from(2)
    expect(await kinds(1, () => request())).toBe('1 CallbackReceipt')
  }, 120_000)

  test('a program that works for each sends twenty', async () => {
    from(1)
    expect(await kinds(21, () => work({}, program))).toBe('20 CallbackReceipt, 1 TooManyRequests')
  }, 60_000)

  test('who collects challenges gets harder ones, and in the end none', async () => {
    from(1)
    await kinds(2, () => request({}, program))
    const given: string[] = []
    const collect = async () => {
      const answer = await request({}, program)
      if (answer.challenge) given.push(answer.challenge)
      return answer
    }
    expect(await kinds(41, collect)).toBe('40 ChallengeRequired, 1 TooManyRequests')
    // How far one must count stands nowhere in a challenge; who does the work learns it. Easy ones end at 320, and that five hard ones do by
    // chance happens once in 60,000 times.
    const counters = await Promise.all(given.slice(-5).map(async (one) => JSON.parse(atob(await solve(one))).solution.counter as number))
    expect(Math.max(...counters)).toBeGreaterThan(320)
  })

  test('the same number is taken three times a day, whatever the key, and again from elsewhere', async () => {
    from(1)
    expect(await kinds(4, () => request({ phone: '0470 99 88 77' }))).toBe('3 CallbackReceipt, 1 TooManyRequests')
    expect((await request({ phone: '+32 470/99.88.77' })).retryAfterSeconds).toBeGreaterThan(80_000)
    // None of the refused counted for the address, which has two left.
    expect(await kinds(3, () => request())).toBe('2 CallbackReceipt, 1 ChallengeRequired')
    from(2)
    expect(await kinds(1, () => request({ phone: '0470 99 88 77' }))).toBe('1 CallbackReceipt')
  })

  test('being asked to work does not count for the number', async () => {
    from(1)
    await kinds(5, () => request())
    const again = { phone: '0470 99 88 66' }
    expect(await kinds(4, () => request(again))).toBe('4 ChallengeRequired')
    expect(await kinds(4, () => work(again))).toBe('3 CallbackReceipt, 1 TooManyRequests')
  })

  test('a slot that was lost does not count for the number', async () => {
    from(1)
    const slots = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt endsAt } }')).data.callbackSlots
    const [slot] = slots
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    await app.db.callbackSlot.create({ data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: 10_000 } })
    const phone = '0470 99 88 55'
    expect(await kinds(4, () => request({ phone, slot: slot.id }))).toBe('4 SlotTaken')
    from(2)
    expect(await kinds(3, () => request({ phone, slot: slot.id }))).toBe('3 SlotTaken')
    expect(await kinds(1, () => request({ phone }))).toBe('1 CallbackReceipt')
    await app.db.callbackSlot.deleteMany()
  })

  test('sending again with the same key counts for nothing', async () => {
    from(1)
    const sent = input({ phone: phoneNumber(++lastPhone) })
    const references = new Set<string>()
    for (let time = 0; time < 30; time++) references.add((await send(sent)).reference)
    expect(references.size).toBe(1)
    expect(await kinds(5, () => request())).toBe('4 CallbackReceipt, 1 ChallengeRequired')
    // Also when nothing more is taken from here.
    expect((await send(sent)).__typename).toBe('CallbackReceipt')
  })

  test('what cannot be accepted anyway counts for nothing', async () => {
    from(1)
    expect(await kinds(10, () => request({ phone: 'abc' }))).toBe('10 InvalidInput')
    expect(await kinds(6, () => request())).toBe('5 CallbackReceipt, 1 ChallengeRequired')
  })
})

describe('from one site', () => {
  test('its quota is free, four times as much is worked for, and the rest refused, from wherever it comes', async () => {
    const site = await newSite(2)
    const free = await kinds(4, (index) => requestFrom(index, site))
    expect(free).toBe('2 CallbackReceipt, 2 ChallengeRequired')
    const worked = await kinds(10, (index) => workFrom(index + 20, site))
    expect(worked).toBe('8 CallbackReceipt, 2 TooManyRequests')
    expect(await kinds(1, () => requestFrom(200, page))).toBe('1 CallbackReceipt')
  }, 60_000)

  test('a new quota holds at once', async () => {
    const site = await newSite(1)
    expect(await kinds(2, (index) => requestFrom(index, site))).toBe('1 CallbackReceipt, 1 ChallengeRequired')
    await setQuota(site['passerelle-site'], 3)
    expect(await kinds(2, (index) => requestFrom(index + 5, site))).toBe('1 CallbackReceipt, 1 ChallengeRequired')
  })
})

describe('a solution', () => {
  /** A request that must be worked for, and its challenge. */
  async function asked(headers: Record<string, string> = page) {
    from(1)
    await kinds(5, () => request({}, headers))
    const sent = input({ phone: phoneNumber(++lastPhone) })
    const { challenge } = await send(sent, headers)
    return { sent, challenge: challenge as string }
  }

  test('lets in the request it was made for, with the same key', async () => {
    const { sent, challenge } = await asked()
    const receipt = await send({ ...sent, challenge: await solve(challenge) })
    expect(receipt.__typename).toBe('CallbackReceipt')
    // The key is that of the request, with or without its solution.
    expect((await send(sent)).reference).toBe(receipt.reference)
    expect((await send({ ...sent, challenge: 'x' })).reference).toBe(receipt.reference)
  })

  test('lets in one request only, then or at the same moment', async () => {
    const { challenge } = await asked()
    const solution = await solve(challenge)
    const before = await app.db.callbackRequest.count()
    const answers = await Promise.all(Array.from({ length: 20 }, () => request({ challenge: solution })))
    expect(answers.filter(({ __typename }) => __typename === 'CallbackReceipt')).toHaveLength(1)
    expect(answers.filter(({ __typename }) => __typename === 'ChallengeRequired')).toHaveLength(19)
    const again = await request({ challenge: solution })
    expect(again.__typename).toBe('ChallengeRequired')
    expect(again.challenge).not.toBe(challenge)
    expect(await app.db.callbackRequest.count()).toBe(before + 1)
    expect(await app.db.outboxEvent.count({ where: { type: 'callback.requested' } })).toBe(
      await app.db.auditEvent.count({ where: { action: 'callback.requested' } }),
    )
  })

  test('that was used by nobody, since its slot was lost, still holds', async () => {
    const { sent, challenge } = await asked()
    const solution = await solve(challenge)
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt endsAt } }')).data.callbackSlots
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    await app.db.callbackSlot.create({ data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: 10_000 } })
    const lost = await send({ ...sent, idempotencyKey: 'with-slot', slot: slot.id, challenge: solution })
    expect(lost.__typename).toBe('SlotTaken')
    expect((await send({ ...sent, challenge: solution })).__typename).toBe('CallbackReceipt')
    await app.db.callbackSlot.deleteMany()
  })

  test.each<[what: string, spoil: (solution: string, challenge: string) => Promise<string> | string]>([
    ['wrong', (solution) => btoa(atob(solution).replace(/"derivedKey":"../, '"derivedKey":"zz'))],
    ['malformed', () => 'solution'],
    ['empty', () => ''],
    ['the challenge itself', (_solution, challenge) => challenge],
    ['very long', (solution) => solution.repeat(20)],
  ])('that is %s is answered with another challenge, which can be solved', async (_what, spoil) => {
    const { sent, challenge } = await asked()
    const refused = await send({ ...sent, challenge: await spoil(await solve(challenge), challenge) })
    expect(refused.__typename).toBe('ChallengeRequired')
    expect(refused.challenge).not.toBe(challenge)
    expect((await send({ ...sent, challenge: await solve(refused.challenge) })).__typename).toBe('CallbackReceipt')
  })

  test('of another site, or too late, does not hold', async () => {
    const other = await newSite(100)
    const { sent, challenge } = await asked(other)
    const solution = await solve(challenge)
    expect((await send({ ...sent, challenge: solution }, page)).__typename).toBe('ChallengeRequired')
    app.setTime(new Date('2026-11-17T09:10:01Z'))
    expect((await send({ ...sent, challenge: solution }, other)).__typename).toBe('ChallengeRequired')
    app.setTime(new Date('2026-11-17T09:00:00Z'))
    expect((await send({ ...sent, challenge: solution }, other)).__typename).toBe('CallbackReceipt')
  })
})

describe('looking requests up', () => {
  const FOLLOW = 'query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { status } }'
  const mutation = (field: string) =>
    `mutation ($reference: String!, $phone: String!) { ${field}(reference: $reference, phone: $phone) { __typename ... on TooManyRequests { retryAfterSeconds } } }`
  const wrong = { reference: '333-333-333', phone: '0470 12 34 56' }

  test.each([
    ['a page', page, 30],
    ['a program', program, 10],
  ])('%s may do it so often in an hour, right and wrong alike', async (_what, headers, most) => {
    from(1)
    const phone = phoneNumber(++lastPhone)
    const { reference } = await request({ phone })
    for (let time = 0; time < most; time++) {
      const { data } = await app.ask(FOLLOW, time % 2 ? wrong : { reference, phone }, headers)
      expect(data.callback).toEqual(time % 2 ? null : { status: 'NEW' })
    }
    const refused = await app.ask(FOLLOW, { reference, phone }, headers)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect(refused).toMatchObject({ data: { callback: null }, errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] })
    for (const field of ['cancelCallback', 'rescheduleCallback', 'eraseCallback']) {
      const { data } = await app.ask(mutation(field), { reference, phone }, headers)
      expect(data[field]).toEqual({ __typename: 'TooManyRequests', retryAfterSeconds: expect.any(Number) })
    }
    expect(await app.db.callbackRequest.findFirstOrThrow()).toMatchObject({ status: 'NEW', reference })
    from(2)
    expect((await app.ask(FOLLOW, { reference, phone }, headers)).data.callback).toEqual({ status: 'NEW' })
  })

  test('twenty strangers who look up wrong ones all hour keep nobody from her own', async () => {
    from(41)
    const phone = phoneNumber(900_001)
    const { reference } = await request({ phone })
    for (let address = 1; address <= 20; address++) {
      from(address)
      await Promise.all(Array.from({ length: 30 }, () => app.ask(FOLLOW, wrong, page)))
    }
    from(41)
    expect((await app.ask(FOLLOW, { reference, phone }, page)).data.callback).toEqual({ status: 'NEW' })
  }, 60_000)
})

describe('what was not stored does not count for the number', () => {
  test('a double click, or six of them, is one request and one answer', async () => {
    from(1)
    const one = { phone: phoneNumber(900_002), idempotencyKey: crypto.randomUUID() }
    const answers = await Promise.all(Array.from({ length: 6 }, () => request(one)))
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1)
    expect(await kinds(2, () => request({ phone: one.phone }))).toBe('2 CallbackReceipt')
  })

  test('a database that was away', async () => {
    from(1)
    const one = { phone: phoneNumber(900_003), idempotencyKey: crypto.randomUUID() }
    const query = app.sql.query.bind(app.sql)
    app.sql.query = ((asked: { name?: string }, ...more: unknown[]) =>
      asked?.name === 'callback_store'
        ? Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))
        : (query as (...all: unknown[]) => unknown)(asked, ...more)) as never
    try {
      for (let time = 0; time < 3; time++) expect((await app.ask(REQUEST, { input: input(one) }, page)).status).toBe(503)
    } finally {
      app.sql.query = query as never
    }
    expect((await request(one)).__typename).toBe('CallbackReceipt')
  })
})

describe('with limits switched off', () => {
  test('nothing is refused, and a solution is not looked at', async () => {
    const off = await createTestApp({ limited: false })
    off.setAddress('192.0.2.1')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => off.ask(REQUEST, { input: input({ phone: phoneNumber(index), challenge: 'x' }) })),
    )
    expect(new Set(answers.map(({ data }) => data.requestCallback.__typename))).toEqual(new Set(['CallbackReceipt']))
    await off.close()
  })
})

describe('needs that were not met', () => {
  test('are counted sixty times an hour from one address, and nobody is refused an answer', async () => {
    const ask = () => app.ask('{ findAid(situation: { text: "zzzzqqqq" }) { unmet } }')
    const counted = async () => {
      await app.unmet.flush()
      const { _sum } = await app.db.unmetNeed.aggregate({ _sum: { count: true } })
      return _sum.count ?? 0
    }
    const before = await counted()
    from(1)
    for (let time = 0; time < 70; time++) expect((await ask()).data.findAid.unmet).toBe('NOTHING_FOUND')
    expect((await counted()) - before).toBe(60)
    from(2)
    await ask()
    expect((await counted()) - before).toBe(61)
  })
})

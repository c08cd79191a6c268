import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unseal } from '../sealing/seal.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, requestCallback } from '../testing/callbacks.ts'
import { deliveries, emptyNotices, type Receivers, startReceivers } from '../testing/notices.ts'

let receivers: Receivers
let app: TestApp
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
  app.setTime(NOW)
  await emptyNotices(app.db)
})

const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const PHONE = '0470 12 34 56'
const freeSlot = async (): Promise<string> => {
  const { data } = await app.ask('{ callbackSlots(line: "liege-solidaire") { id available } }')
  return data.callbackSlots.find(({ available }: { available: boolean }) => available).id
}

describe('who leaves an e-mail address', () => {
  test('gets one mail with the reference, and nothing of what she asked', async () => {
    const reference = await requestCallback(app, {
      email: 'ada@example.org',
      name: 'Ada Lovelace',
      need: 'food',
      message: 'Mon frigo est vide.',
      postalCode: '4000',
    })
    await app.runJobsOnce()
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(1)
    const [mail] = receivers.mails
    expect(mail).toMatchObject({ from: 'noreply@passerelle.example', to: ['ada@example.org'] })
    expect(mail?.text).toContain(`Votre référence : ${reference}\nNous vous appelons dès que possible.\n`)
    expect(mail?.headers.get('to')).toBe('ada@example.org')
    expect(mail?.headers.get('from')).toBe('"Rendez-vous" <noreply@passerelle.example>')
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail?.headers.get('content-language')).toBe('fr')
    expect(mail?.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(Date.parse(mail?.headers.get('date') ?? '')).toBe(NOW.getTime())
    expect([...(mail?.headers.keys() ?? [])].sort()).toEqual([
      'auto-submitted',
      'content-language',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ])
    // Its id and her reference are made of letters and digits by chance.
    const told = `${mail?.raw}\n${mail?.text}`
      .replace(/[\da-f-]{36}/g, '')
      .replaceAll(reference, '')
      .toLowerCase()
    for (const word of ['Solidaire', 'Liège', 'CPAS', 'aliment', 'aide', 'social', 'Ada Lovelace', 'frigo', '470', '4000', 'http'])
      expect(told).not.toContain(word.toLowerCase())
    expect(await deliveries(app.db)).toEqual([['EMAIL', 'DELIVERED', 'sent']])
  })

  test.each([
    ['FR', 'Votre demande est bien enregistrée.'],
    ['DE', 'Ihre Anfrage ist bei uns angekommen.'],
    ['NL', 'We hebben uw aanvraag goed ontvangen.'],
    ['EN', 'We have received your request.'],
  ])('gets it in the language she speaks: %s', async (language, sentence) => {
    await requestCallback(app, { email: 'ada@example.org', language })
    await app.runJobsOnce()
    expect(receivers.mails.map(({ text }) => text)).toEqual([expect.stringContaining(sentence)])
  })

  test('hears of the slot she chose, of another one, and that she withdrew', async () => {
    const slot = await freeSlot()
    const reference = await requestCallback(app, { email: 'ada@example.org', slot })
    await app.runJobsOnce()
    await change(app, 'rescheduleCallback', { reference, phone: PHONE })
    await app.runJobsOnce()
    await change(app, 'cancelCallback', { reference, phone: PHONE })
    await app.runJobsOnce()
    const texts = receivers.mails.map(({ text }) => text)
    expect(texts).toHaveLength(3)
    expect(texts[0]).toMatch(/enregistrée[\s\S]*Nous vous appelons \S+ \d+ \S+ entre \S.* et \S.*\./)
    expect(texts[1]).toMatch(/a changé[\s\S]*Nous vous appelons dès que possible\./)
    expect(texts[2]).toContain('retirée')
  })

  test('hears the last news only, when there are several', async () => {
    const reference = await requestCallback(app, { email: 'ada@example.org' })
    await change(app, 'cancelCallback', { reference, phone: PHONE })
    await app.runJobsOnce()
    expect(receivers.mails.map(({ text }) => text)).toEqual([expect.stringContaining('retirée')])
    expect(await deliveries(app.db)).toEqual([
      ['EMAIL', 'CANCELLED', 'superseded'],
      ['EMAIL', 'DELIVERED', 'sent'],
    ])
  })

  test('hears nothing once somebody has spoken with her', async () => {
    await requestCallback(app, { email: 'ada@example.org' })
    await app.db.callbackRequest.updateMany({ data: { status: 'REACHED' } })
    await app.runJobsOnce()
    expect(receivers.mails).toEqual([])
    expect(await deliveries(app.db)).toEqual([['EMAIL', 'CANCELLED', 'over']])
  })

  test('hears nothing of a request she erased, before it was looked at or after', async () => {
    const first = await requestCallback(app, { email: 'ada@example.org' })
    await change(app, 'eraseCallback', { reference: first, phone: PHONE })
    await app.runJobsOnce()
    expect(await deliveries(app.db)).toEqual([])

    receivers.refuse(450)
    const second = await requestCallback(app, { email: 'ada@example.org' })
    await app.runJobsOnce()
    expect(await deliveries(app.db)).toEqual([['EMAIL', 'PENDING', 'smtp_450']])
    await change(app, 'eraseCallback', { reference: second, phone: PHONE })
    receivers.reset()
    app.setTime(later(86_400))
    await app.runJobsOnce()
    expect(receivers.mails).toEqual([])
    expect(await deliveries(app.db)).toEqual([['EMAIL', 'CANCELLED', 'smtp_450']])
  })
})

describe('who says that she may get text messages', () => {
  test('gets one by the gateway, signed, with nothing of what she asked', async () => {
    const reference = await requestCallback(app, { safeContact: { sms: true }, need: 'food', name: 'Ada', message: 'Mon frigo est vide.' })
    await app.runJobsOnce()
    await app.runJobsOnce()
    expect(receivers.messages).toEqual([
      {
        id: expect.stringMatching(/^msg_[\da-f-]{36}$/),
        verified: true,
        type: 'application/json',
        body: {
          to: '+32470123456',
          text: `Réf. ${reference} : nous vous appelons dès que possible. Pour retirer la demande : le site, avec cette référence et votre numéro.`,
        },
      },
    ])
    expect(receivers.mails).toEqual([])
  })

  test('gets none at a number that is not a mobile one', async () => {
    await requestCallback(app, { safeContact: { sms: true }, phone: '04 222 33 44' })
    await app.runJobsOnce()
    expect(receivers.messages).toEqual([])
    expect(await deliveries(app.db)).toEqual([['SMS', 'CANCELLED', 'not_mobile']])
  })

  test('gets a mail besides, when she left an address', async () => {
    await requestCallback(app, { safeContact: { sms: true }, email: 'ada@example.org' })
    await app.runJobsOnce()
    expect([receivers.mails.length, receivers.messages.length]).toEqual([1, 1])
  })
})

test.each([
  ['said nothing', {}],
  ['wants no text message', { safeContact: { sms: false, voicemail: true } }],
])('who %s gets nothing, and the event is done with', async (_what, wishes) => {
  await requestCallback(app, wishes)
  await app.runJobsOnce()
  expect(await deliveries(app.db)).toEqual([])
  expect(await app.db.outboxEvent.count({ where: { dispatchedAt: null } })).toBe(0)
})

test('nobody gets more than six messages a day by one way, whoever typed the address', async () => {
  for (let count = 0; count < 8; count++)
    await requestCallback(app, { phone: `0470 12 35 ${10 + count}`, email: count % 2 ? 'ada@example.org' : 'Ada@Example.org' })
  await app.runJobsOnce()
  expect(receivers.mails).toHaveLength(6)
  const outcomes = await deliveries(app.db)
  expect(outcomes.filter(([, state, code]) => state === 'CANCELLED' && code === 'limited')).toHaveLength(2)
})

test('a request that is filled in by a program leads to no message', async () => {
  await requestCallback(app, { email: 'ada@example.org', website: 'https://spam.example' })
  await app.runJobsOnce()
  expect(receivers.mails).toEqual([])
  expect(await app.db.outboxEvent.count()).toBe(0)
})

test('what was sealed with a key that is missing waits for it', async () => {
  await requestCallback(app, { email: 'ada@example.org' })
  const row = await app.db.callbackRequest.findFirstOrThrow()
  await app.db.callbackRequest.updateMany({ data: { emailSealed: row.emailSealed?.replace(/^v1\.[^.]+/, 'v1.k99') ?? null } })
  await app.runJobsOnce()
  expect(await deliveries(app.db)).toEqual([['EMAIL', 'PENDING', 'unreadable']])
  await app.db.callbackRequest.updateMany({ data: { emailSealed: row.emailSealed } })
  app.setTime(later(60))
  await app.runJobsOnce()
  expect(receivers.mails).toHaveLength(1)
})

test('nothing personal is kept of what was sent, nor in the log', async () => {
  receivers.answer((_request, response) => response.writeHead(500).end('+32470998877 sentinelle'))
  receivers.refuse(550, 'sentinelle@example.org is unknown')
  await requestCallback(app, {
    phone: '0470 99 88 77',
    email: 'sentinelle@example.org',
    name: 'Sentinelle',
    message: 'texte-sentinelle',
    safeContact: { sms: true },
  })
  await app.runJobsOnce()
  expect((await deliveries(app.db)).map(([, , code]) => code).sort()).toEqual(['http_500', 'smtp_550'])
  const row = await app.db.callbackRequest.findFirstOrThrow()
  expect(unseal(app.keys, row.emailSealed ?? '', { table: 'callback_request', column: 'email', row: row.id })).toBe(
    'sentinelle@example.org',
  )
  let kept = JSON.stringify(app.errors)
  for (const table of ['outbox_event', 'delivery', 'delivery_attempt', 'audit_event', 'rate_limit']) {
    const { rows } = await app.sql.query(`SELECT t::text FROM "${table}" AS t`)
    kept += JSON.stringify(rows)
  }
  expect(kept).toContain('delivery.dead')
  for (const secret of ['470998877', '470 99 88 77', 'sentinelle', row.reference ?? ''].map((word) => word.toLowerCase()))
    expect(kept.toLowerCase()).not.toContain(secret)
})

describe('the ways by which a server can send', () => {
  test('are told, so that a form asks for what is of use', async () => {
    expect((await app.ask('{ noticeChannels }')).data).toEqual({ noticeChannels: ['EMAIL', 'SMS'] })
  })

  test('are none by default: events are done with, and stay so when some are set up later', async () => {
    const mute = await createTestApp()
    expect((await mute.ask('{ noticeChannels }')).data).toEqual({ noticeChannels: [] })
    await requestCallback(mute, { email: 'ada@example.org', safeContact: { sms: true } })
    await mute.runJobsOnce()
    expect(await mute.db.outboxEvent.count({ where: { dispatchedAt: null } })).toBe(0)
    expect(await mute.db.delivery.count()).toBe(0)
    await mute.close()
  })
})

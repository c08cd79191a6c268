import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(() => app.setTime(NOW))

const TUESDAY = '2026-11-17T10:00:00+01:00'
const NIGHT = '2026-11-17T23:00:00+01:00'

async function line(slug: string, fields: string, headers: Record<string, string> = {}) {
  const { data, errors } = await app.ask(`query ($slug: String!) { line(slug: $slug) { ${fields} } }`, { slug }, headers)
  expect(errors).toBeUndefined()
  return data.line
}
/** Changes a line for the tests of a block; dates as YYYY-MM-DD. */
const change = async (
  slug: string,
  data: { validFrom?: string | null; validTo?: string | null; successor?: string | null; fallback?: string | null },
) => {
  const idOf = async (other: string | null | undefined) =>
    other == null ? other : (await app.db.line.findUniqueOrThrow({ where: { slug: other } })).id
  await app.db.line.update({
    where: { slug },
    data: {
      validFrom: data.validFrom == null ? data.validFrom : new Date(data.validFrom),
      validTo: data.validTo == null ? data.validTo : new Date(data.validTo),
      successorId: await idOf(data.successor),
      fallbackId: await idOf(data.fallback),
    },
  })
  await app.directory.refresh()
}

describe('a line that is in service', () => {
  const FIELDS = 'inService openingStatus { open label closedFor } instead { slug } closingMessage'

  test('is called itself while it is open', async () => {
    expect(await line('liege-solidaire', FIELDS)).toMatchObject({ inService: true, openingStatus: { open: true }, instead: null })
  })

  test('has its fallback called in its place, as soon as that one opens first', async () => {
    // 1718 opens half an hour earlier.
    app.setTime(new Date(NIGHT))
    expect(await line('liege-solidaire', FIELDS)).toMatchObject({ openingStatus: { open: false }, instead: { slug: '1718' } })
  })

  test('has the fallback of its fallback called, when that one is open', async () => {
    await change('1718', { fallback: 'tele-accueil' })
    expect(await line('liege-solidaire', `night: instead(at: "${NIGHT}") { slug number } day: instead(at: "${TUESDAY}") { slug }`)).toEqual(
      {
        night: { slug: 'tele-accueil', number: '107' },
        day: null,
      },
    )
    await change('1718', { fallback: null })
  })

  test.each([
    ['fr', 'Fermé pour le 11 novembre. Ouvre demain à 9 h', '11 novembre'],
    ['de', 'Geschlossen (Feiertag: 11. November). Öffnet morgen um 9 Uhr', '11. November'],
    ['nl', 'Gesloten (feestdag: 11 november). Opent morgen om 9 uur', '11 november'],
    ['en', 'Closed for Armistice Day. Opens tomorrow at 9:00', 'Armistice Day'],
  ])('says in %s why it is closed on a legal holiday', async (language, label, closedFor) => {
    app.setTime(new Date('2026-11-11T10:00:00+01:00'))
    const { openingStatus } = await line('liege-solidaire', FIELDS, { 'accept-language': language })
    expect(openingStatus).toEqual({ open: false, label, closedFor })
  })

  test('says why it is closed on a closing day of its organization', async () => {
    app.setTime(new Date('2026-11-02T10:00:00+01:00'))
    const { openingStatus } = await line('liege-solidaire', FIELDS)
    expect(openingStatus).toEqual({ open: false, label: 'Fermé : 2 novembre. Ouvre demain à 9 h', closedFor: '2 novembre' })
  })

  test('shows its exceptions, and keeps to them', async () => {
    const { id } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const exception = await app.db.scheduleException.create({
      data: {
        lineId: id,
        firstDay: new Date('2026-11-17'),
        lastDay: new Date('2026-11-17'),
        opensAt: '13:00',
        closesAt: '20:00',
        translations: { create: [{ language: 'FR', reason: 'formation du personnel' }] },
      },
    })
    await app.directory.refresh()
    const { openingStatus, scheduleExceptions } = await line(
      'liege-solidaire',
      'openingStatus { open opensAt label closedFor } scheduleExceptions { firstDay lastDay opensAt closesAt reason }',
    )
    expect(openingStatus).toEqual({
      open: false,
      opensAt: '2026-11-17T12:00:00.000Z',
      label: 'Fermé : formation du personnel. Ouvre aujourd’hui à 13 h',
      closedFor: 'formation du personnel',
    })
    expect(scheduleExceptions).toEqual([
      { firstDay: '2026-11-17', lastDay: '2026-11-17', opensAt: '13:00', closesAt: '20:00', reason: 'formation du personnel' },
    ])
    await app.db.scheduleException.delete({ where: { id: exception.id } })
    await app.directory.refresh()
  })
})

test('a line that has not begun is not the one to call, though nothing is known of its hours', async () => {
  const { id, validFrom } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
  const schedules = await app.db.schedule.findMany({ where: { lineId: id } })
  await app.db.schedule.deleteMany({ where: { lineId: id } })
  await change('liege-solidaire', { validFrom: '2026-12-24' })
  expect(await line('liege-solidaire', 'inService openingStatus { known open } instead { slug }')).toEqual({
    inService: false,
    openingStatus: { known: true, open: false },
    instead: { slug: '1718' },
  })
  await app.db.schedule.createMany({ data: schedules })
  await change('liege-solidaire', { validFrom: validFrom?.toISOString() ?? null })
})

describe('a line that has ended', () => {
  beforeAll(() => change('liege-solidaire', { validTo: '2021-06-30', successor: '1718' }))
  afterAll(() => change('liege-solidaire', { validTo: null }))

  test('is not in service, says so, and names its successor', async () => {
    expect(
      await line('liege-solidaire', 'inService successor { slug } openingStatus { known open opensAt label } instead { slug } validTo'),
    ).toEqual({
      inService: false,
      successor: { slug: '1718' },
      openingStatus: { known: true, open: false, opensAt: null, label: 'N’est plus en service' },
      instead: { slug: '1718' },
      validTo: '2021-06-30',
    })
  })

  test('was in service until its last day', async () => {
    const at = ['2020-11-15T12:00:00Z', '2020-11-16T08:00:00Z', '2021-06-30T21:59:59Z', '2021-06-30T22:00:00Z']
    const fields = at.map((moment, index) => `at${index}: inService(at: "${moment}")`).join(' ')
    expect(await line('liege-solidaire', fields)).toEqual({ at0: false, at1: true, at2: true, at3: false })
  })

  test('leads on through a successor that has ended too', async () => {
    await change('1718', { validTo: '2022-06-30', successor: '1719' })
    expect(await line('liege-solidaire', 'instead { slug } successor { slug }')).toEqual({
      instead: { slug: '1719' },
      successor: { slug: '1718' },
    })
    await change('1718', { validTo: null, successor: null })
  })

  test.each([
    ['fr', 'Cette ligne n’est plus en service. Appelez le 1718.'],
    ['de', 'Diese Nummer ist nicht mehr in Betrieb. Rufen Sie 1718 an.'],
    ['nl', 'Deze lijn is niet meer in dienst. Bel 1718.'],
    ['en', 'This line is no longer in service. Call 1718.'],
  ])('always has a closing message, in %s', async (language, message) => {
    const stored = await app.db.lineTranslation.findMany({ where: { line: { slug: 'liege-solidaire' } } })
    const own = await line('liege-solidaire', 'closingMessage', { 'accept-language': language })
    expect(own.closingMessage).toBe(stored.find((text) => text.language === language.toUpperCase())?.closingMessage)

    await app.db.lineTranslation.updateMany({ where: { line: { slug: 'liege-solidaire' } }, data: { closingMessage: null } })
    await app.directory.refresh()
    expect(await line('liege-solidaire', 'closingMessage', { 'accept-language': language })).toEqual({ closingMessage: message })
    for (const { lineId, language: of, closingMessage } of stored)
      await app.db.lineTranslation.update({ where: { lineId_language: { lineId, language: of } }, data: { closingMessage } })
    await app.directory.refresh()
  })
})

describe('a moment', () => {
  const inService = (at: string) => app.ask('query ($at: DateTime) { line(slug: "liege-solidaire") { inService(at: $at) } }', { at })
  test.each(['2026-11-17T10:00Z', '2024-02-29T23:59:59.123456789+14:00', '2026-03-29T02:30:00+01:00'])('%s', async (at) => {
    expect((await inService(at)).errors).toBeUndefined()
  })
  test.each(['2026-02-31T10:00:00Z', '2026-13-01T10:00:00Z', '2026-11-17T24:00:00Z', '2026-11-17T10:60:00Z', '2026-11-17T10:00:00'])(
    'that does not exist is refused: %s',
    async (at) => {
      expect((await inService(at)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    },
  )
})

describe('the menu', () => {
  const menu = async (at: string | null, fields = 'position') =>
    (await line('liege-solidaire', `menu${at ? `(at: "${at}")` : ''} { ${fields} }`)).menu
  const add = async (data: {
    position: number
    kind: 'QUEUE' | 'PARTNER' | 'TRANSFER'
    validFrom: Date
    transferTo?: string
    partner?: string
  }) => {
    const { transferTo, partner, ...entry } = data
    const one = async (slug: string) => (await app.db.line.findUniqueOrThrow({ where: { slug } })).id
    const organization = async (slug: string) => (await app.db.organization.findUniqueOrThrow({ where: { slug } })).id
    await app.db.menuEntry.create({
      data: {
        ...entry,
        lineId: await one('liege-solidaire'),
        transferToId: transferTo ? await one(transferTo) : null,
        partnerId: partner ? await organization(partner) : null,
        translations: { create: [{ language: 'FR', label: `touche ${data.position}` }] },
      },
    })
    await app.directory.refresh()
  }

  test('is that of the day asked for: the sixth key came on 1 December 2020', async () => {
    const keys = async (at: string) => (await menu(at)).map(({ position }: { position: number }) => position)
    expect(await keys('2020-11-30')).toEqual([1, 2, 3, 4, 5])
    expect(await keys('2020-12-01')).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('is that of today unless a day is named', async () => {
    app.setTime(new Date('2020-11-30T09:00:00Z'))
    expect(await menu(null)).toHaveLength(5)
  })

  test('gives a key its new purpose, with a queue, a partner or another line', async () => {
    await add({ position: 1, kind: 'QUEUE', validFrom: new Date('2026-12-01') })
    await add({ position: 8, kind: 'PARTNER', validFrom: new Date('2026-12-01'), partner: 'rwlp' })
    await add({ position: 9, kind: 'TRANSFER', validFrom: new Date('2026-12-01'), transferTo: 'tele-accueil' })
    const fields = 'position kind label service { slug } partner { slug } transfersTo { slug } validFrom validTo'
    const [before] = await menu('2026-11-30', fields)
    expect(before).toMatchObject({ position: 1, kind: 'SERVICE', service: { slug: 'soutien-seniors-liege' }, validFrom: null })
    const after = await menu('2026-12-01', fields)
    expect(after.map(({ position }: { position: number }) => position)).toEqual([1, 2, 3, 4, 5, 6, 8, 9])
    const entry = (position: number) => after.find((one: { position: number }) => one.position === position)
    const nothing = { service: null, partner: null, transfersTo: null, validFrom: '2026-12-01', validTo: null }
    expect(entry(1)).toEqual({ ...nothing, position: 1, kind: 'QUEUE', label: 'touche 1' })
    expect(entry(8)).toEqual({ ...nothing, position: 8, kind: 'PARTNER', label: 'touche 8', partner: { slug: 'rwlp' } })
    expect(entry(9)).toEqual({ ...nothing, position: 9, kind: 'TRANSFER', label: 'touche 9', transfersTo: { slug: 'tele-accueil' } })
  })

  test('a key whose service has ended or does not answer leads to none', async () => {
    const where = { slug: 'soutien-seniors-liege' }
    const behind = async () => {
      await app.directory.refresh()
      return (await menu(null, 'label service { slug }'))[0]
    }
    for (const data of [{ status: 'DEFUNCT' as const }, { checkFailedOn: new Date('2026-11-01') }]) {
      await app.db.service.update({ where, data })
      expect(await behind()).toEqual({ label: expect.any(String), service: null })
      await app.db.service.update({ where, data: { status: 'ACTIVE', checkFailedOn: null } })
      expect(await behind()).toMatchObject({ service: where })
    }
  })

  test.each(['2026-13-45', '2026-02-31', '2025-02-29', '2026-11-1', '+002026-11-17'])(
    'of a day that does not exist is refused: %s',
    async (day) => {
      const before = app.errors.length
      const written = await app.ask(`{ lines { menu(at: "${day}") { position } } }`)
      const variable = await app.ask('query ($day: Date) { lines { menu(at: $day) { position } } }', { day })
      expect([written, variable].map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])
      expect(app.errors).toHaveLength(before)
    },
  )

  test('a transfer to a line that has ended leads to the one that took over', async () => {
    const transfer = async (at: string) =>
      (await menu(at, 'position transfersTo { slug }')).find((one: { position: number }) => one.position === 9)?.transfersTo
    await change('tele-accueil', { validTo: '2026-12-31', successor: 'prevention-suicide' })
    expect(await transfer('2026-12-31')).toEqual({ slug: 'tele-accueil' })
    expect(await transfer('2027-01-01')).toEqual({ slug: 'prevention-suicide' })
    await change('tele-accueil', { validTo: '2026-12-31', successor: null })
    expect(await transfer('2027-01-01')).toBeNull()
    await change('tele-accueil', { validTo: null })
  })
})

test('a line that nobody checked for long warns, and keeps its number', async () => {
  expect(await line('liege-solidaire', 'number freshness { state warning checkedOn days }')).toEqual({
    number: '0800/43 436',
    freshness: {
      state: 'STALE',
      warning: 'Dernière vérification : décembre 2020. Ces informations ont pu changer : renseignez-vous d’abord.',
      checkedOn: '2020-12-01',
      days: 2_177,
    },
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'

const FIND = `query ($situation: SituationInput!, $first: Int) {
  findAid(situation: $situation, first: $first) {
    urgency unmet matchCount
    emergencyPhones { number description uri }
    emergencyLines { slug number }
    commune { nisCode cpas { slug } }
    needs { code }
    matches {
      service { slug organization { slug } serviceAreas { kind code } needs { code } languages openingStatus { open known } }
      eligibility { verdict reasons }
    }
    faqEntries { slug }
    line { slug openingStatus { open label } }
  }
}`
const LIEGE = '62063'
const EUPEN = '63023'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
  // A need that nobody serves, anywhere.
  await app.db.need.create({ data: { code: 'pets', position: 999, translations: { create: { language: 'FR', label: 'Animaux' } } } })
  await app.directory.refresh()
})
afterAll(() => app.close())
beforeEach(() => app.setTime(NOW))

async function find(situation: object, { first, headers }: { first?: number; headers?: Record<string, string> } = {}) {
  const { data, errors } = await app.ask(FIND, { situation, first }, headers)
  expect(errors).toBeUndefined()
  return data.findAid
}
const slugs = (finding: any): string[] => finding.matches.map((match: any) => match.service.slug)

/** What was counted so far, as lines, and then nothing. */
async function takeUnmet(): Promise<string[]> {
  await app.unmet.flush()
  const rows = await app.db.unmetNeed.findMany({ orderBy: [{ reason: 'asc' }, { needCode: 'asc' }] })
  await app.db.unmetNeed.deleteMany()
  return rows.map(
    ({ day, reason, needCode, nisCode, count }) =>
      `${day.toISOString().slice(0, 10)} ${reason} ${needCode || '-'} ${nisCode || '-'} ${count}`,
  )
}

describe('danger comes first', () => {
  test.each([
    ['je veux mourir', 'FR', '112'],
    ['mon mari me frappe', 'FR', '0800 30 030'],
    ['Ich will nicht mehr leben', 'DE', '112'],
    ['my husband hits me', 'EN', '112'],
  ])('by the words: %s', async (text, _language, number) => {
    const finding = await find({ text })
    expect(finding.urgency).toBe('DANGER')
    expect(finding.emergencyPhones[0].number).toBe('112')
    expect(finding.emergencyPhones.map((phone: any) => phone.number)).toContain(number)
    expect(finding.emergencyPhones[0].uri).toBe('tel:112')
  })

  test('by the need', async () => {
    const finding = await find({ needs: ['violence.partner'] })
    expect(finding.urgency).toBe('DANGER')
    expect(finding.emergencyLines.map((line: any) => line.slug)).toEqual(expect.arrayContaining(['112', 'ecoute-violences-conjugales']))
  })

  test('a crisis has numbers too, everyday trouble has none', async () => {
    expect((await find({ needs: ['mental-health'] })).urgency).toBe('CRISIS')
    expect((await find({ needs: ['mental-health'] })).emergencyPhones.length).toBeGreaterThan(0)
    const debts = await find({ needs: ['debt'], nisCode: LIEGE })
    expect(debts.urgency).not.toMatch(/DANGER|CRISIS/)
    expect(debts.emergencyPhones).toEqual([])
  })

  test('words in common with a danger are none', async () => {
    const widow = await find({ text: 'mon mari est mort', nisCode: LIEGE })
    expect(widow.urgency).toBe('INFO')
    expect(widow.emergencyPhones).toEqual([])
    expect((await find({ text: 'burn-out', nisCode: LIEGE })).urgency).toBe('CRISIS')
  })

  test('a question about something else makes nothing pressing', async () => {
    const carer = await find({ text: 'je m’occupe de ma mère alzheimer je n’en peux plus', nisCode: LIEGE })
    expect(carer.needs[0].code).toBe('care')
    expect(carer.urgency).toBe('INFO')
  })

  test('where little is offered, a suicide line is no answer to a bailiff', async () => {
    const { matches } = await find({ text: 'deurwaarder aan de deur', nisCode: '11002' })
    expect(matches.map(({ service }: any) => service.slug)).not.toContain('prevention-suicide')
  })

  test('who helps with the danger that was found is among the first', async () => {
    const { matches } = await find({ text: 'my dad hits me', nisCode: LIEGE, age: 14 })
    expect(matches.slice(0, 3).map(({ service }: any) => service.slug)).toContain('ecoute-enfants-103')
  })

  test('a danger does not hide the services', async () => {
    const finding = await find({ text: 'mon mari me frappe', nisCode: LIEGE })
    expect(finding.matches.length).toBeGreaterThan(0)
    expect(finding.needs[0].code).toBe('violence.partner')
  })
})

describe('services, best first', () => {
  test('are about the need, and offered where she lives', async () => {
    const finding = await find({ needs: ['food'], nisCode: LIEGE })
    expect(finding.commune.nisCode).toBe(LIEGE)
    expect(finding.matches.length).toBeGreaterThan(3)
    for (const { service } of finding.matches) {
      expect(service.needs.some(({ code }: any) => code.startsWith('food'))).toBe(true)
      const areas = service.serviceAreas.map(({ kind, code }: any) => `${kind} ${code}`)
      expect(areas.some((area: string) => ['COMMUNE 62063', 'PROVINCE liege', 'REGION wallonie', 'COUNTRY BE'].includes(area))).toBe(true)
    }
  })

  test.each([
    ['Liège', LIEGE, 'food'],
    ['Eupen', EUPEN, 'income'],
    ['Namur', '92094', 'energy.bill'],
    ['Charleroi', '52011', 'housing.eviction'],
  ])('the centre of %s is among the first three', async (_name, nisCode, need) => {
    const finding = await find({ needs: [need], nisCode })
    const first = finding.matches.slice(0, 3).map((match: any) => match.service.organization.slug)
    expect(first).toContain(finding.commune.cpas.slug)
  })

  test('no other commune’s centre is named, and none while the commune is not known', async () => {
    const centres = (finding: any) => slugs(finding).filter((slug) => /^accueil-/.test(slug))
    expect(centres(await find({ needs: ['food'], nisCode: LIEGE }, { first: 100 }))).toEqual(['accueil-cpas-liege'])
    expect(centres(await find({ needs: ['food'] }, { first: 100 }))).toEqual([])
    // In Flanders and Brussels there are other bodies, which are not in this directory.
    expect(centres(await find({ needs: ['food'], nisCode: '11002' }, { first: 100 }))).toEqual([])
  })

  test('a need one does not take to a centre is not headed by it', async () => {
    const finding = await find({ needs: ['work.training'], nisCode: LIEGE })
    expect(slugs(finding).slice(0, 3)).not.toContain('accueil-cpas-liege')
  })

  test('what does not suit her comes last, with the reason', async () => {
    const finding = await find({ needs: ['income'], nisCode: LIEGE, age: 30 }, { first: 60 })
    const verdicts: string[] = finding.matches.map((match: any) => match.eligibility.verdict)
    const firstNot = verdicts.indexOf('NOT_ELIGIBLE')
    expect(firstNot).toBeGreaterThan(0)
    expect(verdicts.slice(firstNot).every((verdict) => verdict === 'NOT_ELIGIBLE')).toBe(true)
    for (const { eligibility } of finding.matches.slice(firstNot)) expect(eligibility.reasons.length).toBeGreaterThan(0)
  })

  test('words find what a need does not name', async () => {
    const finding = await find({ text: 'jai plus rien a manger', nisCode: LIEGE })
    expect(finding.needs[0].code).toMatch(/^food/)
    expect(finding.matches.slice(0, 5).some((match: any) => match.service.needs.some(({ code }: any) => code.startsWith('food')))).toBe(
      true,
    )
    expect(finding.faqEntries.length).toBeGreaterThan(0)
  })

  test('open now leaves out what is closed; whose hours are not known comes after', async () => {
    const finding = await find({ needs: ['mental-health', 'food'], nisCode: LIEGE, openNow: true }, { first: 60 })
    const states: string[] = finding.matches.map(({ service }: any) =>
      service.openingStatus.open ? 'open' : service.openingStatus.known ? 'closed' : 'unknown',
    )
    expect(states).not.toContain('closed')
    expect(states[0]).toBe('open')
    expect(states).toContain('unknown')
    expect(finding.unmet).toBeNull()
  })

  test('nothing told: what there is for everybody, and a line', async () => {
    const finding = await find({})
    expect(finding.matches.length).toBe(20)
    expect(finding.unmet).toBeNull()
    expect(finding.line).not.toBeNull()
    expect(finding.commune).toBeNull()
  })

  test('a postal code of two communes means neither of them alone', async () => {
    expect((await find({ needs: ['food'], postalCode: '1050' })).commune).toBeNull()
    expect((await find({ needs: ['food'], postalCode: '4000' })).commune.nisCode).toBe(LIEGE)
  })
})

describe('whom to call', () => {
  test.each([
    ['in Liège, in French', { nisCode: LIEGE, needs: ['food'] }, 'fr', 'liege-solidaire'],
    ['elsewhere in Wallonia', { nisCode: '92094', needs: ['food'] }, 'fr', '1718'],
    ['in German', { nisCode: EUPEN, needs: ['food'] }, 'de', '1719'],
    ['who speaks German, whatever the page', { needs: ['food'], languages: ['DE'] }, 'fr', '1719'],
    ['who did not say where she lives', { needs: ['food'] }, 'fr', '1718'],
  ])('%s', async (_what, situation, language, slug) => {
    const { line } = await find(situation, { headers: { 'accept-language': language } })
    expect(line.slug).toBe(slug)
    expect(line.openingStatus.open).toBe(true)
  })

  test('in the night a line that is closed is named with its opening', async () => {
    app.setTime(new Date('2026-11-17T02:00:00Z'))
    const { line } = await find({ needs: ['debt'], nisCode: '92094' })
    expect(line.openingStatus.label).toMatch(/8 h/)
  })
})

describe('unmet needs are counted, without the person', () => {
  beforeEach(takeUnmet)

  test('nothing at all', async () => {
    const finding = await find({ needs: ['pets'], nisCode: '11002' })
    expect(finding.matches).toEqual([])
    expect(finding.unmet).toBe('NOTHING_FOUND')
    expect(finding.line).not.toBeNull()
    expect(await takeUnmet()).toEqual(['2026-11-17 NOTHING_FOUND pets 11002 1'])
  })

  test('twice is two, in one row', async () => {
    await Promise.all([find({ needs: ['pets'], nisCode: '11002' }), find({ needs: ['pets'], nisCode: '11002' })])
    await app.unmet.flush()
    await find({ needs: ['pets'], nisCode: '11002' })
    expect(await takeUnmet()).toEqual(['2026-11-17 NOTHING_FOUND pets 11002 3'])
  })

  test('only elsewhere', async () => {
    const finding = await find({ needs: ['goods'], nisCode: '11002' })
    expect(finding.unmet).toBe('OUT_OF_AREA')
    expect(await takeUnmet()).toEqual(['2026-11-17 OUT_OF_AREA goods 11002 1'])
  })

  test('full, and closed for a time', async () => {
    const { matches } = await find({ needs: ['housing.shelter'], nisCode: LIEGE }, { first: 100 })
    const wanted = matches.map((match: any) => match.service.slug)
    const services = await app.db.service.findMany({ where: { slug: { in: wanted } } })
    try {
      for (const { id } of services)
        await app.db.serviceCapacity.create({ data: { serviceId: id, unit: 'lit', available: 0, maximum: 10, updated: NOW } })
      await app.directory.refresh()
      expect((await find({ needs: ['housing.shelter'], nisCode: LIEGE })).unmet).toBe('FULL')
      await app.db.service.updateMany({ where: { slug: { in: wanted } }, data: { status: 'TEMPORARILY_CLOSED' } })
      await app.directory.refresh()
      expect((await find({ needs: ['housing.shelter'], nisCode: LIEGE })).unmet).toBe('CLOSED')
      expect(await takeUnmet()).toEqual(['2026-11-17 FULL housing.shelter 62063 1', '2026-11-17 CLOSED housing.shelter 62063 1'])
    } finally {
      await app.db.serviceCapacity.deleteMany()
      await app.db.service.updateMany({ where: { slug: { in: wanted } }, data: { status: 'ACTIVE' } })
      await app.directory.refresh()
    }
  })

  test('what helps is not counted, nor is a look around', async () => {
    await find({ needs: ['food'], nisCode: LIEGE })
    await find({})
    expect(await takeUnmet()).toEqual([])
  })

  test('words leave no trace', async () => {
    await find({ text: 'xyzzy 0470 12 34 56 qqqq', nisCode: '11002' })
    expect((await takeUnmet()).join()).not.toContain('0470')
  })

  test('while the database is away the answer is there, and the count comes later', async () => {
    await app.db.$executeRaw`ALTER TABLE "unmet_need" RENAME TO "unmet_need_away"`
    try {
      expect((await find({ needs: ['pets'], nisCode: '11002' })).unmet).toBe('NOTHING_FOUND')
      await app.unmet.flush()
    } finally {
      await app.db.$executeRaw`ALTER TABLE "unmet_need_away" RENAME TO "unmet_need"`
    }
    expect(await takeUnmet()).toEqual(['2026-11-17 NOTHING_FOUND pets 11002 1'])
  })
})

describe('what is refused', () => {
  test.each([
    ['a need that does not exist', { needs: ['nope'] }, undefined, 'situation.needs'],
    ['a place that does not exist', { nisCode: '99999' }, undefined, 'situation.nisCode'],
    ['an age that nobody has', { age: 400 }, undefined, 'situation.age'],
    ['too long a page', {}, 101, 'first'],
    ['a negative page', {}, -1, 'first'],
  ])('%s', async (_what, situation, first, path) => {
    const { errors } = await app.ask(FIND, { situation, first })
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
    expect(errors?.[0]?.extensions.problems[0].path.join('.')).toBe(path)
  })

  test('words in an address', async () => {
    const query = (situation: string) => encodeURIComponent(`{ findAid(situation: ${situation}) { urgency } }`)
    const refused = await app.fetch(`/graphql?query=${query('{ text: "je veux mourir" }')}`)
    expect((await refused.json()).errors[0].extensions.code).toBe('POST_REQUIRED')
    const plain = await app.fetch(`/graphql?query=${query('{ needs: ["food"] }')}`)
    expect((await plain.json()).data.findAid.urgency).toBeDefined()
  })

  test.each([
    ['a huge text', 'x'.repeat(5_000)],
    ['signs of SQL', "é'%_\\"],
    ['pictures', '🙂🙂'],
    ['a null byte', '\u0000'],
    ['words of the language', 'constructor __proto__'],
  ])('%s harms nothing', async (_what, text) => {
    const finding = await find({ text, nisCode: LIEGE })
    expect(finding.line).not.toBeNull()
  })
})

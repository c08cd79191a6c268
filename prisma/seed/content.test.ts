import { describe, expect, test } from 'vitest'
import { fr } from '../../api/strings/fr.ts'
import { areaOf, type HoursData, type Localized, type PhoneData, readContent } from './content.ts'
import { cpasOf, servicesOfCpas } from './cpas.ts'

const content = await readContent('prisma/seed')
const cpas = cpasOf(content)
const organizations = [...content.organizations, ...cpas]
const { communes, localities, needs, audiences, services, faqEntries, lines } = content

const TAGS = ['fr', 'de', 'nl', 'en']
const set = (values: readonly string[]) => new Set(values)
const slugsOf = (records: readonly { slug: string }[]) => records.map(({ slug }) => slug)
const known = {
  communes: set(communes.map(({ nis }) => nis)),
  postalCodes: set(localities.map(({ code }) => code)),
  needs: set(needs.map(({ code }) => code)),
  audiences: set(audiences.map(({ code }) => code)),
  organizations: set(slugsOf(organizations)),
  services: set(slugsOf(services)),
  faqEntries: set(slugsOf(faqEntries)),
  lines: set(slugsOf(lines)),
}
/** Failures are read as a list of what is wrong where, so a test collects them all. */
const wrong = <T>(records: readonly T[], nameOf: (record: T) => string, check: (record: T) => (string | false | null | undefined)[]) =>
  records.flatMap((record) => check(record).flatMap((fault) => (fault ? [`${nameOf(record)}: ${fault}`] : [])))
const bySlug = ({ slug }: { slug: string }) => slug
const missing = (what: string, codes: readonly string[], all: ReadonlySet<string>) =>
  codes.filter((code) => !all.has(code)).map((code) => `${what} ${code}`)
const duplicates = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index)
const inFour = (what: string, texts: Localized<unknown>) =>
  TAGS.map((tag) => !(texts as Record<string, unknown>)[tag] && `${what} lacks ${tag}`)

/** Every text of a value, with where it stands. Sources and facts are notes of the editors, not texts. */
function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, one]) => (key === 'source' || key === 'facts' ? [] : textsIn(one, `${path}/${key}`)))
}
const shown = [...services, ...faqEntries, ...lines, ...organizations].flatMap((record) => textsIn(record, record.slug))
/** What people read: not slugs, codes, dates and addresses. */
const prose = shown.filter(({ path }) => /\/(texts|label|name|requiredDocuments|eligibility)\//.test(`${path}/`) && !path.endsWith('/code'))

describe('places', () => {
  test('all 565 communes, with 1,152 postal codes', () => {
    expect(communes).toHaveLength(565)
    expect(known.communes.size).toBe(565)
    expect(known.postalCodes.size).toBe(1_152)
  })

  test('262 less one after the merger of Bastogne: 261 communes in Wallonia, 19 in Brussels', () => {
    const count = (region: string) => communes.filter((commune) => commune.region === region).length
    expect([count('wallonie'), count('bruxelles'), count('flandre')]).toEqual([261, 19, 285])
  })

  test('every commune has a name, a place and a postal code; every locality belongs to one', () => {
    const coded = set(localities.map(({ nis }) => nis))
    expect(
      wrong(
        communes,
        ({ nis }) => nis,
        ({ nis, names, province, region, languages }) => [
          !/^\d{5}$/.test(nis) && 'is no NIS code',
          !names.fr && 'lacks its French name',
          !(region in fr.areas.regions) && `region ${region}`,
          province === null ? region !== 'bruxelles' && 'has no province' : !(province in fr.areas.provinces) && `province ${province}`,
          languages.length === 0 && 'has no language',
          !coded.has(nis) && 'has no postal code',
        ],
      ),
    ).toEqual([])
    expect(
      wrong(
        localities,
        ({ code, nis }) => `${code} ${nis}`,
        ({ code, nis, names, lat, lon }) => [
          !/^\d{4}$/.test(code) && 'is no postal code',
          !known.communes.has(nis) && 'is in no commune',
          Object.keys(names).length === 0 && 'has no name',
          // Belgium.
          lat !== null && (lat < 49.4 || lat > 51.6) && `latitude ${lat}`,
          lon !== null && (lon < 2.5 || lon > 6.5) && `longitude ${lon}`,
        ],
      ),
    ).toEqual([])
  })

  test.each(['1040', '1050', '1060'])('postal code %s lies in two communes', (code) => {
    expect(set(localities.filter((locality) => locality.code === code).map(({ nis }) => nis)).size).toBe(2)
  })
})

describe('public welfare centres', () => {
  test('one for each Walloon commune, of which nine are called ÖSHZ', () => {
    expect(cpas).toHaveLength(261)
    expect(set(cpas.map(({ commune }) => commune ?? '')).size).toBe(261)
    const german = cpas.filter(({ slug }) => slug.startsWith('oshz-'))
    expect(slugsOf(german).sort()).toEqual([
      'oshz-amel',
      'oshz-bullingen',
      'oshz-burg-reuland',
      'oshz-butgenbach',
      'oshz-eupen',
      'oshz-kelmis',
      'oshz-lontzen',
      'oshz-raeren',
      'oshz-sankt-vith',
    ])
  })

  test.each([
    ['62063', 'cpas-liege', 'CPAS de Liège'],
    ['61003', 'cpas-amay', 'CPAS d’Amay'],
    ['55035', 'cpas-le-roeulx', 'CPAS du Roeulx'],
    ['63023', 'oshz-eupen', 'ÖSHZ Eupen (CPAS)'],
  ])('the one of %s is %s: %s', (nis, slug, name) => {
    const found = cpas.find(({ commune }) => commune === nis)
    expect([found?.slug, found?.texts.fr?.name]).toEqual([slug, name])
  })

  test('none has a phone number but the three that were confirmed', () => {
    expect(
      cpas
        .filter(({ phones }) => phones.length > 0)
        .map(({ slug }) => slug)
        .sort(),
    ).toEqual(['oshz-butgenbach', 'oshz-eupen', 'oshz-lontzen'])
    expect(missing('commune', Object.keys(content.cpasPhones), known.communes)).toEqual([])
  })
})

describe('taxonomy', () => {
  test('22 needs with sub-needs, 16 audiences', () => {
    expect(needs.filter(({ parent }) => parent === null)).toHaveLength(22)
    expect(audiences).toHaveLength(16)
    expect(duplicates(needs.map(({ code }) => code))).toEqual([])
    expect(duplicates(audiences.map(({ code }) => code))).toEqual([])
  })

  test('sub-needs are one level deep and begin with their parent', () => {
    const parents = set(needs.filter(({ parent }) => parent === null).map(({ code }) => code))
    expect(
      wrong(
        needs.filter(({ parent }) => parent !== null),
        ({ code }) => code,
        ({ code, parent }) => [
          !parents.has(parent as string) && `parent ${parent}`,
          !code.startsWith(`${parent}.`) && 'does not begin with its parent',
        ],
      ),
    ).toEqual([])
  })

  test('labels in four languages', () => {
    expect(
      wrong(
        [...needs, ...audiences],
        ({ code }) => code,
        ({ label }) => inFour('label', label),
      ),
    ).toEqual([])
  })
})

describe('the door of each public welfare centre', () => {
  const doors = servicesOfCpas(content)

  test('is a service of its commune and of nobody else', () => {
    const walloon = communes.filter(({ region }) => region === 'wallonie').map(({ nis }) => nis)
    expect(doors.map(({ areas }) => areas.map(({ commune }) => commune).join()).sort()).toEqual([...walloon].sort())
    const centres = new Map(cpas.map(({ slug, commune }) => [slug, commune]))
    expect(
      wrong(doors, bySlug, ({ organization, areas }) => [centres.get(organization) !== areas[0]?.commune && `belongs to ${organization}`]),
    ).toEqual([])
    expect(duplicates(slugsOf([...services, ...doors]))).toEqual([])
  })

  test('serves every need that a centre serves, itself or through its main need', () => {
    const served = needs.filter(({ servedByCpas }) => servedByCpas)
    expect(served.length).toBeGreaterThan(10)
    expect(
      wrong(doors, bySlug, (door) => [
        ...missing('need', door.needs, known.needs),
        ...served.map(({ code, parent }) => !door.needs.includes(code) && !door.needs.includes(parent ?? '') && `does not serve ${code}`),
      ]),
    ).toEqual([])
  })

  test('is told in four languages, with its own numbers only', () => {
    const numbers = new Map(cpas.map(({ slug, phones }) => [slug, phones.map(({ number }) => number).join()]))
    expect(
      wrong(doors, bySlug, ({ texts, phones, organization }) => [
        ...inFour('texts', texts),
        ...Object.values(texts).flatMap(({ name, description }) => [!name && 'has no name', !description && 'has no description']),
        phones.map(({ number }) => number).join() !== numbers.get(organization) && 'has other numbers than its centre',
      ]),
    ).toEqual([])
  })
})

describe('closing days', () => {
  const { closingDays } = content
  const kinds = set(organizations.map(({ kind }) => kind))
  const areas = set([...known.communes, ...Object.keys(fr.areas.provinces), ...Object.keys(fr.areas.regions)])
  const nameOf = ({ day, name }: (typeof closingDays)[number]) => `${day} ${name.fr}`
  /** Every year, so also in a leap year; or a day of one year. */
  const isDay = (day: string) => {
    const full = /^\d\d-\d\d$/.test(day) ? `2024-${day}` : day
    return /^\d{4}-\d\d-\d\d$/.test(full) && new Date(`${full}T00:00:00Z`).toISOString().startsWith(full)
  }

  test('are days that exist, with a name in four languages', () => {
    expect(closingDays.length).toBeGreaterThan(0)
    expect(wrong(closingDays, nameOf, ({ day, name }) => [!isDay(day) && 'is no day', ...inFour('name', name)])).toEqual([])
  })

  test('are no legal holidays: those close by law', () => {
    const fixed = ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25']
    expect(closingDays.filter(({ day }) => fixed.includes(day.slice(-5))).map(nameOf)).toEqual([])
  })

  test('are those of one organization, or of kinds of bodies in known places', () => {
    expect(
      wrong(closingDays, nameOf, (closing) => [
        ...missing('organization', closing.organization ? [closing.organization] : [], known.organizations),
        ...missing('kind', closing.kinds, kinds),
        ...missing('area', closing.areas, areas),
        (closing.organization === null) !== closing.kinds.length > 0 && 'is of one organization and of kinds, or of neither',
        closing.organization !== null && closing.areas.length > 0 && 'is of one organization, and of areas',
      ]),
    ).toEqual([])
  })

  test('close somebody each, and nobody twice on a day', () => {
    const placesOf = (nis: string | undefined) => {
      const commune = communes.find((one) => one.nis === nis)
      return commune ? [commune.nis, commune.province, commune.region] : []
    }
    const closedOn = (closing: (typeof closingDays)[number]) =>
      closing.organization
        ? [closing.organization]
        : organizations
            .filter(
              ({ kind, commune }) =>
                closing.kinds.includes(kind) &&
                (closing.areas.length === 0 || placesOf(commune).some((code) => closing.areas.includes(code ?? ''))),
            )
            .map(({ slug }) => slug)
    const all = closingDays.map((closing) => ({ closing, closed: closedOn(closing) }))
    expect(all.filter(({ closed }) => closed.length === 0).map(({ closing }) => nameOf(closing))).toEqual([])
    expect(duplicates(all.flatMap(({ closing, closed }) => closed.map((slug) => `${slug} ${closing.day}`)))).toEqual([])
  })
})

describe('words of needs', () => {
  const { dangerPhrases, keywords } = content
  const everyText = (all: Record<string, Localized<unknown>>) => Object.entries(all).map(([code, texts]) => ({ code, texts }))
  const byCode = ({ code }: { code: string }) => code

  test('of danger are of known needs, in four languages', () => {
    expect(Object.keys(dangerPhrases).length).toBeGreaterThan(0)
    expect(
      wrong(everyText(dangerPhrases), byCode, ({ code, texts }) => [!known.needs.has(code) && 'is no need', ...inFour('phrases', texts)]),
    ).toEqual([])
    expect(
      wrong(everyText(dangerPhrases), byCode, ({ texts }) =>
        TAGS.map((tag) => !(texts as Record<string, string[]>)[tag]?.length && `no phrase in ${tag}`),
      ),
    ).toEqual([])
  })

  test('of danger are written as they are compared: folded words, a star for any ending, a mark for words that may not stand there', () => {
    const phrases = Object.entries(dangerPhrases).flatMap(([code, texts]) =>
      Object.entries(texts).flatMap(([tag, list]) => list.map((phrase) => ({ where: `${code} ${tag}`, phrase }))),
    )
    expect(phrases.length).toBeGreaterThan(50)
    expect(phrases.filter(({ phrase }) => !/^(![a-z0-9]+ )*[a-z0-9]+\*?( !?[a-z0-9]+\*?)*$/.test(phrase))).toEqual([])
    // A single short word with a star would find danger everywhere.
    expect(phrases.filter(({ phrase }) => /^(!\w+ )*\w{1,4}\*( !\w+)*$/.test(phrase))).toEqual([])
    expect(duplicates(phrases.map(({ where, phrase }) => `${where} ${phrase}`))).toEqual([])
  })

  test('every need of danger has phrases, or its parent has', () => {
    const dangerous = needs.filter(({ urgency }) => urgency === 'DANGER')
    expect(dangerous.length).toBeGreaterThan(0)
    expect(
      wrong(dangerous, byCode, ({ code, parent }) => [!dangerPhrases[code] && !dangerPhrases[parent ?? ''] && 'has no danger phrase']),
    ).toEqual([])
  })

  test('of every day: every need has some, in four languages, and no others', () => {
    expect(missing('keywords of', Object.keys(keywords), known.needs)).toEqual([])
    expect(missing('no keywords of', [...known.needs], set(Object.keys(keywords)))).toEqual([])
    expect(
      wrong(everyText(keywords), byCode, ({ texts }) => [
        ...inFour('keywords', texts),
        ...Object.entries(texts as Record<string, string>).flatMap(([tag, list]) => {
          const words = list.split(',').map((word) => word.trim())
          return [
            words.some((word) => word === '') && `an empty word in ${tag}`,
            ...duplicates(words.map((word) => word.toLowerCase())).map((word) => `${word} twice in ${tag}`),
          ]
        }),
      ]),
    ).toEqual([])
  })
})

describe('how much there is', () => {
  test('at least 60 services', () => {
    expect(services.length).toBeGreaterThanOrEqual(60)
  })

  test('66 questions, numbered from 1 to 66', () => {
    expect(faqEntries.map(({ number }) => number)).toEqual(Array.from({ length: 66 }, (_, index) => index + 1))
  })

  test('lines with their numbers', () => {
    expect(Object.fromEntries(lines.map(({ slug, number }) => [slug, number]))).toMatchObject({
      'liege-solidaire': '0800/43 436',
      '1718': '1718',
      '1719': '1719',
      '112': '112',
      'tele-accueil': '107',
      'prevention-suicide': '0800 32 123',
      'ecoute-violences-conjugales': '0800 30 030',
      'ecoute-enfants-103': '103',
    })
  })
})

describe('links', () => {
  test.each([
    ['organizations', organizations],
    ['services', services],
    ['questions', faqEntries],
    ['lines', lines],
  ])('slugs of %s are unique and readable', (_what, records) => {
    expect(duplicates(slugsOf(records))).toEqual([])
    expect(slugsOf(records).filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([])
  })

  test('of services lead somewhere', () => {
    expect(
      wrong(services, bySlug, (service) => [
        ...missing('organization', [service.organization], known.organizations),
        ...missing('need', service.needs, known.needs),
        ...missing('audience', service.audiences, known.audiences),
        ...missing(
          'location in commune',
          service.locations.map(({ commune }) => commune),
          known.communes,
        ),
        ...missing(
          'location in',
          service.locations.flatMap(({ postalCode }) => postalCode ?? []),
          known.postalCodes,
        ),
        ...[...duplicates(service.needs), ...duplicates(service.audiences)].map((code) => `${code} twice`),
        service.needs.length === 0 && 'has no need',
        service.audiences.length === 0 && 'has no audience',
        service.languages.length === 0 && 'has no language',
        service.areas.length === 0 && 'has no area',
      ]),
    ).toEqual([])
  })

  test('of questions lead somewhere else', () => {
    expect(
      wrong(faqEntries, bySlug, (entry) => [
        ...missing('owner', [entry.owner], known.organizations),
        ...missing('need', entry.needs, known.needs),
        ...missing('service', entry.services, known.services),
        ...missing('question', entry.related, known.faqEntries),
        ...[entry.needs, entry.services, entry.related].flatMap(duplicates).map((code) => `${code} twice`),
        entry.needs.length === 0 && 'has no need',
        (entry.services.length < 1 || entry.services.length > 5) && `has ${entry.services.length} services`,
        (entry.related.length < 1 || entry.related.length > 3) && `has ${entry.related.length} related questions`,
        entry.related.includes(entry.slug) && 'is related to itself',
      ]),
    ).toEqual([])
  })

  test('of lines lead somewhere else', () => {
    expect(
      wrong(lines, bySlug, (line) => [
        ...missing('organization', [line.organization], known.organizations),
        ...missing('need', line.needs, known.needs),
        ...missing('fallback', line.fallback ? [line.fallback] : [], known.lines),
        line.fallback === line.slug && 'falls back to itself',
        ...missing(
          'service',
          line.menu.flatMap(({ service }) => service ?? []),
          known.services,
        ),
        ...missing(
          'transfer to',
          line.menu.flatMap(({ transfersTo }) => transfersTo ?? []),
          known.lines,
        ),
        line.kind !== 'SOCIAL' && line.acceptsCallbacks && 'calls back though it only listens',
        ...duplicates(line.menu.map(({ position }) => String(position))).map((position) => `key ${position} twice`),
      ]),
    ).toEqual([])
  })

  test('areas are known codes', () => {
    const codes = {
      COMMUNE: known.communes,
      PROVINCE: set(Object.keys(fr.areas.provinces)),
      REGION: set(Object.keys(fr.areas.regions)),
      COUNTRY: set(['BE']),
    }
    expect(
      wrong([...services, ...lines], bySlug, ({ areas }) =>
        areas.flatMap((area) => {
          const { kind, code } = areaOf(area)
          return [Object.keys(area).length !== 1 && 'area with several keys', !codes[kind].has(code) && `area ${kind} ${code}`]
        }),
      ),
    ).toEqual([])
  })

  test('a place named twice is the same place', () => {
    const places = new Map<string, string>()
    for (const { slug, ...place } of services.flatMap(({ locations }) => locations)) {
      expect(places.get(slug) ?? JSON.stringify(place), slug).toBe(JSON.stringify(place))
      places.set(slug, JSON.stringify(place))
    }
  })
})

describe('where it comes from', () => {
  const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

  test('every record has its source and the day it was reviewed', () => {
    expect(
      wrong([...organizations, ...services, ...faqEntries, ...lines], bySlug, ({ source, reviewedAt, assuredDate }) => [
        !source?.trim() && 'has no source',
        !day.test(reviewedAt) && `reviewed ${reviewedAt}`,
        assuredDate != null && !day.test(assuredDate) && `assured ${assuredDate}`,
        assuredDate != null && assuredDate > reviewedAt && 'was assured after it was reviewed',
      ]),
    ).toEqual([])
  })

  test('web addresses are complete, and encrypted', () => {
    const addresses = [...organizations, ...services].flatMap(({ url }) => url ?? [])
    expect(addresses.filter((url) => !URL.canParse(url) || !url.startsWith('https://'))).toEqual([])
  })

  test('nothing is unfinished', () => {
    expect(shown.filter(({ text }) => /\bTODO\b|\bFIXME\b|\bXXX\b|lorem|ipsum|\?\?\?/i.test(text))).toEqual([])
    expect(shown.filter(({ text, path }) => text !== text.trim() && !path.endsWith('/code'))).toEqual([])
  })
})

describe('four languages', () => {
  const parts = ['name', 'description', 'applicationProcess', 'fees', 'eligibility', 'alert'] as const

  test('services, with the same parts in each', () => {
    expect(
      wrong(services, bySlug, ({ texts, requiredDocuments, phones, locations }) => [
        ...inFour('texts', texts),
        ...parts.flatMap((part) => {
          const present = TAGS.filter((tag) => (texts as Record<string, Record<string, unknown>>)[tag]?.[part])
          return [present.length > 0 && present.length < 4 && `${part} only in ${present.join(' ')}`]
        }),
        ...[texts.fr?.name, texts.fr?.description].map((text) => !text && 'lacks a name or description'),
        ...requiredDocuments.flatMap((document) => inFour('document', document)),
        ...phones.flatMap(({ label }) => (label ? inFour('phone label', label) : [])),
        ...locations.map(({ name }) => Object.keys(name).length === 0 && 'location without a name'),
      ]),
    ).toEqual([])
  })

  test('lines, with their menus', () => {
    expect(
      wrong(lines, bySlug, ({ texts, menu }) => [
        ...inFour('texts', texts),
        ...(['name', 'description', 'alert', 'closingMessage'] as const).flatMap((part) => {
          const present = TAGS.filter((tag) => (texts as Record<string, Record<string, unknown>>)[tag]?.[part])
          return [present.length > 0 && present.length < 4 && `${part} only in ${present.join(' ')}`]
        }),
        ...menu.flatMap((entry) => inFour(`key ${entry.position}`, entry.texts)),
      ]),
    ).toEqual([])
  })

  test('organizations', () => {
    expect(wrong(organizations, bySlug, ({ texts }) => inFour('texts', texts))).toEqual([])
    expect(wrong(organizations, bySlug, ({ texts }) => Object.values(texts).map(({ name }) => !name && 'has no name'))).toEqual([])
  })

  test('questions, with answers of 60 to 200 words in French and German', () => {
    const count = (text: string | undefined) => text?.split(/\s+/).filter(Boolean).length ?? 0
    expect(
      wrong(faqEntries, bySlug, ({ texts }) => [
        ...TAGS.map((tag) => !(texts as Localized<{ question: string }>)[tag as 'fr']?.question && `question lacks ${tag}`),
        ...(['fr', 'de'] as const).map((tag) => {
          const words = count(texts[tag]?.answer)
          return (words < 60 || words > 200) && `answer in ${tag} has ${words} words`
        }),
      ]),
    ).toEqual([])
  })
})

describe('hours', () => {
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/
  const faults = ({ days, opens, closes, validFrom, validTo }: HoursData) => [
    days.length === 0 && 'no day',
    ...days.map((one) => !['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].includes(one) && `day ${one}`),
    ...duplicates(days).map((one) => `day ${one} twice`),
    ...[opens, closes].map((time) => !clock.test(time) && `time ${time}`),
    validFrom && validTo && validFrom > validTo && 'ends before it begins',
  ]

  test('are days of the week from HH:MM to HH:MM', () => {
    expect(wrong([...services, ...lines], bySlug, ({ hours }) => hours.flatMap(faults))).toEqual([])
  })

  test('round the clock also hold on holidays', () => {
    const always = [...services, ...lines].filter(({ hours }) =>
      hours.some(({ opens, closes, days }) => opens === closes && days.length === 7),
    )
    expect(always.length).toBeGreaterThan(0)
    expect(always.filter(({ hours }) => hours.some(({ holidays }) => holidays !== 'open')).map(bySlug)).toEqual([])
  })
})

describe('phone numbers', () => {
  /** Every number that a fact confirms, as digits. To add one is to have read its source. */
  const CONFIRMED = set([
    ...['103', '107', '112', '1718', '1719'],
    '080043436', // Liège Solidaire
    '080030030', // Écoute violences conjugales
    '080032123', // Centre de prévention du suicide
    '080098100', // SOS Viol
    '080012302', // SECAL
    '080098799', // SPF Sécurité sociale
    '080093947', // Forem
    '080012033', // SPF Économie
    '080090929', // Fonds social chauffage
    '081777150', // Un pass dans l’impasse
    '042224012', // Commission d’aide juridique de Liège
    '042221012', // Bureau d’aide juridique de Liège
    '085244485', // Bureau d’aide juridique de Huy
    '081332232', // SPW Logement, ADeL
    '081332328', // SPW Salubrité-Logements
    '081332310', // Info-Conseils Logement
    '071331259', // Observatoire du crédit
    '087638950', // ÖSHZ Eupen
    '087601115', // ÖSHZ Lontzen
    '080440099', // ÖSHZ Bütgenbach
  ])
  const digits = (text: string) => text.replace(/\D/g, '')
  const phones: PhoneData[] = [...services, ...organizations].flatMap((record) => record.phones)

  test('of records are confirmed ones, always written the same way', () => {
    const written = [...phones.map(({ number }) => number), ...lines.map(({ number }) => number)]
    expect(written.filter((number) => !CONFIRMED.has(digits(number)))).toEqual([])
    const ways = set(written)
    expect(ways.size).toBe(set(written.map(digits)).size)
  })

  test('in texts are confirmed ones', () => {
    const numbers = /(?<![\d.,])(?:\+|00?)[\s/.\-\u00a0\u202f()]*(?:\d[\s/.\-\u00a0\u202f()]*){6,}\d(?!\d)/g
    const found = prose.flatMap(({ path, text }) => (text.match(numbers) ?? []).map((number) => `${digits(number)} in ${path}`))
    expect(found.length).toBeGreaterThan(50)
    expect(found.filter((one) => !CONFIRMED.has(one.split(' ')[0] as string))).toEqual([])
  })

  test('in texts that are short are confirmed ones', () => {
    // Three or four digits that are no year, no amount and no part of a longer number.
    const short = /(?<![\d/.,:–-]|\d[\s\u00a0\u202f])1\d{2,3}(?![\d/:]|[\s\u00a0\u202f]?(?:\d|€|%|euro|m²|kWh|litre|liter|jours|Tage))/g
    const found = prose.flatMap(({ path, text }) => (text.match(short) ?? []).map((number) => `${number} in ${path}`))
    expect(found.length).toBeGreaterThan(50)
    expect(found.filter((one) => !CONFIRMED.has(one.split(' ')[0] as string) && !/^1[89]\d\d /.test(one))).toEqual([])
  })

  test.each([
    ['101, the police', /(?<!\d)101(?!\d)/],
    ['1765, Pensions', /(?<!\d)1765(?!\d)/],
    ['108, Telefonhilfe', /(?<!\d)108(?!\d)/],
    ['116 000, Child Focus', /116[\s.\u00a0\u202f]?000/],
    ['0800 16 061, AVIQ', /0800\D{0,3}16\D?061|0800\D{0,3}160\D?61/],
    ['0800 30 330, Respect Seniors', /0800\D{0,3}30\D?330|0800\D{0,3}303\D?30/],
    ['070 245 245, the poison centre', /070\D{0,3}24\D?5\D?2\D?45/],
  ])('no unconfirmed number: %s', (_what, pattern) => {
    expect(shown.filter(({ text }) => pattern.test(text))).toEqual([])
  })
})

describe('eligibility rules', () => {
  const texts = (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === 'de,en,fr,nl' &&
    Object.values(value).every((text) => typeof text === 'string' && text !== '')
  const list = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0
  const age = (value: unknown) => value === undefined || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 130)

  /** The grammar of `Rule` in api/service/rules/eligibility.ts. An empty list would decide without a fact. */
  const grammar: Record<string, (value: any) => boolean> = {
    all: (value) => list(value) && value.every(isRule),
    any: (value) => list(value) && value.every(isRule),
    not: (value) => isRule(value),
    age: ({ min, max, ...rest }) =>
      age(min) && age(max) && (min ?? max) !== undefined && (min ?? 0) <= (max ?? 130) && Object.keys(rest).length === 0,
    audience: (value) => known.audiences.has(value),
    commune: (value) => list(value) && value.every((code) => known.communes.has(code as string)),
    language: (value) => ['FR', 'DE', 'NL', 'EN'].includes(value),
    condition: ({ code, texts: words, ...rest }) => /^[a-z0-9-]+$/.test(code) && texts(words) && Object.keys(rest).length === 0,
    assessed: (value) => texts(value),
  }
  function isRule(value: unknown): boolean {
    if (value === null || typeof value !== 'object') return false
    const [[key, inner] = ['', null], ...others] = Object.entries(value)
    return others.length === 0 && Object.hasOwn(grammar, key) && inner !== null && (grammar[key] as (value: unknown) => boolean)(inner)
  }

  test('obey the grammar', () => {
    expect(services.filter(({ eligibility }) => eligibility !== null).length).toBeGreaterThan(10)
    expect(services.filter(({ eligibility }) => eligibility !== null && !isRule(eligibility)).map(bySlug)).toEqual([])
  })

  test.each([
    {},
    { all: [] },
    { any: [{ all: [] }] },
    { age: {} },
    { age: { min: 30, max: 18 } },
    { age: { minimum: 18 } },
    { audience: 'senior' },
    { commune: ['4000'] },
    { language: 'fr' },
    { assessed: { fr: 'après examen' } },
    { condition: { code: 'x' } },
    { and: [] },
    { age: { min: 18 }, audience: 'seniors' },
  ])('of another form would be found: %j', (rule) => {
    expect(isRule(rule)).toBe(false)
  })

  test('ages are whole years, the lower first', () => {
    expect(
      wrong(services, bySlug, ({ minimumAge, maximumAge }) => [
        !(age(minimumAge ?? undefined) && age(maximumAge ?? undefined)) && 'ages',
        minimumAge !== null && maximumAge !== null && minimumAge > maximumAge && 'ages the wrong way round',
      ]),
    ).toEqual([])
  })
})

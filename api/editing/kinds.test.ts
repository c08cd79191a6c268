import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ContentKind } from '../db/generated/enums.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { input as requestInput } from '../testing/callbacks.ts'
import { editing, LINE_CONTENT, ORGANIZATION_CONTENT, QUESTION_CONTENT } from '../testing/editing.ts'
import { staff } from '../testing/staff.ts'
import { readDocument } from './actions/document.ts'
import { lookUp } from './actions/known.ts'
import { checkDocument } from './rules/check.ts'
import { slugOf } from './rules/documents.ts'

let app: TestApp
let eva: { headers: Record<string, string> }
let nora: { headers: Record<string, string> }
let edit: ReturnType<typeof editing>
beforeAll(async () => {
  app = await createTestApp()
  eva = await staff(app, { role: 'EDITOR', name: 'Eva Peeters' })
  nora = await staff(app, { role: 'EDITOR', organization: 'service-public-de-wallonie', name: 'Nora Jacquet' })
  edit = editing(app)
})
afterAll(() => app.close())
beforeEach(() => app.setTime(NOW))

const codesOf = ({ problems }: any) => problems.map(({ path, code }: any) => `${path.join('.')} ${code}`)
const lineId = async (slug: string) => (await app.db.line.findUniqueOrThrow({ where: { slug } })).id
const lineOf = async (slug: string, headers = eva.headers) => edit.record(await lineId(slug), headers, LINE_CONTENT)

test('nothing of the demonstration content has a problem that would keep it from being published', async () => {
  const { db, directory } = app
  const chosen = { select: { id: true } } as const
  const records: [ContentKind, { id: string }[]][] = [
    ['ORGANIZATION', await db.organization.findMany({ ...chosen, where: { NOT: { slug: { startsWith: 'cpas-' } } } })],
    ['LOCATION', await db.location.findMany(chosen)],
    ['SERVICE', await db.service.findMany({ ...chosen, where: { NOT: { slug: { startsWith: 'accueil-cpas-' } } } })],
    ['QUESTION', await db.faqEntry.findMany(chosen)],
    ['LINE', await db.line.findMany(chosen)],
    ['CLOSING_DAY', await db.closingDay.findMany(chosen)],
  ]
  const problems: string[] = []
  for (const [kind, rows] of records)
    for (const { id } of rows) {
      const document = await readDocument(db, kind, id)
      if (!document) throw new Error(id)
      const { known } = await lookUp(db, directory.current(), document, { id, publishedSlug: slugOf(document) })
      const { shape, open } = checkDocument(document, known)
      for (const { path, code } of [...shape, ...open]) problems.push(`${kind} ${slugOf(document)}: ${path.join('.')} ${code}`)
    }
  expect(problems).toEqual([])
}, 60_000)

describe('a line', () => {
  const key = (number: number, text: string, more: object = {}) => ({
    key: number,
    kind: 'QUEUE',
    label: [{ language: 'FR', text }],
    ...more,
  })
  const form = (overrides: object = {}) => ({
    slug: 'ligne-d-essai',
    number: '0800/11 222',
    lineKind: 'SOCIAL',
    organization: 'ville-de-liege',
    languages: ['FR'],
    source: 'liege.be',
    texts: [{ language: 'FR', name: 'Ligne d’essai' }],
    menu: [key(2, 'Deux'), key(1, 'Un')],
    ...overrides,
  })

  test('is made, published with its menu by its keys, reordered and dated', async () => {
    const made = await edit.saveLine({ content: form() }, eva.headers)
    expect(await edit.publish({ id: made.id, version: 1 }, eva.headers)).toMatchObject({ kind: 'LINE', state: 'PUBLISHED' })
    const { content, version } = await lineOf('ligne-d-essai')
    expect(content).toMatchObject({ callsPerHour: 6, slotDaysAhead: 13, menu: [{ key: 1 }, { key: 2 }] })
    const menu = [key(1, 'Deux'), key(2, 'Un'), key(2, 'Un autre', { validFrom: '2099-01-01' })]
    const saved = await edit.saveLine({ id: made.id, version, content: { ...content, menu } }, eva.headers)
    await edit.publish({ id: made.id, version: saved.version }, eva.headers)
    await app.directory.refresh()
    const query = '{ line(slug: "ligne-d-essai") { menu { position label } } }'
    expect((await app.ask(query)).data.line.menu).toEqual([
      { position: 1, label: 'Deux' },
      { position: 2, label: 'Un' },
    ])
  })

  test.each<[string, object, string]>([
    ['a key with two purposes from the same day on', { menu: [key(1, 'a'), key(1, 'b')] }, 'menu.1.key menu_key_twice'],
    ['a key that leads to no service', { menu: [key(1, 'a', { kind: 'SERVICE' })] }, 'menu.0.service required'],
    ['a key without words', { menu: [{ key: 1, kind: 'QUEUE' }] }, 'menu.0.label.fr required'],
    ['calling back without hours', { acceptsCallbacks: true }, 'hours hours_needed'],
    ['no language', { languages: [] }, 'languages required'],
    ['days the wrong way round', { validFrom: '2027-01-02', validTo: '2027-01-01' }, 'validTo valid_range_reversed'],
  ])('%s is not published', async (_what, content, problem) => {
    expect(codesOf(await edit.saveLine({ content: form({ ...content, slug: null }) }, eva.headers))).toEqual([`content.${problem}`])
  })

  test('may not lead back to itself: by a key, as its successor, or from closed line to closed line', async () => {
    const { id, version, content } = await lineOf('ligne-d-essai')
    const itself = {
      ...content,
      menu: [key(1, 'a', { kind: 'TRANSFER', transferTo: 'ligne-d-essai' })],
      successor: 'ligne-d-essai',
      fallback: 'ligne-d-essai',
    }
    const saved = await edit.saveLine({ id, version, content: itself }, eva.headers)
    expect(codesOf(saved)).toEqual([
      'content.successor leads_to_itself',
      'content.fallback fallback_loop',
      'content.menu.0.transferTo menu_entry_loop',
    ])
    expect(saved.problems[2].message).toBe('Ce choix renvoie à la ligne elle-même.')
    const { fallback } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' }, include: { fallback: true } })
    const solidarity = await lineOf('liege-solidaire')
    await edit.discard({ id, version: saved.version }, eva.headers)
    const back = await edit.saveLine(
      { id: solidarity.id, version: solidarity.version, content: { ...solidarity.content, fallback: 'ligne-d-essai' } },
      eva.headers,
    )
    await edit.publish({ id: back.id, version: back.version }, eva.headers)
    const round = await edit.saveLine({ id, version: saved.version + 1, content: { ...content, fallback: 'liege-solidaire' } }, eva.headers)
    expect(codesOf(round)).toEqual(['content.fallback fallback_loop'])
    await edit.discard({ id, version: round.version }, eva.headers)
    const restored = { ...solidarity.content, fallback: fallback?.slug ?? null }
    const saved2 = await edit.saveLine({ id: back.id, version: back.version + 1, content: restored }, eva.headers)
    await edit.publish({ id: back.id, version: saved2.version }, eva.headers)
    await app.directory.refresh()
  })

  test('with open requests is retired only with a successor; who asked still sees her request, and the desk works on it', async () => {
    const asked = await app.ask(
      'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { ... on CallbackReceipt { reference } } }',
      { input: requestInput({ phone: '0470 12 34 56' }) },
      { 'passerelle-site': 'demo', origin: ORIGIN },
    )
    const { reference } = asked.data.requestCallback
    expect(reference).toBeTruthy()
    const { id, ...before } = await lineOf('liege-solidaire')
    const alone = await edit.saveLine({ id, version: before.version, content: { ...before.content, successor: null } }, eva.headers)
    const { version } = await edit.publish({ id, version: alone.version }, eva.headers)
    const refused = await edit.retire({ id, version }, eva.headers)
    expect(codesOf(refused)).toEqual(['input.successor successor_needed'])
    expect(refused.problems[0].message).toContain('(1)')
    expect(codesOf(await edit.retire({ id, version, successor: 'nulle-part' }, eva.headers))).toEqual(['input.successor unknown'])
    expect(await edit.retire({ id, version, successor: '1718' }, eva.headers)).toMatchObject({ state: 'RETIRED' })
    await app.directory.refresh()

    expect((await app.ask('{ line(slug: "liege-solidaire") { name } lines { slug } }')).data.line).toBeNull()
    const follow = 'query ($r: String!, $p: String!) { callback(reference: $r, phone: $p) { status line { slug } } }'
    const { data } = await app.ask(follow, { r: reference, p: '0470 12 34 56' })
    expect(data.callback).toEqual({ status: 'NEW', line: { slug: 'liege-solidaire' } })
    const agent = await staff(app)
    const queue = await app.ask('{ callbackRequests { totalCount edges { node { line { slug } } } } }', {}, agent.headers)
    expect(queue.data.callbackRequests.edges.map(({ node }: any) => node.line.slug)).toEqual(['liege-solidaire'])
    const again = await app.ask(
      'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename ... on InvalidInput { problems { path code } } } }',
      { input: requestInput({ phone: '0470 99 88 77' }) },
      { 'passerelle-site': 'demo', origin: ORIGIN },
    )
    expect(again.data.requestCallback.problems).toEqual([{ path: ['input', 'line'], code: 'unknown' }])

    const back = await edit.bringBack({ id, version: version + 1 }, eva.headers)
    expect(back).toMatchObject({ state: 'PUBLISHED' })
    expect((await lineOf('liege-solidaire')).content.successor).toBe('1718')
    await app.directory.refresh()
  })

  test('that others call while they are closed is not retired before they are changed', async () => {
    const fallback = await app.db.line.findFirstOrThrow({ where: { fallbackOf: { some: {} } } })
    const by = await staff(app, {
      role: 'EDITOR',
      organization: (await app.db.organization.findUniqueOrThrow({ where: { id: fallback.organizationId } })).slug,
    })
    const { id, version } = await edit.record(fallback.id, by.headers)
    expect(codesOf(await edit.retire({ id, version }, by.headers))).toEqual(['input.id still_used'])
  })

  test('is of the region’s editors when its organization has none of its own: the emergency number', async () => {
    const { id, version, content } = await lineOf('112', nora.headers)
    const alert = content.texts.map((text: any) => ({ ...text, alert: text.language === 'FR' ? 'Essai de sirènes.' : text.alert }))
    const saved = await edit.saveLine({ id, version, content: { ...content, texts: alert } }, nora.headers)
    expect(await edit.publish({ id, version: saved.version }, nora.headers)).toMatchObject({ state: 'PUBLISHED' })
    expect((await edit.saveLine({ id, version: 1, content }, eva.headers)).__typename).toBe('NotFound')
  })
})

describe('a question', () => {
  test('is asked, answered, linked, translated later and published', async () => {
    const content = {
      organization: 'ville-de-liege',
      urgency: 'SOON',
      needs: ['housing'],
      services: ['accueil-cpas-liege'],
      source: 'liege.be',
      texts: [
        { language: 'FR', question: 'Où dormir ce soir à Liège ?', answer: 'Appelez le 04 000 00 00.' },
        { language: 'DE', question: 'Wo kann ich heute Nacht schlafen?' },
      ],
    }
    const made = await edit.saveQuestion({ content }, eva.headers)
    expect(made).toMatchObject({ slug: 'ou-dormir-ce-soir-a-liege', missing: ['DE', 'NL', 'EN'], problems: [] })
    await edit.publish({ id: made.id, version: 1 }, eva.headers)
    await app.directory.refresh()
    const query = '{ faqEntry(slug: "ou-dormir-ce-soir-a-liege") { question answer answerLanguage services { slug } } }'
    expect((await app.ask(query, {}, { 'accept-language': 'de' })).data.faqEntry).toEqual({
      question: 'Wo kann ich heute Nacht schlafen?',
      answer: 'Appelez le 04 000 00 00.',
      answerLanguage: 'FR',
      services: [{ slug: 'accueil-cpas-liege' }],
    })
    const { content: read } = await edit.record(made.id, eva.headers, QUESTION_CONTENT)
    const related = { ...read, related: [made.slug] }
    const saved = await edit.saveQuestion({ id: made.id, version: 2, content: related }, eva.headers)
    expect(codesOf(saved)).toEqual(['content.related.0 leads_to_itself'])
  })
})

describe('an organization', () => {
  test('is made by its keeper, gives a service, and is not retired while it does', async () => {
    const content = {
      organizationKind: 'ASSOCIATION',
      source: 'bce.be',
      phones: [{ number: '04 111 22 33' }],
      texts: [{ language: 'FR', name: 'Le Toit' }],
    }
    const made = await edit.saveOrganization({ content }, eva.headers)
    expect(made).toMatchObject({ slug: 'le-toit', problems: [] })
    const service = {
      organization: 'le-toit',
      status: 'ACTIVE',
      needs: ['housing'],
      source: 'bce.be',
      url: 'https://www.letoit.example',
      texts: [{ language: 'FR', name: 'Nuit au Toit', description: 'Un lit.' }],
    }
    const early = await edit.saveService({ content: service }, eva.headers)
    expect(codesOf(early)).toEqual(['input.content.organization target_unpublished'])
    await edit.publish({ id: made.id, version: 1 }, eva.headers)
    expect((await app.db.organization.findUniqueOrThrow({ where: { id: made.id }, include: { keeper: true } })).keeper?.slug).toBe(
      'ville-de-liege',
    )
    const given = await edit.saveService({ content: service }, eva.headers)
    await edit.publish({ id: given.id, version: 1 }, eva.headers)
    expect(codesOf(await edit.retire({ id: made.id, version: 2 }, eva.headers))).toEqual(['input.id still_used'])
    await edit.retire({ id: given.id, version: 2 }, eva.headers)
    expect(await edit.retire({ id: made.id, version: 2 }, eva.headers)).toMatchObject({ state: 'RETIRED' })
    await app.directory.refresh()
    expect((await app.ask('{ organization(slug: "le-toit") { name } }')).data.organization).toBeNull()
    expect(await edit.bringBack({ id: made.id, version: 3 }, eva.headers)).toMatchObject({ state: 'PUBLISHED' })
  })

  test('does not look after itself, nor in another commune than there is', async () => {
    const { id } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'cpas-liege' } })
    const { content, version } = await edit.record(id, eva.headers, ORGANIZATION_CONTENT)
    expect(codesOf(await edit.saveOrganization({ id, version, content: { ...content, commune: '00000' } }, eva.headers))).toEqual([
      'input.content.commune unknown',
    ])
  })
})

describe('a place and a closing day', () => {
  test('a place is made, used by a service, and kept while it is', async () => {
    const content = {
      organization: 'ville-de-liege',
      commune: '62063',
      postalCode: '4000',
      street: 'Rue d’Essai 1',
      texts: [{ language: 'FR', name: 'Maison d’essai' }],
    }
    const wrong = await edit.saveLocation({ content: { ...content, postalCode: '1000' } }, eva.headers)
    expect(codesOf(wrong)).toEqual(['content.postalCode contradictory'])
    const made = await edit.saveLocation({ content }, eva.headers)
    expect(await edit.publish({ id: made.id, version: 1 }, eva.headers)).toMatchObject({ kind: 'LOCATION', state: 'PUBLISHED' })
    const service = await edit.saveService(
      {
        content: {
          organization: 'ville-de-liege',
          status: 'ACTIVE',
          needs: ['housing'],
          source: 'liege.be',
          locations: [made.slug],
          texts: [{ language: 'FR', name: 'À la maison d’essai', description: 'Un essai.' }],
        },
      },
      eva.headers,
    )
    await edit.publish({ id: service.id, version: 1 }, eva.headers)
    await app.directory.refresh()
    const { data } = await app.ask(`{ service(slug: "${service.slug}") { locations { name street } } }`)
    expect(data.service.locations).toEqual([{ name: 'Maison d’essai', street: 'Rue d’Essai 1' }])
    expect(codesOf(await edit.retire({ id: made.id, version: 2 }, eva.headers))).toEqual(['input.id still_used'])
  })

  test('a closing day closes the city the same moment; the region looks after those of everybody', async () => {
    const content = { day: '12-24', organization: 'ville-de-liege', texts: [{ language: 'FR', name: 'Veille de Noël' }] }
    const made = await edit.saveClosingDay({ content }, eva.headers)
    expect(made).toMatchObject({ kind: 'CLOSING_DAY', slug: null, title: 'Veille de Noël', problems: [] })
    await edit.publish({ id: made.id, version: 1 }, eva.headers)
    await app.directory.refresh()
    const closed = app.directory
      .current()
      .linesBySlug.get('liege-solidaire')
      ?.closingDays.map(({ day }) => day)
    expect(closed).toContain('12-24')
    await edit.retire({ id: made.id, version: 2 }, eva.headers)
    await app.directory.refresh()
    expect(
      app.directory
        .current()
        .linesBySlug.get('liege-solidaire')
        ?.closingDays.map(({ day }) => day),
    ).not.toContain('12-24')
    expect(codesOf(await edit.saveClosingDay({ content: { ...content, day: '02-30' } }, eva.headers))).toEqual([
      'input.content.day day_malformed',
    ])
    const everybody = { day: '12-24', kinds: ['CPAS'], areas: ['liege'], texts: content.texts }
    expect(codesOf(await edit.saveClosingDay({ content: everybody }, eva.headers))).toEqual(['input.content.organization out_of_reach'])
    expect(await edit.saveClosingDay({ content: everybody }, nora.headers)).toMatchObject({ state: 'DRAFT', problems: [] })
  })
})

describe('the list', () => {
  test('has what its editor looks after, by title, in pages', async () => {
    const all = await edit.records({}, eva.headers)
    const titles = all.map(({ title }) => title)
    expect(titles).toEqual([...titles].sort(new Intl.Collator('fr', { numeric: true }).compare))
    expect(new Set(all.flatMap(({ organization }) => organization?.slug ?? []))).toEqual(
      new Set(['ville-de-liege', 'cpas-liege', 'le-toit']),
    )
    const page =
      'query ($after: String) { contentRecords(first: 2, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { id } } } }'
    const first = (await app.ask(page, {}, eva.headers)).data.contentRecords
    const second = (await app.ask(page, { after: first.pageInfo.endCursor }, eva.headers)).data.contentRecords
    expect([...first.edges, ...second.edges].map(({ node }: any) => node.id)).toEqual(all.slice(0, 4).map(({ id }) => id))
  })

  test('narrows by kind, state, words, language and what asks for a look', async () => {
    const slugs = async (filter: object, headers = nora.headers) => (await edit.records(filter, headers)).map(({ slug }) => slug)
    expect(await slugs({ kinds: ['LINE'], search: 'solidaire' }, eva.headers)).toEqual(['liege-solidaire'])
    expect(await slugs({ search: 'LIEGE solidaire' }, nora.headers)).toEqual([])
    expect(await slugs({ organization: 'forem', kinds: ['ORGANIZATION'] })).toEqual(['forem'])
    expect(await slugs({ states: ['DRAFT'] })).toEqual([null])
    const missing = await edit.records({ concerns: ['MISSING_TRANSLATION'], language: 'NL' }, eva.headers)
    expect(missing.length).toBeGreaterThan(0)
    for (const record of missing) expect(record.missing).toContain('NL')
    app.setTime(new Date('2031-01-07T09:00:00Z'))
    const stale = await edit.records({ concerns: ['STALE'], kinds: ['SERVICE'] }, eva.headers)
    expect(stale.length).toBeGreaterThan(0)
  })

  test('counts by kind and reason', async () => {
    const { data } = await app.ask('{ contentCounts { kind concern count } }', {}, eva.headers)
    const lines = data.contentCounts.filter(({ kind }: any) => kind === 'LINE')
    const own = await edit.records({ kinds: ['LINE'] }, eva.headers)
    expect(lines[0]).toEqual({ kind: 'LINE', concern: null, count: own.length })
    expect(data.contentCounts.find(({ concern }: any) => concern === 'MISSING_TRANSLATION').count).toBeGreaterThan(0)
  })

  test('tells what visitors reported, in their words, until an editor settles it', async () => {
    const suggest = 'mutation ($input: SuggestCorrectionInput!) { suggestCorrection(input: $input) { __typename } }'
    const report = { service: 'accueil-cpas-liege', topic: 'HOURS', message: 'Fermé le mercredi.' }
    await app.ask(suggest, { input: report }, { 'passerelle-site': 'demo', origin: ORIGIN })
    const [record] = await edit.records({ concerns: ['REPORTED'] }, eva.headers)
    expect(record).toMatchObject({ slug: 'accueil-cpas-liege', concerns: expect.arrayContaining(['REPORTED']) })
    const { corrections } = await edit.record(record.id, eva.headers, 'corrections { id topic message language }')
    expect(corrections).toEqual([{ id: expect.any(String), topic: 'HOURS', message: 'Fermé le mercredi.', language: 'FR' }])
    expect((await edit.settle({ id: corrections[0].id, accepted: true }, nora.headers)).__typename).toBe('NotFound')
    const settled = await edit.settle({ id: corrections[0].id, accepted: true }, eva.headers)
    expect([settled.id, settled.concerns.includes('REPORTED')]).toEqual([record.id, false])
    expect((await app.db.correction.findFirstOrThrow()).status).toBe('ACCEPTED')
    await edit.settle({ id: corrections[0].id, accepted: false }, eva.headers)
    expect((await app.db.correction.findFirstOrThrow()).status).toBe('ACCEPTED')
  })

  test('flags an address that has failed for days, and takes nothing away for it', async () => {
    const url = 'https://www.liege.be/disparu'
    const { id } = await app.db.organization.update({ where: { slug: 'ville-de-liege' }, data: { url } })
    const since = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
    await app.db.linkCheck.create({ data: { url, checkedAt: NOW, status: 404, failingSince: since(1), tries: 3 } })
    expect((await edit.record(id, eva.headers)).concerns).not.toContain('DEAD_LINK')
    await app.db.linkCheck.update({ where: { url }, data: { failingSince: since(3) } })
    const record = await edit.record(id, eva.headers, 'links { url status dead }')
    expect(record).toMatchObject({ state: 'PUBLISHED', links: [{ url, status: 404, dead: true }] })
    expect((await edit.records({ concerns: ['DEAD_LINK'] }, eva.headers)).map((one) => one.id)).toEqual([id])
  })
})

test('what editors do stands in the audit trail, for the supervisor of the organization', async () => {
  const sam = await staff(app, { role: 'SUPERVISOR' })
  const { data } = await app.ask(
    '{ auditEvents(filter: { action: "content.published" }, first: 3) { edges { node { actorName subjectId } } } }',
    {},
    sam.headers,
  )
  expect(data.auditEvents.edges.length).toBeGreaterThan(0)
  expect(data.auditEvents.edges.map(({ node }: any) => node.actorName)).toContain('Eva Peeters')
})

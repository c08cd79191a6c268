import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { editing, SERVICE_CONTENT } from '../testing/editing.ts'
import { staff } from '../testing/staff.ts'

/** After the content of the start was written, by whichever clock. */
const LATER = new Date('2099-01-05T09:00:00Z')

let app: TestApp
let eva: { headers: Record<string, string> }
let finn: { headers: Record<string, string> }
let other: { headers: Record<string, string> }
let edit: ReturnType<typeof editing>
beforeAll(async () => {
  app = await createTestApp()
  eva = await staff(app, { role: 'EDITOR', name: 'Eva Peeters' })
  finn = await staff(app, { role: 'EDITOR', name: 'Finn Maes' })
  other = await staff(app, { role: 'EDITOR', organization: 'rwlp', name: 'Rita Noël' })
  edit = editing(app)
})
afterAll(() => app.close())

/** A service that a form has sent: complete, unless said otherwise. */
const service = (overrides: object = {}) => ({
  organization: 'ville-de-liege',
  status: 'ACTIVE',
  languages: ['FR', 'DE'],
  needs: ['housing'],
  source: 'liege.be',
  url: 'https://www.liege.be',
  texts: [
    { language: 'FR', name: 'Logement d’urgence', description: 'Un toit pour quelques nuits.' },
    { language: 'DE', name: 'Notunterkunft', description: 'Ein Dach für einige Nächte.' },
  ],
  ...overrides,
})

const made = async (overrides: object = {}) => edit.saveService({ content: service(overrides) }, eva.headers)
const codesOf = ({ problems }: any) => problems.map(({ path, code }: any) => `${path.join('.')} ${code}`)
const contentOf = async (id: string) => {
  const { content, version } = await edit.record(id, eva.headers, SERVICE_CONTENT)
  return { content, version }
}
const SHOWN = `query ($slug: String!) { service(slug: $slug) { name organization { slug } } }`
const publicly = async (slug: string, language = 'fr') => {
  await app.directory.refresh()
  return (await app.ask(SHOWN, { slug }, { 'accept-language': language })).data.service
}
const idOf = async (slug: string) => (await app.db.service.findUniqueOrThrow({ where: { slug } })).id

describe('a new service', () => {
  test('is a draft with an address from its title, which nobody outside sees', async () => {
    const record = await made()
    expect(record).toMatchObject({
      __typename: 'ContentRecord',
      kind: 'SERVICE',
      slug: 'logement-d-urgence',
      title: 'Logement d’urgence',
      state: 'DRAFT',
      version: 1,
      publishedVersion: null,
      language: 'FR',
      languages: ['FR', 'DE'],
      missing: ['NL', 'EN'],
      concerns: ['MISSING_TRANSLATION', 'DRAFT'],
      changedBy: 'Eva Peeters',
      problems: [],
    })
    expect(await publicly('logement-d-urgence')).toBeNull()
    expect(await edit.record(record.id, other.headers)).toBeNull()
    expect((await app.fetch('/hsds/services?search=urgence&per_page=100')).status).toBe(200)
    expect(await (await app.fetch(`/hsds/services/${record.id}`)).text()).not.toContain('Logement')
    expect((await app.ask(`{ contentRecord(id: "${record.id}") { title } }`)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('is published, and the public sees it in both languages', async () => {
    const { id, version } = await made({ slug: 'abri-de-nuit' })
    expect(await edit.publish({ id, version }, eva.headers)).toMatchObject({ state: 'PUBLISHED', version: 2, publishedVersion: 2 })
    expect(await publicly('abri-de-nuit')).toEqual({ name: 'Logement d’urgence', organization: { slug: 'ville-de-liege' } })
    expect((await publicly('abri-de-nuit', 'de')).name).toBe('Notunterkunft')
    expect((await (await app.fetch(`/hsds/services/${id}`)).json()).name).toBe('Logement d’urgence')
  })

  test('is published at once: the directory hears of it by itself within a second', async () => {
    const { id, version } = await made({ slug: 'a-l-instant' })
    const start = performance.now()
    await edit.publish({ id, version }, eva.headers)
    await expect.poll(() => app.directory.current().servicesBySlug.has('a-l-instant'), { interval: 20 }).toBe(true)
    // The demonstration content on a busy machine of two cores; docs/decisions/0024 has the measured time.
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('is made once by a double click', async () => {
    const form = { content: service({ texts: [{ language: 'FR', name: 'Deux clics', description: 'Une fiche.' }] }) }
    const [a, b] = await Promise.all([edit.saveService(form, eva.headers), edit.saveService(form, eva.headers)])
    expect(a.id).toBe(b.id)
    const c = await edit.saveService(form, finn.headers)
    expect([c.id === a.id, c.slug]).toEqual([false, 'deux-clics-2'])
  })

  test('may be unfinished, and says what is missing before it is published', async () => {
    const record = await made({ slug: 'inachevee', needs: [], source: null, texts: [{ language: 'FR', name: 'Inachevée' }] })
    expect(codesOf(record)).toEqual(['content.texts.fr.description required', 'content.needs required', 'content.source required'])
    const refused = await edit.publish({ id: record.id, version: record.version }, eva.headers)
    expect([refused.__typename, codesOf(refused)]).toEqual(['InvalidInput', codesOf(record)])
    expect(await app.db.service.count({ where: { slug: 'inachevee' } })).toBe(0)
  })

  test('that nobody wants is given up, and found again among what is retired', async () => {
    const { id } = await made({ slug: 'essai-sans-suite' })
    expect(await edit.discard({ id, version: 1 }, eva.headers)).toMatchObject({ state: 'RETIRED', version: 2, publishedVersion: null })
    expect((await edit.records({ search: 'essai-sans-suite' }, eva.headers)).length).toBe(0)
    expect(await edit.bringBack({ id, version: 2 }, eva.headers)).toMatchObject({ state: 'DRAFT', version: 3 })
  })

  test('of an organization that is not hers is refused', async () => {
    const refused = await edit.saveService({ content: service({ organization: 'forem' }) }, eva.headers)
    expect(codesOf(refused)).toEqual(['input.content.organization out_of_reach'])
    expect(refused.problems[0].message).toBe('Vous ne gérez pas les fiches de cet organisme.')
  })
})

describe('what no service may be is refused at once', () => {
  test.each<[what: string, content: object, problem: string]>([
    ['an address with capitals', { slug: 'Abri' }, 'slug slug_malformed'],
    ['an address that is taken', { slug: 'tele-accueil' }, 'slug slug_taken'],
    ['a need that does not exist', { needs: ['lodging'] }, 'needs.0 unknown'],
    ['a need twice', { needs: ['food', 'food'] }, 'needs.1 listed_twice'],
    ['an organization that does not exist', { organization: 'nulle-part' }, 'organization unknown'],
    ['a place that does not exist', { locations: ['nulle-part'] }, 'locations.0 unknown'],
    ['a web address without a host', { url: 'https://liege' }, 'url url_malformed'],
    ['a script for a web address', { url: 'javascript:alert(1)' }, 'url url_malformed'],
    ['an e-mail address', { email: 'a@b' }, 'email email_malformed'],
    ['a phone number with letters', { phones: [{ number: 'sur demande' }] }, 'phones.0.number number_unknown_shape'],
    ['a time', { hours: [{ days: ['MO'], opens: '9h', closes: '17:00' }] }, 'hours.0.opens time_malformed'],
    ['a day of the week', { hours: [{ days: ['LU'], opens: '09:00', closes: '17:00' }] }, 'hours.0.days malformed'],
    ['a commune', { areas: [{ kind: 'COMMUNE', code: '99999' }] }, 'areas.0.code unknown'],
    [
      'an area twice',
      {
        areas: [
          { kind: 'COUNTRY', code: 'BE' },
          { kind: 'COUNTRY', code: 'BE' },
        ],
      },
      'areas.1.code area_twice',
    ],
    ['a rule that says nothing known', { eligibility: { ages: 3 } }, 'eligibility rule_malformed'],
    ['a rule within a rule', { eligibility: { all: [{ not: { audience: 'nobody' } }] } }, 'eligibility.all.0.not.audience unknown'],
    ['a text that is too long', { texts: [{ language: 'FR', name: 'é'.repeat(201) }] }, 'texts.fr.name too_long'],
  ])('%s', async (_what, content, problem) => {
    expect(codesOf(await edit.saveService({ content: service(content) }, eva.headers))).toEqual([`input.content.${problem}`])
  })
})

describe('what cannot be meant so is not published', () => {
  const week = (days: string[], opens: string, closes: string) => ({ days, opens, closes })
  test.each<[what: string, content: object, problem: string]>([
    [
      'both over 65 and under 60',
      { eligibility: { all: [{ age: { min: 65 } }, { age: { max: 60 } }] } },
      'eligibility rule_age_impossible',
    ],
    ['a rule against the ages beside it', { maximumAge: 60, eligibility: { audience: 'seniors' } }, 'eligibility rule_age_impossible'],
    [
      'a rule that nobody fulfils',
      { eligibility: { all: [{ audience: 'isolated' }, { not: { audience: 'isolated' } }] } },
      'eligibility rule_never',
    ],
    ['a rule that everybody fulfils', { eligibility: { any: [{ age: { min: 18 } }, { age: { max: 17 } }] } }, 'eligibility rule_always'],
    ['an empty rule', { eligibility: { any: [] } }, 'eligibility.any rule_empty'],
    [
      'a condition without words in its language',
      { eligibility: { assessed: { de: 'nach Prüfung' } } },
      'eligibility.assessed.fr required',
    ],
    ['ages the wrong way round', { minimumAge: 65, maximumAge: 60 }, 'maximumAge age_reversed'],
    [
      'hours that overlap',
      { hours: [week(['MO', 'TU'], '09:00', '12:00'), week(['TU'], '11:00', '14:00')] },
      'hours.1.opens hours_overlap',
    ],
    [
      'hours that overlap past midnight',
      { hours: [week(['SU'], '20:00', '02:00'), week(['MO'], '01:00', '05:00')] },
      'hours.1.opens hours_overlap',
    ],
    [
      'days the wrong way round',
      { exceptions: [{ firstDay: '2026-12-24', lastDay: '2026-12-20' }] },
      'exceptions.0.lastDay valid_range_reversed',
    ],
    [
      'days told twice',
      {
        exceptions: [
          { firstDay: '2026-12-24', lastDay: '2026-12-24' },
          { firstDay: '2026-12-24', lastDay: '2026-12-24' },
        ],
      },
      'exceptions.1 exception_twice',
    ],
    [
      'half of two times',
      { exceptions: [{ firstDay: '2026-12-24', lastDay: '2026-12-24', opens: '09:00' }] },
      'exceptions.0.closes exception_half',
    ],
    [
      'more free places than places',
      { capacities: [{ unit: 'lit', available: 9, maximum: 8, updated: NOW }] },
      'capacities.0.available capacity_over',
    ],
    [
      'a translation without a title',
      { texts: [...service().texts, { language: 'NL', description: 'Een dak.' }] },
      'texts.nl.name required',
    ],
  ])('%s', async (_what, content, problem) => {
    const { id, version, problems } = await made(content)
    expect(codesOf({ problems })).toEqual([`content.${problem}`])
    expect((await edit.publish({ id, version }, eva.headers)).__typename).toBe('InvalidInput')
  })

  test.each([
    ['fr', 'La règle demande à la fois 65 ans ou plus et 60 ans ou moins : personne n’y répond.'],
    ['de', 'Die Regel verlangt zugleich mindestens 65 und höchstens 60 Jahre: Das ist niemand.'],
    ['nl', 'De regel vraagt tegelijk 65 jaar of ouder en 60 jaar of jonger: dat is niemand.'],
    ['en', 'The rule says both 65 or over and 60 or under: nobody is both.'],
  ])('and it is said in %s', async (language, message) => {
    const rule = { all: [{ age: { min: 65 } }, { age: { max: 60 } }] }
    const query = 'query ($rule: EligibilityRule!) { ruleSentences(rule: $rule) { sentences problems { path code message } } }'
    const { data } = await app.ask(query, { rule }, { ...eva.headers, 'accept-language': language })
    expect(data.ruleSentences.problems).toEqual([{ path: [], code: 'rule_age_impossible', message }])
    expect(data.ruleSentences.sentences).toHaveLength(2)
  })
})

describe('two editors', () => {
  test('at once: one of them is told who changed what, and nothing of hers is stored', async () => {
    const { id } = await made({ slug: 'a-deux' })
    const { content, version } = await contentOf(id)
    const [texts] = content.texts
    const first = { ...content, texts: [{ ...texts, name: 'Logement de crise' }, content.texts[1]], maximumAge: 99 }
    expect(await edit.saveService({ id, version, content: first }, eva.headers)).toMatchObject({ version: 2, title: 'Logement de crise' })
    const refused = await edit.saveService({ id, version, content: { ...content, email: 'abri@exemple.be' } }, finn.headers)
    expect(refused).toEqual({
      __typename: 'Conflict',
      code: 'record_changed',
      message: 'Cette fiche a changé entre-temps. Votre version n’est pas enregistrée : voyez ce qui a changé, puis recommencez.',
      holderName: 'Eva Peeters',
      changedAt: NOW.toISOString(),
      changed: [
        { path: ['texts', 'fr', 'name'], label: 'Nom (français)', before: 'Logement d’urgence', after: 'Logement de crise' },
        { path: ['maximumAge'], label: 'Âge maximum', before: null, after: '99' },
      ],
    })
    expect((await contentOf(id)).content.email).toBeNull()
  })

  test('twenty at the same moment: one is stored, the others are told', async () => {
    const { id } = await made({ slug: 'a-vingt' })
    const { content, version } = await contentOf(id)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        edit.saveService({ id, version, content: { ...content, maximumAge: 60 + index } }, eva.headers),
      ),
    )
    expect(answers.filter(({ __typename }) => __typename === 'ContentRecord')).toHaveLength(1)
    expect(answers.filter(({ code }) => code === 'record_changed')).toHaveLength(19)
    expect(await app.db.contentRevision.count({ where: { recordId: id } })).toBe(2)
  })

  test('a double click is one change, of saving and of publishing', async () => {
    const { id } = await made({ slug: 'double-clic' })
    const { content, version } = await contentOf(id)
    const form = { id, version, content: { ...content, minimumAge: 18 } }
    const saves = await Promise.all([edit.saveService(form, eva.headers), edit.saveService(form, eva.headers)])
    expect(saves.map((one) => one.version)).toEqual([2, 2])
    const publish = { id, version: 2 }
    const published = await Promise.all([edit.publish(publish, eva.headers), edit.publish(publish, eva.headers)])
    expect(published.map((one) => one.publishedVersion)).toEqual([3, 3])
    expect((await edit.publish(publish, finn.headers)).code).toBe('record_changed')
    expect((await edit.publish({ id, version: 3 }, eva.headers)).code).toBe('nothing_to_publish')
    expect(await app.db.auditEvent.count({ where: { subjectId: id, action: 'content.published' } })).toBe(1)
  })
})

describe('a service of the start', () => {
  test('is at its first version, published, and nothing was written for looking at it', async () => {
    const record = await edit.record(await idOf('accueil-cpas-liege'), eva.headers, 'revisions { edges { node { number action by } } }')
    expect(record).toMatchObject({ state: 'PUBLISHED', version: 1, publishedVersion: 1, changedBy: null, mayEdit: true, problems: [] })
    expect(record.revisions.edges).toEqual([{ node: { number: 1, action: 'IMPORTED', by: null } }])
    expect(await app.db.contentRecord.count({ where: { id: record.id } })).toBe(0)
  })

  test('is changed, compared, taken back, and its translations know their age', async () => {
    const id = await idOf('accueil-cpas-liege')
    const { content, version } = await contentOf(id)
    const changed = {
      ...content,
      texts: content.texts.map((text: any) => (text.language === 'FR' ? { ...text, alert: 'Fermé le matin du 8 mars.' } : text)),
      hours: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], opens: '08:30', closes: '12:00' }],
      phones: [{ number: '04 000 00 00', languages: ['FR'], label: [{ language: 'FR', text: 'Accueil' }] }],
      eligibility: { any: [{ age: { min: 65 } }, { audience: 'isolated' }] },
    }
    app.setTime(LATER)
    const saved = await edit.saveService({ id, version, content: changed }, eva.headers)
    expect(saved).toMatchObject({ state: 'CHANGED', version: 2, publishedVersion: 1 })
    expect(saved.behind).toEqual(saved.languages.filter((language: string) => language !== 'FR'))
    expect(saved.concerns).toEqual(expect.arrayContaining(['BEHIND_TRANSLATION', 'DRAFT']))
    const more = `sentences revisions { edges { node { number action by revertedTo changes { label before after } } } }`
    const { revisions, sentences } = await edit.record(id, eva.headers, more)
    expect(sentences).toEqual(['Au moins une de ces conditions : avoir 65 ans ou plus ; faire partie de ce public : Personnes isolées.'])
    expect(revisions.edges.map(({ node }: any) => node)).toEqual([
      {
        number: 2,
        action: 'SAVED',
        by: 'Eva Peeters',
        revertedTo: null,
        changes: expect.arrayContaining([
          { label: 'Avertissement (français)', before: null, after: 'Fermé le matin du 8 mars.' },
          { label: 'Heures · 1', before: null, after: 'lundi – vendredi, 8 h 30 – 12 h' },
          { label: 'Téléphones · 04 000 00 00', before: null, after: '04 000 00 00, Accueil, français' },
          { label: 'Règle d’accès', before: null, after: sentences[0] },
        ]),
      },
      { number: 1, action: 'IMPORTED', by: null, revertedTo: null, changes: [] },
    ])
    expect((await publicly('accueil-cpas-liege')).name).toBeTruthy()
    const discarded = await edit.discard({ id, version: 2 }, eva.headers)
    expect(discarded).toMatchObject({ state: 'PUBLISHED', version: 3, publishedVersion: 3 })
    expect((await edit.discard({ id, version: 3 }, eva.headers)).code).toBe('nothing_to_publish')
    const again = await edit.revert({ id, version: 3, to: 2 }, eva.headers)
    expect(again).toMatchObject({ state: 'CHANGED', version: 4, publishedVersion: 3 })
    expect((await contentOf(id)).content.phones).toHaveLength(1)
    expect(await edit.publish({ id, version: 4 }, eva.headers)).toMatchObject({ state: 'PUBLISHED', version: 5 })
    expect((await app.db.service.findUniqueOrThrow({ where: { id }, include: { phones: true } })).phones).toHaveLength(1)
    app.setTime(NOW)
  })

  test('is confirmed as right: fresh today, in the languages that were read', async () => {
    const id = await idOf('accueil-cpas-liege')
    const { version } = await edit.record(id, eva.headers)
    app.setTime(new Date(LATER.getTime() + 60_000))
    const confirmed = await edit.confirm({ id, version, languages: ['DE'] }, eva.headers)
    app.setTime(NOW)
    expect(confirmed).toMatchObject({ state: 'PUBLISHED', version: version + 1 })
    expect(confirmed.behind).not.toContain('DE')
    const row = await app.db.service.findUniqueOrThrow({ where: { id } })
    expect(row.assuredDate?.toISOString().slice(0, 10)).toBe('2099-01-05')
  })

  test('keeps its address for good', async () => {
    const id = await idOf('accueil-cpas-liege')
    const { content, version } = await contentOf(id)
    const refused = await edit.saveService({ id, version, content: { ...content, slug: 'autre-adresse' } }, eva.headers)
    expect(codesOf(refused)).toEqual(['input.content.slug slug_fixed'])
  })
})

describe('a service that is retired', () => {
  test('is gone from the public and from other directories, and comes back as it was', async () => {
    const { id, version } = await made({ slug: 'un-temps' })
    await edit.publish({ id, version }, eva.headers)
    expect(await publicly('un-temps')).not.toBeNull()
    expect(await edit.retire({ id, version: 2 }, eva.headers)).toMatchObject({ state: 'RETIRED', version: 3, concerns: [] })
    expect(await publicly('un-temps')).toBeNull()
    expect((await app.fetch(`/hsds/services/${id}`)).status).toBe(404)
    expect((await app.fetch('/services/un-temps')).status).toBe(404)
    expect((await edit.records({}, eva.headers)).map(({ slug }) => slug)).not.toContain('un-temps')
    expect((await edit.records({ states: ['RETIRED'] }, eva.headers)).map(({ slug }) => slug)).toContain('un-temps')
    expect((await edit.publish({ id, version: 3 }, eva.headers)).code).toBe('record_retired')
    expect(await edit.bringBack({ id, version: 3 }, eva.headers)).toMatchObject({ state: 'PUBLISHED', version: 4, publishedVersion: 4 })
    expect(await publicly('un-temps')).not.toBeNull()
    expect((await edit.bringBack({ id, version: 4 }, eva.headers)).code).toBe('record_not_retired')
  })

  test('leaves questions that name it as they are, without the link', async () => {
    const region = await staff(app, { role: 'EDITOR', organization: 'service-public-de-wallonie' })
    const entry = app.directory
      .current()
      .faqEntries.find(({ services }) => services.some(({ organization }) => organization.slug === 'forem'))
    const slug = entry?.services.find(({ organization }) => organization.slug === 'forem')?.slug as string
    const before = entry?.services.length as number
    expect(await edit.retire({ id: await idOf(slug), version: 1 }, region.headers)).toMatchObject({ state: 'RETIRED' })
    await app.directory.refresh()
    expect(app.directory.current().faqEntriesBySlug.get(entry?.slug as string)?.services).toHaveLength(before - 1)
    expect(app.errors).toEqual([])
  })

  test('that a menu leads to is not retired before the menu is changed', async () => {
    const menu = await app.db.menuEntry.findFirstOrThrow({
      where: { serviceId: { not: null }, line: { organization: { slug: 'ville-de-liege' } } },
      include: { service: true },
    })
    const refused = await edit.retire({ id: menu.serviceId, version: 1 }, eva.headers)
    expect(codesOf(refused)).toEqual(['input.id still_used'])
    expect(refused.problems[0].message).toContain('liege-solidaire')
  })
})

describe('somebody else’s service', () => {
  test('is what the public sees, and may not be changed', async () => {
    const id = await idOf('accueil-cpas-liege')
    const mine = await edit.record(id, eva.headers)
    const theirs = await edit.record(id, other.headers, 'revisions { totalCount } corrections { id }')
    expect(theirs).toMatchObject({ title: mine.title, mayEdit: false, state: 'PUBLISHED', problems: [], revisions: { totalCount: 0 } })
    const { content } = await contentOf(id)
    for (const answer of [
      await edit.saveService({ id, version: mine.version, content }, other.headers),
      await edit.publish({ id, version: mine.version }, other.headers),
      await edit.retire({ id, version: mine.version }, other.headers),
      await edit.revert({ id, version: mine.version, to: 1 }, other.headers),
    ])
      expect(answer.__typename).toBe('NotFound')
    expect((await edit.records({}, other.headers)).map((one) => one.id)).not.toContain(id)
  })

  test('has no draft for her: neither its words nor that there is one', async () => {
    const id = await idOf('accueil-cpas-liege')
    const { content, version } = await contentOf(id)
    const texts = content.texts.map((text: any) => ({ ...text, name: 'Mots secrets' }))
    await edit.saveService({ id, version, content: { ...content, texts } }, eva.headers)
    const query = `${SERVICE_CONTENT} published { ... on ServiceContent { slug } }`
    const theirs = await edit.record(id, other.headers, query)
    expect(JSON.stringify(theirs)).not.toContain('secrets')
    expect([theirs.state, theirs.concerns.includes('DRAFT')]).toEqual(['PUBLISHED', false])
    await edit.discard({ id, version: version + 1 }, eva.headers)
  })

  test('is nothing for an agent of the same organization, nor for a token that only reads', async () => {
    const agent = await staff(app, { role: 'AGENT' })
    const { errors } = await app.ask('{ contentRecords { totalCount } }', {}, agent.headers)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const reader = await staff(app, { role: 'EDITOR' })
    app.viewers.set(reader.viewer.id, { ...reader.viewer, kind: 'token', scopes: ['READ'] })
    expect((await app.ask('{ contentRecords { totalCount } }', {}, reader.headers)).errors).toBeUndefined()
    await expect(edit.publish({ id: await idOf('accueil-cpas-liege'), version: 1 }, reader.headers)).rejects.toThrow('FORBIDDEN')
    app.viewers.set(reader.viewer.id, { ...reader.viewer, kind: 'token', scopes: ['WRITE', 'READ'] })
    expect((await edit.saveService({ content: service({ slug: 'par-un-jeton' }) }, reader.headers)).version).toBe(1)
  })
})

test('versions are append-only', async () => {
  await expect(app.sql.query(`UPDATE "content_revision" SET "actor_name" = 'X'`)).rejects.toThrow('append-only')
  await expect(app.sql.query('DELETE FROM "content_revision"')).rejects.toThrow('append-only')
  await expect(app.sql.query('TRUNCATE "content_revision" CASCADE')).rejects.toThrow('append-only')
})

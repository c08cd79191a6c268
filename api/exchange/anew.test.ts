import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { staff } from '../testing/staff.ts'
import { csvOf, parseCsv } from './rules/csv.ts'

type Told = Record<string, any>
type Sent = string | Uint8Array<ArrayBuffer>
type Headers = Record<string, string>

let app: TestApp
/** An editor of the region, her colleague, and an editor of a city. */
let headers: Headers
let colleague: Headers
let city: Headers
beforeAll(async () => {
  app = await createTestApp()
  const editor = async (organization: string) => (await staff(app, { role: 'EDITOR', organization })).headers
  headers = await editor('service-public-de-wallonie')
  colleague = await editor('service-public-de-wallonie')
  city = await editor('ville-de-liege')
})
afterAll(() => app.close())
afterEach(() => expect(app.errors).toEqual([]))

async function send(parameters: string, file: Sent, who = headers): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([file]), parameters.startsWith('format=hsds-json') ? 'hsds.json' : 'questions.csv')
  const response = await app.fetch(`/exchange/imports?${parameters}`, {
    method: 'POST',
    headers: { ...who, authorization: 'none' },
    body: form,
  })
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

async function tellOf(id: string, who = headers): Promise<Told> {
  const query = `query ($id: ID!) { import(id: $id) { state notes done total made changed unchanged wrong problems { row column code }
    rows { outcome record slug title changed problems { row column code message } } } }`
  const { data } = await app.ask(query, { id }, who)
  return data.import
}

/** Sends a file, waits until it is done, and tells what became of it. */
async function bring(parameters: string, file: Sent, who = headers): Promise<Told> {
  const id = await send(parameters, file, who)
  await app.runJobsOnce()
  await app.directory.refresh()
  return tellOf(id, who)
}

const problemsOf = ({ problems, rows }: Told): string[] =>
  [...problems, ...rows.flatMap((row: Told) => row.problems)].map(({ column, code }: Told) => `${column} ${code}`)
const get = async (path: string, who = headers) => (await app.fetch(`/exchange/exports/${path}`, { headers: who })).text()
const feed = async (who = headers): Promise<Record<'services' | 'organizations', Told[]>> => JSON.parse(await get('hsds-json', who))
const json = (...records: unknown[]) => JSON.stringify(records)

async function organizationOf(slug: string): Promise<string> {
  return (await app.db.organization.findUniqueOrThrow({ where: { slug } })).id
}

/** Services that the region looks after, as they are exported. */
async function regions(): Promise<Told[]> {
  const id = await organizationOf('service-public-de-wallonie')
  const hers = new Set(
    (await app.db.service.findMany({ where: { organization: { OR: [{ id }, { keeperId: id }] } } })).map((one) => one.id),
  )
  return (await feed()).services.filter((one) => hers.has(one.id))
}

/** The spreadsheet of questions: its headings, and its rows by what they are called. */
async function sheet(who = headers) {
  const [head = [], ...rows] = parseCsv(await get('questions', who)).rows.map(({ cells }) => cells)
  return { head, rows, at: (name: string) => head.indexOf(name) }
}

const newest = async (recordId: string): Promise<any> =>
  (await app.db.contentRevision.findFirstOrThrow({ where: { recordId }, orderBy: { number: 'desc' } })).document
const shownQuestion = (slug: string) => app.directory.current().faqEntriesBySlug.get(slug)

describe('an identifier', () => {
  test('of a line or of a closing day does not become a service', async () => {
    const line = await app.db.line.findFirstOrThrow({ where: { slug: '112' } })
    const day = await app.db.closingDay.findFirstOrThrow()
    const own = await organizationOf('ville-de-liege')
    const records = [line, day].map(({ id }) => ({ id, name: 'À nous', description: 'x', status: 'active', organization_id: own }))
    for (const wish of ['format=hsds-json', 'format=hsds-json&publish=true&source=nous']) {
      const told = await bring(wish, json(...records), city)
      expect([told.state, problemsOf(told)]).toEqual(['REFUSED', ['id id_of_other', 'id id_of_other']])
    }
    expect(await app.db.contentRecord.count({ where: { id: { in: [line.id, day.id] } } })).toBe(0)
  })

  test('is that of one record of the file', async () => {
    const id = crypto.randomUUID()
    const told = await bring(
      'format=hsds-json',
      JSON.stringify({ organizations: [{ id, name: 'Une' }], services: [{ id, name: 'Une', status: 'active' }] }),
    )
    expect([told.state, problemsOf(told)]).toEqual(['REFUSED', ['id id_of_other']])

    // Places are known by what the feed calls them, and by their rows.
    const { location } = (await regions()).flatMap((one) => one.service_at_locations ?? [])[0]
    const place = app.directory.current().services.flatMap(({ locations }) => locations)
    const { slug } = place.find(({ texts }) => texts.FR?.name === location.name) as { slug: string }
    const row = await app.db.location.findUniqueOrThrow({ where: { slug } })
    const twice = await bring(
      'format=hsds-json&dryRun=true',
      JSON.stringify({ locations: [location, { ...location, id: row.id, name: 'Une autre' }] }),
    )
    expect([twice.state, problemsOf(twice)]).toEqual(['REFUSED', ['id row_twice']])
  })
})

describe('what is published', () => {
  test('is what the file says, and no draft of somebody', async () => {
    const service = (await regions()).find(({ url }) => url) as Told
    const { id } = service
    expect((await bring('format=hsds-json', json({ ...service, description: 'Pas encore.' }), colleague)).state).toBe('DONE')
    const change = json({ ...service, url: 'https://neuf.example.be/' })
    const told = await bring('format=hsds-json&publish=true', change)
    expect([told.state, problemsOf(told)]).toEqual(['REFUSED', ['null draft_waiting']])
    expect((await feed()).services.find((one) => one.id === id)).toMatchObject({ description: service.description, url: service.url })

    // As a draft it is laid on the draft.
    expect(await bring('format=hsds-json', change)).toMatchObject({ state: 'DONE', changed: 1 })
    const draft = await newest(id)
    expect([draft.texts.fr.description, draft.url]).toEqual(['Pas encore.', 'https://neuf.example.be/'])
    // A file that says all that waits publishes it.
    const all = json({ ...service, description: 'Pas encore.', url: 'https://neuf.example.be/' })
    expect(await bring('format=hsds-json&publish=true', all)).toMatchObject({ state: 'DONE', changed: 1 })
    expect((await feed()).services.find((one) => one.id === id)).toMatchObject({ description: 'Pas encore.' })
  })

  test('is what was brought as a draft before, once it is said where it comes from', async () => {
    const { needs } = app.directory.current()
    const record = {
      id: crypto.randomUUID(),
      name: 'Vestiaire des Trois Ponts',
      description: 'Des vêtements.',
      status: 'active',
      organization_id: await organizationOf('service-public-de-wallonie'),
      attributes: [{ id: 'a', taxonomy_term: { id: 'n', code: needs[0]?.code } }],
      phones: [{ id: 'p', number: '04 222 11 00' }],
      service_areas: [{ id: 'z', extent: '62063' }],
      assured_date: '2026-11-01',
    }
    expect(await bring('format=hsds-json', json(record))).toMatchObject({ state: 'DONE', made: 1 })
    const told = await bring('format=hsds-json&publish=true&source=Province', json(record))
    expect([told.state, problemsOf(told)]).toEqual(['DONE', []])
    expect(await app.db.service.findUniqueOrThrow({ where: { id: record.id } })).toMatchObject({ source: 'Province' })
  })

  test('of a spreadsheet is what was changed in it', async () => {
    const { head, rows, at } = await sheet()
    const answer = at('Réponse (fr)')
    const hers = rows.filter((row) => row[answer])
    const [drafted, changed] = [hers[0] as string[], hers[1] as string[]]
    const draft = drafted.with(answer, 'Pas encore.')
    expect(await bring('format=questions', csvOf([head, draft]), colleague)).toMatchObject({ state: 'DONE', changed: 1 })

    const again = await sheet()
    const edited = again.rows.map((row) => (row[0] === changed[0] ? row.with(answer, `${row[answer]} Et plus.`) : row))
    const told = await bring('format=questions&publish=true', csvOf([again.head, ...edited]))
    expect(told).toMatchObject({ state: 'DONE', changed: 1, rows: [{ slug: changed[0], changed: ['answer_fr'] }] })
    expect(told.notes).toEqual([expect.stringContaining(`reste à publier dans l’atelier : 1 (${drafted[0]}`)])
    expect(shownQuestion(changed[0] as string)?.answers.FR?.answer).toMatch(/ Et plus\.$/)
    expect(shownQuestion(drafted[0] as string)?.answers.FR?.answer?.replaceAll('\u202F', '\u00A0')).toBe(drafted[answer])

    // What is changed on the draft goes out with the draft, so it does not.
    const upon = again.rows.find((row) => row[0] === drafted[0])?.with(at('Question (en)'), 'Really?') as string[]
    expect(problemsOf(await bring('format=questions&publish=true', csvOf([again.head, upon])))).toEqual(['null draft_waiting'])
    const laid = await bring('format=questions', csvOf([again.head, upon]))
    expect(laid).toMatchObject({ state: 'DONE', rows: [{ changed: ['question_en'] }] })
  })

  test('names nothing that is not', async () => {
    const { head, at, rows } = await sheet()
    const make = (question: string, related: string) => {
      const cells = head.map(() => '')
      cells[at('Organisme')] = 'service-public-de-wallonie'
      cells[at('Question (fr)')] = question
      cells[at('Réponse (fr)')] = 'Oui.'
      cells[at('Besoins')] = rows.find((row) => row[at('Besoins')])?.[at('Besoins')] as string
      cells[at('Source')] = 'nous'
      cells[head.findIndex((name) => /voir aussi|liées|related/i.test(name))] = related
      return cells
    }
    expect(await bring('format=questions', csvOf([head, make('Reste un brouillon', '')]))).toMatchObject({ state: 'DONE', made: 1 })
    const draft = (await sheet()).rows.find((row) => row[0] === 'reste-un-brouillon') as string[]
    const told = await bring('format=questions&publish=true', csvOf([head, draft, make('Mène au brouillon', 'reste-un-brouillon')]))
    expect([told.state, problemsOf(told).length]).toEqual(['REFUSED', 1])
  })
})

describe('a row of the spreadsheet', () => {
  test('that ends early leaves the rest as it is', async () => {
    const { head, rows, at } = await sheet()
    const row = rows.find((one) => one[at('Version')] === '1' && one[at('Réponse (de)')]) as string[]
    const short = row.slice(0, at('Réponse (fr)') + 1).with(at('Réponse (fr)'), 'Oui, le matin.')
    const told = await bring('format=questions&publish=true', csvOf([head, short]))
    expect(told).toMatchObject({ state: 'DONE', rows: [{ changed: ['answer_fr'] }] })
    const { answers } = shownQuestion(row[0] as string) as Told
    expect([answers.FR.answer, answers.DE.answer]).toEqual(['Oui, le matin.', row[at('Réponse (de)')]])
  })

  test('that was exported keeps its short address', async () => {
    const { head, rows } = await sheet()
    const row = rows[3] as string[]
    const told = await bring('format=questions', csvOf([head, row.with(0, `${row[0]}-x`)]))
    expect([told.state, problemsOf(told)]).toEqual(['REFUSED', ['Adresse courte row_unknown']])
  })

  test('tells nothing of drafts of others', async () => {
    const { head, rows, at } = await sheet()
    const row = rows.filter((one) => one[at('Version')] === '1' && shownQuestion(one[0] as string)).at(-1) as string[]
    const draft = row.with(at('Question (fr)'), 'Un secret ?')
    expect((await bring('format=questions', csvOf([head, draft]))).state).toBe('DONE')
    const guess = async (cells: string[][]) => bring('format=questions&dryRun=true', csvOf(cells), city)
    const asked = (question: string) =>
      guess([
        ['slug', 'version', 'question_fr'],
        [row[0] as string, '1', question],
      ])
    expect(problemsOf(await asked('Autre chose ?'))).toEqual(['Organisme out_of_reach'])
    expect(problemsOf(await asked('Un secret ?'))).toEqual(['Organisme out_of_reach'])
    expect(await asked(row[at('Question (fr)')] as string)).toMatchObject({ state: 'DONE', unchanged: 1 })
  })

  test('saved by Excel as Windows-1252 has its letters', async () => {
    const letters: Record<string, number> = { '’': 0x92, '–': 0x96, œ: 0x9c, '€': 0x80, '…': 0x85, '“': 0x93, '”': 0x94, '„': 0x84 }
    const asWindows = (text: string) =>
      Uint8Array.from([...text].map((letter) => letters[letter] ?? (letter < '\u0100' ? letter.charCodeAt(0) : 0x3f)))
    const { head, rows, at } = await sheet()
    const untouched = rows.filter((row) => row[at('Version')] === '1')
    const [row] = untouched as [string[]]
    expect(app.directory.current().faqEntries.some(({ texts }) => texts.FR?.question.includes('\u202F'))).toBe(true)
    const text = (cells: string[][]) => asWindows(csvOf(cells).slice(1))
    const back = await bring('format=questions&dryRun=true', text([head, ...untouched]))
    expect(back).toMatchObject({ state: 'DONE', changed: 0, wrong: 0 })
    const answer = 'L’aide coûte 5 € – main-d’œuvre…'
    await bring('format=questions&publish=true', text([head, row.with(at('Réponse (fr)'), answer)]))
    expect(shownQuestion(row[0] as string)?.answers.FR?.answer).toBe(answer)

    // UTF-8 with one wrong byte would have all its accents wrong.
    const broken = Buffer.concat([Buffer.from(csvOf([head, ...rows]).slice(1)), Buffer.from([0xe9])])
    expect(problemsOf(await bring('format=questions&dryRun=true', new Uint8Array(broken)))).toEqual(['null file_unreadable'])
  })
})

describe('a file of HSDS', () => {
  test('that corrects a number keeps what it is called in other languages', async () => {
    const number = '04 999 88 77'
    const services = app.directory.current().services
    const labelled = services.find(({ phones }) => phones.some(({ texts }) => Object.keys(texts).length > 1)) as Told
    const { headers: hers } = await staff(app, { role: 'EDITOR', organization: labelled.organization.slug })
    const at = labelled.phones.findIndex(({ texts }: Told) => Object.keys(texts).length > 1)
    const record = (await feed(hers)).services.find(({ id }) => id === labelled.id) as Told
    const phones = record.phones.map((phone: Told, index: number) => (index === at ? { ...phone, number } : phone))
    expect(await bring('format=hsds-json', json({ ...record, phones }), hers)).toMatchObject({ state: 'DONE', changed: 1 })
    const { label } = (await newest(labelled.id)).phones[at]
    expect(Object.keys(label).sort()).toEqual(
      Object.keys(labelled.phones[at].texts)
        .map((code) => code.toLowerCase())
        .sort(),
    )
  })

  test('takes away whom a service is for, in a list of our own', async () => {
    const service = app.directory.current().services.find(({ audiences }) => audiences.length > 0) as Told
    const { headers: hers } = await staff(app, { role: 'EDITOR', organization: service.organization.slug })
    const record = (await feed(hers)).services.find(({ id }) => id === service.id) as Told
    const attributes = record.attributes.filter(({ link_type }: Told) => link_type !== 'intended_audience')
    // Of another directory, which has no word for it.
    const foreign = attributes.map(({ taxonomy_term: { code } }: Told) => ({ id: 'a', taxonomy_term: { id: code, code } }))
    expect(await bring('format=hsds-json', json({ ...record, attributes: foreign }), hers)).toMatchObject({ changed: 0, wrong: 0 })
    expect(await bring('format=hsds-json', json({ ...record, attributes }), hers)).toMatchObject({ state: 'DONE', changed: 1 })
    expect(await newest(service.id)).toMatchObject({ audiences: [], needs: service.needs.map(({ code }: Told) => code) })
  })

  test.each([
    ['a letter that is none', 'a\\u0000b', 'name value_shape'],
    ['half a letter', 'a\\ud800b', 'name value_shape'],
  ])('with %s is told', async (_what, name, problem) => {
    const told = await bring('format=hsds-json', `[{"id":"${crypto.randomUUID()}","name":"${name}","status":"active"}]`)
    expect([told.state, problemsOf(told)]).toEqual(['REFUSED', [problem]])
  })

  test('has a report whatever its letters are', async () => {
    const organization_id = await organizationOf('service-public-de-wallonie')
    const stray = { id: crypto.randomUUID(), name: 'Sans maison', status: 'active' }
    expect(await bring('format=hsds-json&source=Ici%00', json({ ...stray, organization_id }))).toMatchObject({ state: 'DONE', made: 1 })
    expect((await newest(stray.id)).source).toBe('Ici')
    // Nobody but a region could see it again.
    const nobodys = await bring('format=hsds-json', json({ ...stray, id: crypto.randomUUID() }), city)
    expect([nobodys.state, problemsOf(nobodys)]).toEqual(['REFUSED', ['organization_id out_of_reach']])
    const record = { id: crypto.randomUUID(), name: `${'a'.repeat(119)}🧺`, status: `${'b'.repeat(79)}🧺`, organization_id }
    expect(problemsOf(await bring('format=hsds-json', json(record)))).toEqual(['status unknown'])
  })

  test('is not read for what it does not say: rare hours, a fax, a letter box', async () => {
    const record = {
      id: crypto.randomUUID(),
      name: 'Permanence du jeudi',
      status: 'active',
      organization_id: await organizationOf('service-public-de-wallonie'),
    }
    const open = { freq: 'WEEKLY', opens_at: '09:00', closes_at: '12:00' }
    const schedules = [
      { id: '1', ...open, byday: 'MO', interval: 2 },
      { id: '2', ...open, byday: 'TU', bymonthday: '1' },
      { id: '3', ...open, byday: 'WE', count: 1 },
    ]
    const capacities = [{ id: 'c', unit: { id: 'bed', name: 'bed' }, available: 3, updated: 'au printemps' }]
    const wrong = await bring('format=hsds-json', json({ ...record, schedules, capacities }))
    expect(problemsOf(wrong).filter((one) => !one.startsWith('capacities.0.unit'))).toEqual([
      'schedules.0.interval unknown',
      'schedules.1.bymonthday unknown',
      'schedules.2.count unknown',
      'capacities.0.updated value_shape',
    ])

    const [box, street] = [
      { id: 'b', address_1: 'Boîte postale 12', city: 'Liège', postal_code: '4000', address_type: 'postal' },
      { id: 's', address_1: 'Rue Haute 4', city: 'Liège', postal_code: '4000', address_type: 'physical' },
    ]
    const location = { id: crypto.randomUUID(), location_type: 'physical', name: 'Le jeudi', addresses: [box, street] }
    const phones = [
      { id: 'f', number: '04 222 11 99', type: 'fax' },
      { id: 'v', number: '04 222 11 00', type: 'voice', contact: 'Anne' },
    ]
    const told = await bring('format=hsds-json', json({ ...record, phones, service_at_locations: [{ id: 'x', location }] }))
    expect([told.state, problemsOf(told)]).toEqual(['DONE', []])
    expect((await newest(record.id)).phones.map(({ number }: Told) => number)).toEqual(['04 222 11 00'])
    expect((await newest(location.id)).street).toBe('Rue Haute 4')
    expect(told.notes.toSorted()).toEqual(
      ['addresses.address_type postal', 'phones.contact', 'phones.type fax'].map((one) => expect.stringContaining(`${one} (1)`)),
    )
  })

  test('leaves alone what was retired here, and brings in the rest', async () => {
    const [gone, other] = (await regions()).slice(-3) as [Told, Told]
    const { data } = await app.ask(
      'mutation ($input: RetireContentInput!) { retireContent(input: $input) { __typename } }',
      { input: { id: gone.id, version: 1 } },
      headers,
    )
    expect(data.retireContent.__typename).toBe('ContentRecord')
    const told = await bring('format=hsds-json', json({ ...gone, name: 'Encore' }, { ...other, name: 'Autrement' }))
    expect(told).toMatchObject({ state: 'DONE', changed: 1, wrong: 0, notes: [expect.stringContaining('laissées telles quelles : 1')] })
    expect((await newest(gone.id)).texts.fr?.name).not.toBe('Encore')
  })

  test('has so many records and no more', async () => {
    const nested = Array.from({ length: 20_001 }, (_none, index) => ({ id: `${index}` }))
    const brackets = `[${'[],'.repeat(4_000_000)}[]]`
    for (const text of [`{"services":[${'{},'.repeat(20_000)}{}]}`, json({ id: 'a', name: 'a', services: nested }), brackets])
      expect(problemsOf(await bring('format=hsds-json', text)).filter((one) => one.endsWith('rows_too_many'))).toHaveLength(1)
  })
})

test('an import waits for another one, and says meanwhile that it goes on', async () => {
  const other = new pg.Client({ connectionString: app.url })
  await other.connect()
  await other.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('content imports', 0))`)
  const id = await send('format=questions&dryRun=true', 'slug;organization;question_fr\nattend;service-public-de-wallonie;Quoi ?\n')
  const done = app.runJobsOnce()
  const leased = async () => (await app.db.contentImport.findUniqueOrThrow({ where: { id } })).leasedUntil?.getTime() ?? 0
  await vi.waitFor(async () => expect(await leased()).toBeGreaterThan(NOW.getTime()), 20_000)
  app.setTime(new Date(NOW.getTime() + 60_000))
  await vi.waitFor(async () => expect(await leased()).toBe(NOW.getTime() + 180_000), 20_000)
  await other.query('ROLLBACK')
  await other.end()
  await done
  app.setTime(NOW)
  expect(await tellOf(id)).toMatchObject({ state: 'DONE', made: 1 })
})

test('records are made and published in the workshop while others are changed by an import, or only tried', async () => {
  const service = (await regions()).at(-1) as Told
  const other = new pg.Client({ connectionString: app.url })
  await other.connect()
  await other.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest('{content slugs SERVICE,content slugs QUESTION,content published}'::text[]) AS name`)
  const told = await bring('format=hsds-json', json({ ...service, url: 'https://autre.example.be/' }))
  const sheet = 'slug;organization;question_fr\nessai;service-public-de-wallonie;Un essai ?\n'
  const tried = await bring('format=questions&dryRun=true', sheet)
  const wrong = await bring('format=questions&dryRun=true&publish=true', sheet)
  await other.query('ROLLBACK')
  await other.end()
  expect(told).toMatchObject({ state: 'DONE', changed: 1 })
  expect(tried).toMatchObject({ state: 'DONE', made: 1 })
  expect(wrong.state).toBe('REFUSED')
})

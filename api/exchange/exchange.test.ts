import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readRows } from '../directory/rows.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { HSDS_SCHEMAS, readHsdsSchemas } from '../testing/hsds.ts'
import { staff } from '../testing/staff.ts'
import { parseCsv } from './rules/csv.ts'

let app: TestApp
/** An editor of the region, which looks after the public welfare centres. */
let headers: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  headers = (await staff(app, { role: 'EDITOR', organization: 'service-public-de-wallonie' })).headers
})
afterAll(() => app.close())
afterEach(() => expect(app.errors).toEqual([]))

type Told = Record<string, any>
type File = { name: string; text: string }

const FIELDS = `id state done total made changed unchanged wrong lacking problemCount by notes endedAt
  problems { file row column code message } rows { file row outcome kind record slug title changed problems { file row column code message }
  lacks { column code } }`

const send = (parameters: string, files: readonly File[], who = headers) => {
  const form = new FormData()
  for (const { name, text } of files) form.append('file', new Blob([text]), name)
  return app.fetch(`/exchange/imports?${parameters}`, { method: 'POST', headers: { ...who, authorization: 'none' }, body: form })
}

/** Sends files, waits until they are done, and tells what became of them. */
async function bring(parameters: string, files: readonly File[], who = headers, language = 'fr'): Promise<Told> {
  const response = await send(parameters, files, who)
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as { id: string }
  await app.runJobsOnce()
  await app.directory.refresh()
  const { data, errors } = await app.ask(
    `query ($id: ID!) { import(id: $id) { ${FIELDS} } }`,
    { id },
    { ...who, 'accept-language': language },
  )
  expect(errors).toBeUndefined()
  return data.import
}

async function fetchFile(path: string, who = headers): Promise<string> {
  const response = await app.fetch(`/exchange/exports/${path}`, { headers: who })
  expect(`${path} ${response.status}`).toBe(`${path} 200`)
  return response.text()
}

/** All tables of a package. */
async function fetchTables(lang: string): Promise<File[]> {
  const { resources } = JSON.parse(await fetchFile(`hsds-csv/datapackage.json?lang=${lang}`))
  return Promise.all(
    resources.map(async ({ path }: { path: string }) => ({ name: path, text: await fetchFile(`hsds-csv/${path}?lang=${lang}`) })),
  )
}

const fetchJson = async (lang = 'fr') =>
  JSON.parse(await fetchFile(`hsds-json?lang=${lang}`)) as Record<'organizations' | 'services', Told[]>
const asFile = (value: unknown, name = 'hsds.json'): File => ({ name, text: JSON.stringify(value) })
const revisions = () => app.db.contentRevision.count()

describe('what was exported changes nothing when it comes back', () => {
  test.each(['fr', 'de', 'nl', 'en'])('HSDS as JSON and as tables, in %s', async (lang) => {
    const [before, rows] = [await revisions(), JSON.stringify(await readRows(app.db), bigints)]
    const json = await bring(`format=hsds-json&publish=true&lang=${lang}`, [
      { name: 'hsds.json', text: await fetchFile(`hsds-json?lang=${lang}`) },
    ])
    expect(json).toMatchObject({ state: 'DONE', made: 0, changed: 0, wrong: 0, rows: [], problems: [], notes: [] })
    expect(json.unchanged).toBeGreaterThan(300)
    expect([json.done, json.total]).toEqual([json.unchanged, json.unchanged])
    const tables = await bring(`format=hsds-csv&publish=true&lang=${lang}`, await fetchTables(lang))
    expect(tables).toMatchObject({
      state: 'DONE',
      made: 0,
      changed: 0,
      wrong: 0,
      rows: [],
      problems: [],
      notes: [],
      unchanged: json.unchanged,
    })
    expect(await revisions()).toBe(before)
    expect(JSON.stringify(await readRows(app.db), bigints)).toBe(rows)
  })

  test('in spring as well, when the clock has changed since', async () => {
    const file = { name: 'hsds.json', text: await fetchFile('hsds-json') }
    app.setTime(new Date('2027-04-10T09:00:00Z'))
    expect(await bring('format=hsds-json', [file])).toMatchObject({ state: 'DONE', made: 0, changed: 0, wrong: 0 })
    app.setTime(NOW)
  })

  test.each(['fr', 'de', 'nl', 'en'])('the spreadsheet of questions, with headings in %s', async (lang) => {
    const text = await fetchFile(`questions?lang=${lang}`)
    const sheet = await bring('format=questions&publish=true', [{ name: 'questions.csv', text }])
    expect(sheet).toMatchObject({ state: 'DONE', made: 0, changed: 0, wrong: 0, problems: [] })
    expect(sheet.unchanged).toBe(parseCsv(text).rows.length - 1)
    expect(sheet.unchanged).toBeGreaterThan(0)
  })
})

const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

describe('a value that another directory changes', () => {
  test('changes that value, as a draft, and nothing that the feed has no word for', async () => {
    const { services } = await fetchJson('de')
    const service = services.find(
      ({ attributes, id }) => attributes && app.directory.current().services.some((one) => one.id === id && one.eligibility),
    ) as Told
    const { id } = service
    const stored = (await app.db.service.findUniqueOrThrow({ where: { id }, include: { organization: true } })).organization.slug
    const { headers: hers } = await staff(app, { role: 'EDITOR', organization: stored })
    const trial = await bring('format=hsds-json&lang=de&dryRun=true', [asFile([{ ...service, name: 'Neuer Name' }])], hers)
    expect(trial).toMatchObject({ state: 'DONE', changed: 1, wrong: 0 })
    expect(await app.db.contentRecord.count({ where: { id } })).toBe(0)
    const done = await bring('format=hsds-json&lang=de', [asFile([{ ...service, name: 'Neuer Name' }])], hers)
    expect(done.rows).toMatchObject([{ outcome: 'CHANGED', kind: 'SERVICE', record: id, changed: ['name'], row: 1 }])
    const { data } = await app.ask(
      `query ($id: ID!) { contentRecord(id: $id) { version publishedVersion state revisions(first: 5) { edges { node { action by changes { path after } } } } } }`,
      { id },
      hers,
    )
    expect(data.contentRecord).toMatchObject({ version: 2, publishedVersion: 1, state: 'CHANGED' })
    expect(data.contentRecord.revisions.edges[0].node).toMatchObject({
      action: 'IMPORTED',
      changes: [{ path: ['texts', 'de', 'name'], after: 'Neuer Name' }],
    })
    // Once more is nothing more; published, the draft is what everybody sees.
    expect(await bring('format=hsds-json&lang=de', [asFile([{ ...service, name: 'Neuer Name' }])], hers)).toMatchObject({
      changed: 0,
      unchanged: 2,
    })
    const published = await bring('format=hsds-json&lang=de&publish=true', [asFile([{ ...service, name: 'Neuer Name' }])], hers)
    expect(published).toMatchObject({ state: 'DONE', changed: 1 })
    const row = await app.db.service.findUniqueOrThrow({ where: { id }, include: { translations: true } })
    expect(row.translations.find(({ language }) => language === 'DE')?.name).toBe('Neuer Name')
    expect(row.eligibility).not.toBeNull()
    expect(row.translations).toHaveLength(4)
  })
})

/** A small directory of somebody who never heard of us. */
const PROVINCE = {
  organizations: [
    {
      id: '3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001',
      name: 'Entraide du Plateau',
      description: 'Une association.',
      website: 'https://plateau.example.be',
    },
  ],
  services: [
    {
      id: 'service-17',
      organization_id: '3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001',
      name: 'Colis du Plateau',
      description: 'Un colis par semaine.',
      status: 'active',
      minimum_age: 18,
      phones: [{ id: 'p1', number: '04 222 11 00', languages: [{ id: 'l1', code: 'fr' }] }],
      schedules: [{ id: 's1', freq: 'WEEKLY', byday: 'TU,TH', opens_at: '09:00', closes_at: '12:00' }],
      service_areas: [{ id: 'a1', name: 'Liège', extent: 'NIS 62063', extent_type: 'text' }],
      service_at_locations: [
        {
          id: 'x1',
          location: {
            id: 'place-4',
            location_type: 'physical',
            name: 'Maison du Plateau',
            addresses: [
              {
                id: 'd1',
                address_1: 'Rue Haute 4',
                city: 'Liège',
                postal_code: '4000',
                country: 'BE',
                state_province: 'Liège',
                address_type: 'physical',
              },
            ],
          },
        },
      ],
      attributes: [
        { id: 't1', link_id: 'service-17', link_type: 'need', taxonomy_term: { id: 'n1', code: 'food', name: 'Alimentation' } },
        { id: 't2', link_id: 'service-17', link_type: 'need', taxonomy_term: { id: 'n2', code: 'XX-1', name: 'Autre chose' } },
      ],
      funding: [{ id: 'f1', source: 'Province' }],
    },
  ],
}

describe('the directory of a province', () => {
  test('becomes drafts, once; then it is published', async () => {
    const drafts = await bring('format=hsds-json', [asFile(PROVINCE)])
    expect(drafts.problems).toEqual([])
    expect(drafts.rows.flatMap(({ problems }: Told) => problems)).toEqual([])
    expect(drafts).toMatchObject({ state: 'DONE', made: 3, changed: 0, wrong: 0, lacking: 3 })
    expect(drafts.notes).toEqual(expect.arrayContaining(['Terme inconnu, non repris : Autre chose (1).', 'Non repris : funding (1).']))
    expect(drafts.rows.map(({ kind, slug }: Told) => `${kind} ${slug}`)).toEqual([
      'ORGANIZATION entraide-du-plateau',
      'LOCATION maison-du-plateau',
      'SERVICE colis-du-plateau',
    ])
    expect(await app.db.organization.count({ where: { slug: 'entraide-du-plateau' } })).toBe(0)
    expect(await bring('format=hsds-json', [asFile(PROVINCE)])).toMatchObject({ made: 0, changed: 0, unchanged: 3 })

    // Where it comes from is missing, and told at its row.
    const bare = await bring('format=hsds-json&publish=true', [asFile(PROVINCE)])
    expect(bare.state).toBe('REFUSED')
    expect(bare.rows.flatMap(({ problems }: Told) => problems.map(({ column, code }: Told) => `${column} ${code}`))).toEqual([
      'source required',
      'source required',
    ])
  })

  test('is published at once where that is asked for', async () => {
    const anew = JSON.parse(
      JSON.stringify(PROVINCE).replaceAll('1f0001', '1f0002').replaceAll('service-17', 'service-18').replaceAll('place-4', 'place-5'),
    )
    const done = await bring('format=hsds-json&publish=true&source=Province', [asFile(anew)])
    expect(done.rows.flatMap(({ problems }: Told) => problems)).toEqual([])
    expect(done).toMatchObject({ state: 'DONE', made: 3 })
    const service = await app.db.service.findUniqueOrThrow({
      where: { slug: 'colis-du-plateau-2' },
      include: {
        organization: true,
        needs: true,
        locations: { include: { location: true } },
        schedules: true,
        serviceAreas: true,
        phones: true,
      },
    })
    expect(service).toMatchObject({
      status: 'ACTIVE',
      minimumAge: 18,
      source: 'Province',
      organization: { slug: 'entraide-du-plateau-2' },
      needs: [{ needCode: 'food' }],
      locations: [{ location: { street: 'Rue Haute 4', communeNis: '62063', postalCode: '4000' } }],
      schedules: [{ byday: ['TU', 'TH'], opensAt: '09:00', closesAt: '12:00', validFrom: null, validTo: null }],
      serviceAreas: [{ kind: 'COMMUNE', code: '62063' }],
      phones: [{ number: '04 222 11 00' }],
    })
    const audit = await app.db.auditEvent.findFirst({ where: { subjectId: service.id } })
    expect(audit).toMatchObject({ action: 'content.published' })
  })

  test('with one wrong row changes nothing, and tells where', async () => {
    const before = [await revisions(), await app.db.contentRecord.count(), await app.db.auditEvent.count()]
    const service = PROVINCE.services[0] as Told
    const wrong = {
      organizations: [{ id: '3f0e0c52-54a1-4a55-9c61-0f5f6a1f0003', name: 'Une autre' }],
      services: [
        { ...service, id: 'service-30', name: 'Bonne', service_at_locations: [] },
        {
          ...service,
          id: 'service-31',
          organization_id: '3f0e0c52-54a1-4a55-9c61-0f5f6a1f9999',
          minimum_age: 'dix',
          service_at_locations: [],
          service_areas: [{ id: 'a9', name: 'Nulle part' }],
          phones: [{ id: 'p9', number: 'appelez' }],
        },
      ],
    }
    const told = await bring('format=hsds-json', [asFile(wrong)], headers, 'de')
    expect(told).toMatchObject({ state: 'REFUSED', wrong: 1, made: 2 })
    expect(told.rows[0].problems.map(({ row, column, code }: Told) => `${row} ${column} ${code}`).sort()).toEqual([
      '2 minimum_age value_shape',
      '2 organization_id unknown',
      '2 phones.0 number_unknown_shape',
      '2 service_areas.0.name unknown',
    ])
    expect(told.rows[0].problems.map(({ message }: Told) => message)).toContain('Dieser Wert hat nicht die erwartete Form.')
    expect([await revisions(), await app.db.contentRecord.count(), await app.db.auditEvent.count()]).toEqual(before)
  })
})

describe('tables of a data package', () => {
  const ORGANIZATION = 'id,name,description\n3f0e0c52-54a1-4a55-9c61-0f5f6a1f0010,Tables,Une table\n'
  test.each<[string, File[], string]>([
    [
      'a row that belongs to nothing',
      [
        { name: 'organizations.csv', text: ORGANIZATION },
        { name: 'phones.csv', text: 'id,service_id,number\np,nobody,1718\n' },
      ],
      'phones.csv 2 service_id reference_missing',
    ],
    ['a table that there is not', [{ name: 'people.csv', text: 'id\n1\n' }], 'people.csv 1 null table_unknown'],
    [
      'a table sent twice',
      [
        { name: 'organizations.csv', text: ORGANIZATION },
        { name: 'organization.csv', text: ORGANIZATION },
      ],
      'organization.csv 1 null table_twice',
    ],
    [
      'a row with a cell too many',
      [{ name: 'organizations.csv', text: `${ORGANIZATION}a,b,c,d\n` }],
      'organizations.csv 3 null cells_too_many',
    ],
    [
      'a quotation mark that never closes',
      [{ name: 'organizations.csv', text: `${ORGANIZATION}a,"b\n` }],
      'organizations.csv 3 null quote_open',
    ],
  ])('%s is told', async (_what, files, expected) => {
    const told = await bring('format=hsds-csv', files)
    expect(told.state).toBe('REFUSED')
    expect(
      [...told.problems, ...told.rows.flatMap(({ problems }: Told) => problems)].map(
        ({ file, row, column, code }: Told) => `${file} ${row} ${column} ${code}`,
      ),
    ).toContain(expected)
  })
})

describe('the spreadsheet of questions', () => {
  test('changes what was changed in it, and makes what is new', async () => {
    const { rows } = parseCsv(await fetchFile('questions?lang=fr'))
    const [head, first] = rows.map(({ cells }) => cells) as [string[], string[]]
    const at = (name: string) => head.indexOf(name)
    first[at('Question (de)')] = '=Neue Frage?'
    const fresh = head.map(() => '')
    fresh[at('Organisme')] = first[at('Organisme')] as string
    fresh[at('Question (fr)')] = 'Où trouver un abri ?'
    fresh[at('Réponse (fr)')] = 'Appelez le 1718.'
    fresh[at('Besoins')] = 'housing'
    fresh[at('Urgence')] = 'crise'
    fresh[at('Texte relu le')] = '15/11/2026'
    const sheet = (cells: string[][]) => [
      { name: 'questions.csv', text: cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\r\n') },
    ]
    const done = await bring('format=questions', sheet([head, first, fresh]))
    expect(done.rows.flatMap(({ problems }: Told) => problems)).toEqual([])
    expect(done).toMatchObject({ state: 'DONE', made: 1, changed: 1, unchanged: 0 })
    expect(done.rows.map(({ outcome, slug, changed }: Told) => [outcome, slug, outcome === 'CHANGED' ? changed : []])).toEqual([
      ['CHANGED', first[0], ['question_de']],
      ['MADE', 'ou-trouver-un-abri', []],
    ])
    const made = await app.db.contentRecord.findFirstOrThrow({ where: { slug: 'ou-trouver-un-abri' }, include: { revisions: true } })
    expect(made.revisions[0]?.document).toMatchObject({ urgency: 'CRISIS', reviewedAt: '2026-11-15', needs: ['housing'], language: 'FR' })

    // What stands in it is no formula in a spreadsheet; and it comes back as a draft.
    expect(await fetchFile('questions?lang=fr')).toContain("'=Neue Frage?")
    expect(await bring('format=questions', [{ name: 'q.csv', text: await fetchFile('questions?lang=nl') }])).toMatchObject({
      changed: 0,
      made: 0,
    })

    // The row from before the change would take it back.
    first[at('Question (de)')] = 'Etwas anderes?'
    const late = await bring('format=questions', sheet([head, first]), headers, 'en')
    expect(late).toMatchObject({ state: 'REFUSED', wrong: 1 })
    expect(late.rows[0].problems).toMatchObject([{ row: 2, code: 'row_changed', message: expect.stringContaining('1 → 2') }])
  })

  test('is told what is wrong with its columns and rows', async () => {
    const told = async (text: string) => {
      const { state, problems, rows } = await bring('format=questions', [{ name: 'q.csv', text }])
      expect(state).toBe('REFUSED')
      return [...problems, ...rows.flatMap((row: Told) => row.problems)].map(({ row, column, code }: Told) => `${row} ${column} ${code}`)
    }
    expect(await told('slug;Humeur\na;b\n')).toEqual(['1 Humeur column_unknown'])
    expect(await told('Organisme;Urgence\na;b\n')).toEqual(['1 null columns_missing'])
    expect(await told('slug;slug\na;b\n')).toEqual(['1 slug column_twice'])
    expect(await told('')).toEqual(['1 null file_empty'])
    const organization = 'service-public-de-wallonie'
    expect(
      await told(
        `slug;organization;question_fr;services;urgency\nun-essai;${organization};Quoi ?;nulle-part;vite\nun-essai;${organization};Quoi ?;;\n`,
      ),
    ).toEqual(expect.arrayContaining(['2 urgency value_shape', '2 services unknown', '3 Adresse courte row_twice']))
  })

  test('questions that lead to each other are published together', async () => {
    const text = `slug;organization;question_fr;answer_fr;needs;related;source\na-vers-b;service-public-de-wallonie;A ?;Oui.;food;b-vers-a;moi\nb-vers-a;service-public-de-wallonie;B ?;Oui.;food;a-vers-b;moi\n`
    const done = await bring('format=questions&publish=true', [{ name: 'q.csv', text }])
    expect(done.rows.flatMap(({ problems }: Told) => problems)).toEqual([])
    expect(done).toMatchObject({ state: 'DONE', made: 2 })
    const rows = await app.db.faqRelation.findMany({ where: { faqEntry: { slug: { in: ['a-vers-b', 'b-vers-a'] } } } })
    expect(rows).toHaveLength(2)
  })

  test('10,000 wrong rows have a short report', async () => {
    const text = `slug;organization;question_fr\n${Array.from({ length: 10_000 }, (_none, index) => `Mauvais ${index};nobody;Q`).join('\n')}`
    const told = await bring('format=questions', [{ name: 'q.csv', text }])
    expect(told).toMatchObject({ state: 'REFUSED', wrong: 10_000 })
    expect(told.rows).toHaveLength(200)
    const { report } = await app.db.contentImport.findUniqueOrThrow({ where: { id: told.id } })
    expect(JSON.stringify(report).length).toBeLessThan(300_000)
  }, 60_000)
})

describe('who may', () => {
  test('nobody changes records of others', async () => {
    const { services } = await fetchJson()
    const { id: region } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'service-public-de-wallonie' } })
    const { headers: hers } = await staff(app, { role: 'EDITOR', organization: 'ville-de-liege' })
    const kept = app.directory.current().services.find(({ organization }) => organization.keeperId === region) as { id: string }
    const foreign = services.find(({ id }) => id === kept.id) as Told
    const told = await bring('format=hsds-json', [asFile([{ ...foreign, name: 'À moi' }])], hers)
    expect(told).toMatchObject({ state: 'REFUSED', wrong: 1 })
    expect(told.rows[0].problems).toMatchObject([{ column: 'organization_id', code: 'out_of_reach' }])
    // Her imports are her organization's to see.
    const other = await app.ask('query ($id: ID!) { import(id: $id) { id } imports { id } }', { id: told.id }, headers)
    expect(other.data.import).toBeNull()
    expect(other.data.imports.length).toBeGreaterThan(5)
  })

  test('nobody but an editor, and nothing but files', async () => {
    const file = [{ name: 'q.csv', text: 'slug\na\n' }]
    const agent = (await staff(app, { role: 'AGENT' })).headers
    const status = async (parameters: string, who: Record<string, string>) => (await send(parameters, file, who)).status
    expect(await status('format=questions', agent)).toBe(403)
    expect((await app.fetch('/exchange/imports?format=questions', { method: 'POST', body: 'slug\na' })).status).toBe(401)
    expect(await status('format=excel', headers)).toBe(400)
    expect(await status('format=questions&dryRun=yes', headers)).toBe(400)
    expect((await app.fetch('/exchange/imports', { headers })).status).toBe(405)
    expect((await app.fetch('/exchange/exports/questions', { headers: agent })).status).toBe(403)
    expect((await app.fetch('/exchange/exports/hsds-csv/passwd', { headers })).status).toBe(404)
    expect((await app.fetch('/exchange/nothing', { headers })).status).toBe(404)
    const body = 'x'.repeat(64 * 1024 * 1024 + 1)
    expect(
      (await app.fetch('/exchange/imports?format=questions', { method: 'POST', headers: { ...headers, cookie: 'a=b' }, body })).status,
    ).toBe(413)
    expect(await app.db.contentImport.count({ where: { state: { in: ['WAITING', 'RUNNING'] } } })).toBe(0)
  })

  test('one import of a person at a time', async () => {
    const file = [{ name: 'q.csv', text: 'slug\na\n' }]
    const both = await Promise.all([send('format=questions', file), send('format=questions', file)])
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
    await app.runJobsOnce()
  })

  test('an import whose process died is done by another one', async () => {
    const response = await send('format=questions&dryRun=true', [
      { name: 'q.csv', text: 'slug;organization;question_fr\nrepris;service-public-de-wallonie;Q ?\n' },
    ])
    const { id } = (await response.json()) as { id: string }
    await app.db.contentImport.update({ where: { id }, data: { state: 'RUNNING', tries: 1, leasedUntil: new Date(NOW.getTime() + 1_000) } })
    await app.runJobsOnce()
    expect((await app.db.contentImport.findUniqueOrThrow({ where: { id } })).state).toBe('RUNNING')
    app.setTime(new Date(NOW.getTime() + 2_000))
    await app.runJobsOnce()
    expect(await app.db.contentImport.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'DONE', done: 1, total: 1 })
    app.setTime(NOW)
  })
})

const reason = HSDS_SCHEMAS ? '' : ' (left out: HSDS_SCHEMAS does not name the folder of the official schemas)'

test.skipIf(!HSDS_SCHEMAS)(`what is exported follows the official schemas${reason}`, async () => {
  const check = readHsdsSchemas(HSDS_SCHEMAS as string)
  const { organizations, services } = await fetchJson()
  expect(organizations.flatMap((one) => check('organization', one))).toEqual([])
  expect(services.flatMap((one) => check('service', one))).toEqual([])
  const official = JSON.parse(readFileSync(`${HSDS_SCHEMAS}/datapackage.json`, 'utf8')).resources as {
    path: string
    schema: { fields: { name: string }[] }
  }[]
  for (const { name, text } of await fetchTables('fr')) {
    const known = official.find(({ path }) => path === name)?.schema.fields.map((field) => field.name)
    expect(known, name).toBeDefined()
    // The standard's package leaves out the columns of capacities and their units, which its schemas have.
    if (name === 'service_capacity.csv' || name === 'units.csv') continue
    const columns = parseCsv(text).rows[0]?.cells ?? []
    expect(
      columns.filter((column) => !known?.includes(column)),
      name,
    ).toEqual([])
  }
})

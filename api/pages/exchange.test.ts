import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { unsuited } from '../exchange/rules/suits.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { type Seen, Visitor } from '../testing/browser.ts'
import { formPath, readFilled } from './exchange/read.ts'
import { EXCHANGE_STRINGS } from './exchange/words.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  await openDemonstration(app.db, NOW)
})
afterAll(() => app.close())
afterEach(() => expect(app.errors).toEqual([]))

const PATH = '/edit/exchange'
const IMPORT = /^\/edit\/exchange\/[\da-f-]{36}(\?lang=\w\w)?$/

async function enter(email = 'eva@liege.example', language = ''): Promise<Visitor> {
  const visitor = new Visitor(app)
  await visitor.post(`/sign-in${language && `?lang=${language}`}`, { email, password: DEMONSTRATION_PASSWORD })
  return visitor
}

type File = { name: string; text: string }

/** The form as a browser sends it; a browser that has no file chosen sends one without a name. */
function form(more: Record<string, string> = {}, files: readonly File[] = []): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries({ format: 'QUESTIONS', texts: 'FR', source: '', act: 'try', ...more }))
    data.append(name, value)
  if (files.length === 0) data.append('file', new Blob([]), '')
  for (const { name, text } of files) data.append('file', new Blob([text]), name)
  return data
}

const sheet = (...rows: string[]): File => ({
  name: 'mes-questions.csv',
  text: `slug;organization;question_fr;answer_fr;urgency\n${rows.join('\n')}\n`,
})
const question = (name: string) => `${name};ville-de-liege;Où aller, ${name} ?;Ici.;`

/** Sends files, lets them be read, and shows the report. */
async function bring(editor: Visitor, more: Record<string, string>, files: readonly File[], query = ''): Promise<Seen> {
  const sent = await editor.post(`${PATH}${query}`, form(more, files))
  expect(sent.path).toMatch(IMPORT)
  await app.runJobsOnce()
  return editor.get(sent.path)
}

/** A page as it is read: without its tags, spaces as one. */
const read = (page: string): string =>
  page
    .replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
const stored = () => Promise.all([app.db.contentRevision.count(), app.db.contentRecord.count(), app.db.auditEvent.count()])

describe('without a script', () => {
  test('a broken file changes nothing, and its report names the row, the column and the reason', async () => {
    const eva = await enter()
    const before = await stored()
    const seen = await bring(eva, { act: 'bring' }, [sheet(question('bonne'), 'mauvaise;ville-de-liege;Où ?;Ici.;vite')])
    expect(seen.status).toBe(200)
    expect(seen.page).toContain('<h1>Rien n’a été modifié</h1>')
    expect(seen.page).toContain('<title>Erreur : ')
    const text = read(seen.page)
    expect(text).toContain('À corriger dans le fichier : 1.')
    expect(text).toMatch(/ligne 3 Où \? urgency Cette valeur n’a pas la forme attendue\. vite/)
    expect(await stored()).toEqual(before)
    // The next try begins with the same choices.
    expect(seen.page).toContain('href="/edit/exchange?format=QUESTIONS&amp;texts=FR#bring"')
  })

  test('a good file is tried, then brought in as it was tried, as drafts', async () => {
    const eva = await enter()
    const before = await stored()
    const tried = await bring(eva, { source: 'Ville de Liège' }, [sheet(question('abri-de-nuit'), question('douche'))])
    expect(tried.page).toContain('<h1>L’essai a réussi</h1>')
    expect(read(tried.page)).toMatch(/Questions 2 0 0/)
    expect(await stored()).toEqual(before)
    expect(tried.page).not.toContain('/edit#')

    const done = await eva.post(tried.path, { act: 'repeat' })
    expect(done.path).toMatch(IMPORT)
    await app.runJobsOnce()
    const report = await eva.get(done.path)
    expect(report.page).toContain('<h1>C’est importé</h1>')
    const record = await app.db.contentRecord.findFirstOrThrow({ where: { slug: 'abri-de-nuit' }, include: { revisions: true } })
    expect(record).toMatchObject({ version: 1, publishedVersion: null })
    expect(record.revisions[0]?.document).toMatchObject({ source: 'Ville de Liège' })
    expect(report.page).toContain(`href="/edit#${record.id}"`)
    expect(read(report.page)).toContain('À compléter avant de publier : 2')

    // The same once more would change nothing; the files of the trial are gone with it.
    expect((await bring(eva, {}, [sheet(question('abri-de-nuit'))])).page).toContain('<h1>Ce fichier ne change rien</h1>')
    expect((await eva.post(tried.path, { act: 'repeat' })).page).toContain('Le fichier de cet essai n’est plus ici')
    expect(await app.db.contentImport.count({ where: { dryRun: false, files: { not: null } } })).toBe(0)
  })

  test('files of a trial are kept for a day, and only those of the last one', async () => {
    const eva = await enter()
    const kept = () => app.db.contentImport.findMany({ where: { files: { not: null } }, select: { id: true } })
    await bring(eva, {}, [sheet(question('premier'))])
    const last = await bring(eva, {}, [sheet(question('second'))])
    expect(await kept()).toEqual([{ id: last.path.split('/').at(-1) }])
    app.setTime(new Date(NOW.getTime() + 86_400_001))
    await app.runJobsOnce()
    app.setTime(NOW)
    expect(await kept()).toEqual([])
    // A day later she has to sign in anew.
    const again = await enter()
    const late = await again.post(last.path, { act: 'repeat' })
    expect([late.status, read(late.page).includes('choisissez-le à nouveau')]).toEqual([200, true])
    expect(await app.db.contentRecord.count({ where: { slug: 'second' } })).toBe(0)
  })

  test('it is published at once where that is ticked, and not by a button alone', async () => {
    const eva = await enter()
    const text = `slug;organization;question_fr;answer_fr;needs\npubliee;ville-de-liege;Qui ?;Nous.;food\n`
    const refused = await bring(eva, { act: 'bring', publish: 'true' }, [{ name: 'q.csv', text }])
    expect(read(refused.page)).toMatch(/Source .*rien/)
    const done = await bring(eva, { act: 'bring', publish: 'true', source: 'Ville' }, [{ name: 'q.csv', text }])
    expect(done.page).toContain('<h1>C’est importé et publié</h1>')
    expect(await app.db.faqEntry.count({ where: { slug: 'publiee' } })).toBe(1)
  })

  test('one sees how far it is; the page comes anew by itself where no script looks', async () => {
    const eva = await enter()
    const { path, page } = await eva.post(PATH, form({}, [sheet(question('en-route'))]))
    expect(page).toContain('<h1>Essai en cours</h1>')
    expect(page).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>')
    expect(page).toContain('<progress aria-labelledby="progress-label">')
    const id = path.split('/').at(-1) as string
    await app.db.contentImport.update({ where: { id }, data: { done: 1_250, total: 10_000 } })
    expect(read((await eva.get(path)).page)).toMatch(/1\s250 fiches sur 10\s000/)

    // Another one has to wait, and what was chosen is still there.
    const other = await eva.post(PATH, form({ format: 'HSDS_JSON', source: 'Province' }, [{ name: 'a.json', text: '[]' }]))
    expect(other.status).toBe(409)
    expect(other.page).toContain('Un autre de vos imports est en cours')
    expect(other.page).toContain(`href="${path}"`)
    expect(other.page).toMatch(/value="HSDS_JSON" checked/)
    expect(other.page).toContain('value="Province"')
    await app.runJobsOnce()
    const over = await eva.get(path)
    expect(over.page).not.toContain('http-equiv="refresh"')
    expect(read((await eva.get(PATH)).page)).toMatch(/mes-questions\.csv Réussi · essai · Eva Peeters, le \S+ \S+ \d{4} à \d\d:\d\d/)
  })

  test('what the server could not do is told as that', async () => {
    const eva = await enter()
    const { path } = await eva.post(PATH, form({}, [sheet(question('echec'))]))
    await app.db.contentImport.update({ where: { id: path.split('/').at(-1) as string }, data: { tries: 3 } })
    await app.runJobsOnce()
    const seen = await eva.get(path)
    expect(seen.page).toContain('<h1>L’import n’a pas abouti</h1>')
    expect(read(seen.page)).toContain('rien n’a été modifié')
  })
})

describe('what is not taken', () => {
  test.each<[string, Record<string, string>, File[], RegExp]>([
    ['no file', {}, [], /Choisissez un fichier\./],
    ['a workbook', {}, [{ name: 'q.xlsx', text: 'PK\u0003\u0004…' }], /« q\.xlsx » est un classeur/],
    ['JSON for a table', {}, [{ name: 'q.csv', text: ' {"services": []}' }], /« q\.csv » contient du JSON/],
    ['a table for JSON', { format: 'HSDS_JSON' }, [{ name: 's.csv', text: 'id,name\n' }], /« s\.csv » ne contient pas de JSON/],
    ['more files than there are tables', {}, Array.from({ length: 41 }, () => sheet()), /40 fichiers au plus/],
  ])('%s: told beside the field, and the rest is as it was typed', async (_what, more, files, told) => {
    const eva = await enter()
    const seen = await eva.post(PATH, form({ texts: 'NL', source: 'Ma source', publish: 'true', act: 'bring', ...more }, files))
    expect(seen.status).toBe(422)
    expect(/id="file-error">([^<]+)</.exec(seen.page)?.[1]).toMatch(told)
    expect(seen.page).toContain('<a href="#file">')
    expect(seen.page).toContain('value="Ma source"')
    expect(seen.page).toContain('value="NL" selected')
    expect(seen.page).toMatch(/name="publish" value="true" checked/)
    expect(await app.db.contentImport.count({ where: { state: 'WAITING' } })).toBe(0)
  })

  test('too large: told as such; what only had to wait: told as that', async () => {
    const eva = await enter()
    const send = (headers: Record<string, string>, length: number) =>
      eva.once(PATH, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x', origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
        body: 'x'.repeat(length),
      })
    const large = await send({ 'content-length': String(67_108_865) }, 67_108_865)
    expect(large.status).toBe(413)
    expect(read(await large.text())).toContain('64 Mo au plus pour tous les fichiers ensemble. Partagez-les. Revenez à la page précédente')
    const early = await send({ 'content-length': '70000' }, 67_108_865)
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '10'])
    expect(read(await early.text())).toContain('D’autres fichiers sont en train d’arriver')
    const torn = await send({}, 1_000)
    expect([torn.status, (await torn.text()).includes('L’envoi s’est interrompu')]).toEqual([400, true])
  })

  test('the first bytes tell a workbook, JSON and a table apart', () => {
    const of = (format: 'QUESTIONS' | 'HSDS_JSON' | 'HSDS_CSV', bytes: string | number[], name = 'f') =>
      unsuited(format, { name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes) })
    expect(of('HSDS_CSV', [0xd0, 0xcf, 0x11, 0xe0])).toBe('workbook')
    expect(of('HSDS_JSON', '\ufeff \n[')).toBeNull()
    expect(of('HSDS_JSON', '')).toBeNull()
    expect(of('QUESTIONS', [0xff, 0xfe, 0x73, 0])).toBeNull()
    expect(of('HSDS_CSV', '{}', 'datapackage.json')).toBeNull()
    expect(of('QUESTIONS', '[]')).toBe('is_json')
  })
})

describe('who comes here', () => {
  test('whoever has not signed in is led to where one does, and back: to an import as well', async () => {
    const nobody = new Visitor(app)
    expect((await nobody.get(PATH)).path).toBe('/sign-in?next=%2Fedit%2Fexchange')
    const own = `${PATH}/3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001`
    const asked = await nobody.get(own)
    expect(asked.path).toBe(`/sign-in?next=${encodeURIComponent(own)}`)
    const seen = await nobody.post('/sign-in', { email: 'nora@wallonie.example', password: DEMONSTRATION_PASSWORD, next: own })
    expect([seen.path, seen.status]).toEqual([own, 404])
  })

  test('who sends after her session has ended finds what she typed when she has signed in again', async () => {
    const eva = new Visitor(app)
    const source = 'Province de Liège (l’été) & « co »'
    const led = await eva.post(PATH, form({ format: 'HSDS_CSV', texts: 'DE', source, publish: 'true' }, [sheet()]))
    const next = new URL(led.path, ORIGIN).searchParams.get('next') as string
    const back = await eva.post('/sign-in', { email: 'eva@liege.example', password: DEMONSTRATION_PASSWORD, next })
    expect(back.path).toBe(next)
    expect(back.page).toContain('Votre session était terminée')
    expect(back.page).toContain('value="Province de Liège (l’été) &amp; « co »"')
    expect(back.page).toMatch(/value="HSDS_CSV" checked/)
    expect(back.page).toContain('value="DE" selected')
    expect(back.page).toMatch(/name="publish" value="true" checked/)
  })

  test('so does who has lost her cookie by then, if her script has put it into the address: her file is not read at all', async () => {
    const large = form({}, [{ name: 'q.csv', text: 'x'.repeat(70_000) }])
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }
    const led = await app.fetch(`${PATH}?format=HSDS_CSV&texts=NL&source=Province&act=try`, { method: 'POST', body: large, headers })
    const back = '/edit/exchange?format=HSDS_CSV&texts=NL&source=Province&ended=true'
    expect([led.status, led.headers.get('location')]).toEqual([303, `/sign-in?next=${encodeURIComponent(back)}`])
  })

  test('an agent is told that this is for editors, and changes nothing', async () => {
    const ana = await enter('ana@liege.example')
    const before = await app.db.contentImport.count()
    for (const seen of [await ana.get(PATH), await ana.post(PATH, form({}, [sheet(question('agent'))])), await ana.get(`${PATH}/tables`)]) {
      expect(seen.status).toBe(403)
      expect(seen.page).toContain('Réservé à la rédaction')
      expect(seen.page).toContain('href="/desk"')
    }
    expect(await app.db.contentImport.count()).toBe(before)
  })

  test('an import of another organization is not there, nor is one that does not exist, in the same words', async () => {
    const [eva, nora] = [await enter(), await enter('nora@wallonie.example')]
    const ours = await bring(eva, {}, [sheet(question('a-nous'))])
    const [theirs, none] = [await nora.get(ours.path), await nora.get(`${PATH}/3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001`)]
    expect([theirs.status, none.status]).toEqual([404, 404])
    expect(theirs.page).toBe(none.page)
    expect((await nora.post(ours.path, { act: 'repeat' })).status).toBe(404)
    expect((await nora.get(PATH)).page).not.toContain(ours.path)
    expect(await app.db.contentRecord.count({ where: { slug: 'a-nous' } })).toBe(0)
  })

  test('a colleague sees the report, and chooses the file herself to bring it in', async () => {
    const { id: memberId } = await app.db.staffMember.findUniqueOrThrow({ where: { email: 'ada@liege.example' } })
    const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'ville-de-liege' } })
    await app.db.membership.create({ data: { memberId, organizationId, role: 'EDITOR' } })
    const [eva, ada] = [await enter(), await enter('ada@liege.example')]
    const ours = await bring(eva, {}, [sheet(question('collegue'))])
    const seen = await ada.get(ours.path)
    expect([seen.status, seen.page.includes('choisissez-le à nouveau')]).toEqual([200, true])
    expect(read((await ada.post(ours.path, { act: 'repeat' })).page)).toContain('choisissez-le à nouveau')
    expect(await app.db.contentRecord.count({ where: { slug: 'collegue' } })).toBe(0)
  })

  test('a form of another page changes nothing', async () => {
    const eva = await enter()
    const tried = await bring(eva, {}, [sheet(question('etranger'))])
    const before = await app.db.contentImport.count()
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await eva.post(PATH, form({ act: 'bring' }, [sheet(question('etranger'))]), foreign)).status).toBe(403)
    expect((await eva.post(tried.path, { act: 'repeat' }, foreign)).status).toBe(403)
    expect(await app.db.contentImport.count()).toBe(before)
  })

  test('the page runs our script and asks our server, and nothing else', async () => {
    const { page, headers } = await (await enter()).get(PATH)
    const policy = headers.get('content-security-policy') ?? ''
    const [, script = ''] = /<script type="module">([\s\S]*?)<\/script>/.exec(page) ?? []
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; style-src`)
    for (const [, style = ''] of page.matchAll(/<style>([\s\S]*?)<\/style>/g))
      expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('what is taken home', () => {
  test('each link gives a file; the tables are named one by one', async () => {
    const eva = await enter()
    const { page } = await eva.get(PATH)
    const links = [...page.matchAll(/href="(\/exchange\/exports\/[^"]+)"/g)].map(([, href = '']) => href)
    expect(links).toEqual(['/exchange/exports/questions?lang=fr', '/exchange/exports/hsds-json?lang=fr'])
    expect(page).toContain('href="/edit/exchange/tables"')
    const tables = await eva.get(`${PATH}/tables`)
    const named = [...tables.page.matchAll(/href="(\/exchange\/exports\/hsds-csv\/[^"]+)"/g)].map(([, href = '']) => href)
    expect(named.length).toBeGreaterThan(8)
    for (const href of [...links, ...named]) {
      const file = await eva.get(href)
      expect([href, file.status]).toEqual([href, 200])
      expect(file.headers.get('content-disposition')).toContain('attachment')
    }
    // Whoever follows a link when her session has ended is led to sign in; programs are told.
    const nobody = new Visitor(app)
    const led = await nobody.get(links[0] as string, { accept: 'text/html,*/*' })
    expect(led.path).toBe('/sign-in?next=%2Fedit%2Fexchange&lang=fr')
    expect((await nobody.get(links[0] as string, { accept: '*/*' })).status).toBe(401)
  })

  test('it is found from the account and from the sites, by editors', async () => {
    const [eva, ana] = [await enter(), await enter('ana@liege.example')]
    for (const path of ['/account', '/edit/sites']) expect((await eva.get(path)).page).toContain('href="/edit/exchange"')
    expect((await ana.get('/account')).page).not.toContain('/edit/exchange')
  })
})

test.each([
  ['fr', 'Importer et exporter', 'Essayer d’abord', 'ligne 2'],
  ['de', 'Importieren und exportieren', 'Zuerst ausprobieren', 'Zeile 2'],
  ['nl', 'Importeren en exporteren', 'Eerst proberen', 'rij 2'],
  ['en', 'Import and export', 'Try it first', 'row 2'],
] as const)('in %s', async (language, title, button, row) => {
  const eva = await enter('eva@liege.example', language)
  const { page } = await eva.get(`${PATH}?lang=${language}`)
  expect(page).toContain(`<h1>${title}</h1>`)
  expect(page).toContain(`value="try">${button}</button>`)
  const seen = await bring(eva, {}, [sheet(`langue;ville-de-liege;Q ?;R;vite`)], `?lang=${language}`)
  expect(seen.path).toMatch(new RegExp(`lang=${language}$`))
  expect(read(seen.page)).toContain(row)
  for (const one of [page, seen.page]) expect(one).not.toMatch(/undefined|\[object|NaN/)
})

test('no language lacks a word, and none has one of another', () => {
  const { FR, ...others } = EXCHANGE_STRINGS
  const leaves = (of: object, path = ''): [string, unknown][] =>
    Object.entries(of).flatMap(([name, value]) =>
      typeof value === 'object' ? leaves(value, `${path}${name}.`) : [[`${path}${name}`, value] as [string, unknown]],
    )
  const said = (value: unknown) => (typeof value === 'function' ? value('7', '9') : value) as string
  const french = new Map(leaves(FR))
  // Short words that two languages share.
  const SHARED = /^(by|kinds\.(QUESTION|SERVICE)|kindOne\.|home\.|formats\.|notes|source)/
  for (const [language, words] of Object.entries(others)) {
    const all = leaves(words)
    expect(all.map(([name]) => name).sort()).toEqual([...french.keys()].sort())
    const same = all.filter(([name, value]) => !SHARED.test(name) && said(value) === said(french.get(name)))
    expect([language, same.map(([name]) => name)]).toEqual([language, []])
    for (const [name, value] of all) expect([name, said(value)?.trim() !== '']).toEqual([name, true])
  }
})

test('what the form says fits into an address to which one is led', () => {
  const reader = { languages: ['FR'] } as unknown as Parameters<typeof readFilled>[1]
  const filled = readFilled(new URLSearchParams({ format: 'HSDS_CSV', source: "d'ici (l*à~!)", publish: 'true' }), reader)
  expect(formPath(filled, true)).toBe(
    '/edit/exchange?format=HSDS_CSV&texts=FR&source=d%27ici%20%28l%2A%C3%A0%7E%21%29&publish=true&ended=true',
  )
})

import type { APIResponse, Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvOf, parseCsv } from '../../api/exchange/rules/csv.ts'
import { type RunningServer, runCommand, startServer } from '../../api/testing/server.ts'
import { codeOf, PASSWORD } from '../../api/testing/staff.ts'
import { createWorld, type World } from '../shared/testing/partner.ts'
import { type Editor, editorAt, searchAgain } from './testing/browser.ts'

/**
 * A new aid, against the built server: an editor describes a service and puts it on key 7 of a line, looks at it, publishes it, and the finder shows it
 * at once; another editor is slower and loses nothing; a broken file changes nothing. Each step goes on from the one before.
 */
let world: World
let second: RunningServer
let eva: Editor
const visitors: Visitor[] = []
const complaints: string[][] = []

type Visitor = { language: keyof typeof WORDS; finder: Locator }

const LINE = 'Liège Solidaire'
const SERVICE = 'logement-d-urgence'
const WORDS = {
  fr: { housing: /^Logement/, name: 'Logement d’urgence', description: 'Un toit pour quelques nuits.' },
  de: { housing: /^Wohn/, name: 'Notunterkunft', description: 'Ein Dach für einige Nächte.' },
} as const

beforeAll(async () => {
  world = await createWorld(process.env, () => '')
  second = await startServer({ DATA_DIR: world.folder })
}, 120_000)

afterAll(async () => {
  await second?.stop()
  await world?.close()
})

async function open(path: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await world.open(`${world.ours}${path}`, { viewport, locale: 'fr-BE' })
  complaints.push(world.complaints)
  return page
}

/** Looks for help with housing in Liège, on the demonstration page. */
async function visit(language: Visitor['language']): Promise<Visitor> {
  const page = await open(`/?lang=${language}`, { width: 390, height: 844 })
  const finder = page.locator('passerelle-finder')
  await finder.getByRole('button', { name: WORDS[language].housing }).click()
  await finder.locator('#place').fill('4000')
  await finder.getByRole('option', { name: '4000' }).first().click()
  await finder.locator('.results .card').first().waitFor()
  return { language, finder }
}

/** Searches once more. @returns the name of the service, as she reads it; null when it is not there */
const seen = ({ finder }: Visitor) => searchAgain(finder, SERVICE)

/** What a process tells everybody. */
async function told(address: string, language: string, query: string): Promise<any> {
  const headers = { 'content-type': 'application/json', 'accept-language': language, connection: 'close' }
  const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return ((await answer.json()) as any).data
}

async function keyAt(address: string, language: string): Promise<unknown> {
  const { line } = await told(address, language, '{ line(slug: "liege-solidaire") { menu { position label service { name } } } }')
  return line.menu.find(({ position }: { position: number }) => position === 7) ?? null
}
const nameAt = async (address: string) => (await told(address, 'fr', `{ service(slug: "${SERVICE}") { name } }`)).service?.name

describe('a new aid', { timeout: 240_000 }, () => {
  test('an editor describes a service: texts, a rule, hours, a phone; in French, then in German', async () => {
    const page = await open('/edit')
    await page.getByRole('button', { name: 'Eva Peeters' }).click()
    await page.waitForURL(`${world.ours}/edit`)
    eva = editorAt(page)
    await eva.press('Nouvelle fiche')
    await eva.press(/^Service Une aide/)
    await eva.fill('texts-fr-name', WORDS.fr.name)
    await eva.fill('texts-fr-description', WORDS.fr.description)
    await eva.workshop.locator('#f-needs').getByRole('combobox').selectOption('housing')
    await eva.part('Pour qui')
    await eva.choose('eligibility-add', 'age')
    await eva.fill('eligibility-all-0-age-min', '65')
    await eva.choose('eligibility-all-add', 'audience')
    await eva.choose('eligibility-all-1-audience', 'isolated')
    await eva.choose('eligibility-word', 'any')
    await eva.workshop.locator('.reading li', { hasText: '65' }).waitFor()
    await eva.part('Quand')
    await eva.press('Ajouter une plage : lundi')
    await eva.workshop.getByLabel('lundi, plage 1 : ouvre à').fill('08:30')
    await eva.workshop.getByLabel('lundi, plage 1 : ferme à').fill('17:00')
    await eva.press('Copier lundi sur mardi à vendredi')
    await eva.part('Où')
    await eva.find('areas-add', 'Liège', /^Liège \(/)
    await eva.part('Comment y accéder')
    await eva.press('Ajouter un téléphone')
    await eva.fill('phones-0-number', '04 222 33 44')
    await eva.part('Source et vérification')
    await eva.fill('source', 'liege.be')
    await eva.save()
    await eva.press('Traductions')
    await eva.press(/^allemand/)
    await eva.fill('texts-de-name', WORDS.de.name)
    await eva.fill('texts-de-description', WORDS.de.description)
    await eva.save()
    await eva.workshop.getByText('Rien n’empêche de publier.').waitFor()
  })

  test('and puts it on key 7 of the line, in both languages', async () => {
    await eva.goTo(LINE)
    await eva.part('Le menu')
    await eva.press('Ajouter un choix au menu')
    expect(await eva.workshop.locator('#f-menu-6-key').inputValue()).toBe('7')
    await eva.fill('menu-6-label-fr', WORDS.fr.name)
    await eva.choose('menu-6-kind', 'SERVICE')
    await eva.find('menu-6-service-choose', 'Logement d', WORDS.fr.name)
    await eva.press('Traductions')
    await eva.press(/^allemand/)
    await eva.fill('menu-6-label-de', WORDS.de.name)
    await eva.save()
  })

  test('the preview shows both as they will be, and a visitor sees neither', async () => {
    const shown = async (language: Visitor['language'], what: Locator) => {
      await eva.workshop.locator('#preview-language').selectOption(language)
      await what.filter({ hasText: WORDS[language].name }).waitFor()
    }
    await eva.press('Aperçu')
    for (const language of ['fr', 'de'] as const) await shown(language, eva.workshop.locator('.heard li', { hasText: '7' }))
    await eva.goTo(WORDS.fr.name)
    await eva.press('Aperçu')
    const card = eva.workshop.frameLocator('.preview iframe').locator(`passerelle-finder #s-${SERVICE}`)
    for (const language of ['fr', 'de'] as const) {
      await shown(language, card.locator('.name'))
      await card.getByText(WORDS[language].description).waitFor()
    }
    await card.locator('.verdict', { hasText: '65' }).waitFor()
    expect(await card.locator('dd', { hasText: '08:30' }).textContent()).toMatch(/Mo.*Fr.*08:30.*17:00/)
    await card.getByRole('link', { name: '04 222 33 44' }).waitFor()

    for (const language of ['fr', 'de'] as const) visitors.push(await visit(language))
    for (const visitor of visitors) expect(await seen(visitor)).toBeNull()
    for (const address of [world.ours, second.address]) expect(await keyAt(address, 'fr')).toBeNull()
  })

  test('published, it is in the finder within a second in both languages, and in every process', async () => {
    const rounds: number[] = []
    /** Both search as soon as the server has it, and once: more would only keep a small machine from it. */
    const round = async (began: number, names: Record<Visitor['language'], string>) => {
      await expect.poll(() => nameAt(world.ours), { interval: 20 }).toBe(names.fr)
      expect(await Promise.all(visitors.map(seen))).toEqual([names.fr, names.de])
      rounds.push(Math.round(performance.now() - began))
    }
    await round(await eva.publish(), { fr: WORDS.fr.name, de: WORDS.de.name })
    await eva.goTo(LINE)
    const began = await eva.publish()
    for (const address of [world.ours, second.address])
      for (const language of ['fr', 'de'] as const) {
        const { name } = WORDS[language]
        await expect.poll(() => keyAt(address, language), { interval: 20 }).toEqual({ position: 7, label: name, service: { name } })
      }
    const everywhere = Math.round(performance.now() - began)
    await second.stop()

    // A machine may be busy with other things: the best of some rounds counts, in which both languages were in time.
    await eva.goTo(WORDS.fr.name)
    while (rounds.length < 4 || (Math.min(...rounds) >= 1_000 && rounds.length < 30)) {
      const names = { fr: `${WORDS.fr.name} ${rounds.length}`, de: `${WORDS.de.name} ${rounds.length}` }
      await eva.press('Contenu')
      await eva.part('L’essentiel')
      await eva.fill('texts-fr-name', names.fr)
      await eva.press('Traductions')
      await eva.fill('texts-de-name', names.de)
      await round(await eva.publish(), names)
    }
    console.log(`in the finder in both languages after ${rounds.join(', ')} ms; the key, in 2 processes after ${everywhere} ms`)
    expect(Math.min(...rounds)).toBeLessThan(1_000)
  })
})

describe('somebody who was slower', { timeout: 180_000 }, () => {
  let lea: Editor
  const HERS = { name: 'Abri de nuit', how: 'Sonner à la porte, même la nuit.' }

  test('is told kindly who changed what, and has all she typed', async () => {
    lea = await join('Léa Noël')
    await lea.page.goto(eva.page.url())
    await lea.workshop.locator('#f-texts-fr-name').waitFor()

    await eva.press('Contenu')
    await eva.part('L’essentiel')
    await eva.fill('texts-fr-name', 'Logement pour la nuit')
    await eva.part('Comment y accéder')
    await eva.fill('texts-fr-fees', 'Gratuit')
    await eva.publish()

    await lea.fill('texts-fr-name', HERS.name)
    await lea.part('Comment y accéder')
    await lea.fill('texts-fr-applicationProcess', HERS.how)
    await lea.press('Publier')
    const clash = lea.workshop.locator('.clash')
    await clash.getByRole('heading', { name: 'Eva Peeters a modifié cette fiche entre-temps' }).waitFor()
    await clash.getByText('Ce que vous avez écrit est toujours là.').waitFor()
    expect(await clash.locator('.changes dt').allTextContents()).toEqual(['Coût (français)', 'Nom (français)'])
    expect(await clash.locator('.changes ins').allTextContents()).toEqual(['après : Gratuit', 'après : Logement pour la nuit'])
    expect(await clash.locator('.choice .lines').allTextContents()).toEqual([HERS.name, 'Logement pour la nuit'])
    await expect.poll(() => seen(visitors[0] as Visitor)).toBe('Logement pour la nuit')
  })

  test('chooses, and publishes what both of them wrote', async () => {
    await lea.press('Continuer avec ce choix')
    await lea.said('Vos choix sont dans le formulaire.')
    expect(await lea.workshop.locator('#f-texts-fr-applicationProcess').inputValue()).toBe(HERS.how)
    expect(await lea.workshop.locator('#f-texts-fr-fees').inputValue()).toBe('Gratuit')
    await lea.publish()
    const [visitor] = visitors as [Visitor]
    await expect.poll(() => seen(visitor)).toBe(HERS.name)
    const card = visitor.finder.locator(`#s-${SERVICE}`)
    for (const text of [HERS.how, 'Gratuit']) expect(await card.locator('dd', { hasText: text }).count()).toBe(1)
  })

  /** Somebody new, by the link she was sent: a password, a code, and the workshop. */
  async function join(name: string): Promise<Editor> {
    const wanted = ['--email', 'lea@liege.example', '--role', 'editor', '--organization', 'ville-de-liege']
    const { code, output } = await runCommand('invite', wanted, { DATA_DIR: world.folder })
    expect([code, output]).toEqual([0, expect.stringMatching(/\/invitation\/\S+/)])
    const page = await open((/\/invitation\/\S+/.exec(output) as RegExpExecArray)[0])
    const go = async (act: Promise<unknown>) => void (await Promise.all([page.waitForEvent('load'), act]))
    await page.fill('#name', name)
    await page.fill('#password', PASSWORD)
    await go(page.press('#password', 'Enter'))
    await page.fill('#code', codeOf(((await page.textContent('code')) ?? '').replaceAll(' ', '')))
    await go(page.press('#code', 'Enter'))
    return editorAt(page)
  }
})

describe('a table of services, from the editor’s page', { timeout: 60_000 }, () => {
  /** The new service with another price, and one that was never there. */
  let rows: string[][]
  let before: unknown

  /** As her page asks: with the cookie of her session. */
  const asked = (path: string, type?: string, data?: string): Promise<APIResponse> => {
    const headers = { origin: world.ours, 'accept-language': 'fr', ...(type && { 'content-type': type }) }
    return eva.page.request.fetch(`${world.ours}${path}`, { method: type ? 'POST' : 'GET', headers, data })
  }
  const query = async (text: string): Promise<any> =>
    (await (await asked('/graphql', 'application/json', JSON.stringify({ query: text }))).json()).data
  const table = async () => (await asked('/exchange/exports/hsds-csv/services.csv?lang=fr')).text()
  /** All that an import could have changed. */
  const present = async () => {
    const id = new URL(eva.page.url()).hash.slice(1)
    const more = `{ about { contentVersion } contentRecords { totalCount } contentRecord(id: "${id}") { version state } }`
    return { table: await table(), ...(await query(more)) }
  }

  /** Sends the rows, and waits for what becomes of them. */
  async function brought(parameters = ''): Promise<any> {
    const sent = await asked(`/exchange/imports?format=hsds-csv&lang=fr&name=services.csv${parameters}`, 'text/csv', csvOf(rows))
    expect(sent.status()).toBe(202)
    const asking = `{ import(id: "${(await sent.json()).id}") { state dryRun made changed wrong problems { message }
      rows { row outcome title changed problems { row column message } } } }`
    await expect.poll(async () => (await query(asking)).import.state, { interval: 100 }).not.toMatch(/WAITING|RUNNING/)
    return (await query(asking)).import
  }

  test('is brought in for trial: the report says what would change, and nothing does', async () => {
    const [head, ...services] = parseCsv(await table()).rows.map(({ cells }) => cells) as [string[], ...string[][]]
    const ours = services.find((cells) => cells[head.indexOf('name')] === 'Abri de nuit') as string[]
    const at = (name: string) => ours[head.indexOf(name)] as string
    rows = [
      ['id', 'organization_id', 'name', 'description', 'status', 'minimum_age', 'fees_description'],
      [at('id'), at('organization_id'), at('name'), at('description'), at('status'), '', 'Trois euros'],
      ['abri-du-parc', at('organization_id'), 'Abri du parc', 'Des lits pour l’hiver.', 'active', '18', ''],
    ]
    before = await present()
    const report = await brought('&dryRun=true')
    expect(report).toMatchObject({ state: 'DONE', dryRun: true, made: 1, changed: 1, wrong: 0, problems: [] })
    expect(report.rows).toMatchObject([
      { row: 2, outcome: 'CHANGED', title: 'Abri de nuit', changed: ['fees_description'] },
      { row: 3, outcome: 'MADE', title: 'Abri du parc' },
    ])
    expect(await present()).toEqual(before)
  })

  test('with one wrong row changes nothing, and its report names the row and the reason', async () => {
    rows = [...rows, [...(rows[2] as string[])]]
    Object.assign(rows[3] as string[], { 0: 'abri-du-pont', 2: 'Abri du pont', 5: 'dix-huit' })
    const report = await brought()
    expect(report).toMatchObject({ state: 'REFUSED', wrong: 1 })
    expect(report.rows[0]).toMatchObject({ row: 4, outcome: 'WRONG', title: 'Abri du pont' })
    expect(report.rows[0].problems).toEqual([{ row: 4, column: 'minimum_age', message: 'Cette valeur n’a pas la forme attendue.' }])
    expect(await present()).toEqual(before)
    expect(await seen(visitors[0] as Visitor)).toBe('Abri de nuit')
  })
})

test('none of the pages complained', () => expect(complaints.flat()).toEqual([]))

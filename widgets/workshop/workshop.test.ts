import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { all, button, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import type { Hours } from './hours.ts'
import { line, makeRecord, makeRow, service, viewer } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { choose, click, fill, pick, press, texts } = on
const said = () => text(on.element, '.said')
const saved = (kind = 'Service') => on.server.of(`WorkshopSave${kind}`).map(({ variables }) => variables.input as any)
const value = (selector: string) => (inside(on.element, selector) as HTMLInputElement | undefined)?.value
const section = (name: string) => click(name)

describe('who comes', () => {
  test('an editor sees the list of what she may change, with counts', async () => {
    await on.start()
    expect(text(on.element, 'h1')).toBe('Atelier')
    expect(texts('.kinds .tab')).toEqual([
      'Tout 224',
      'Services 212',
      'Questions 0',
      'Lignes 12',
      'Organismes 0',
      'Lieux 0',
      'Jours de fermeture 0',
    ])
    expect(texts('.concern')).toEqual(['signalé 1', 'à vérifier 3'])
    expect(texts('.records .to')).toEqual(['Colis alimentaires', 'Épicerie sociale'])
    expect(texts('.records .marks')[0]).toBe('traduction manquante NL EN')
    expect(texts('.records .marks')[1]).toBe('brouillon signalé')
  })

  test('others read a sentence; who is not signed in is led to where one does', async () => {
    on.server.viewer = { ...viewer, memberships: [{ ...viewer.memberships[0], role: 'AGENT' }] }
    await on.start()
    expect(text(on.element, 'main')).toContain('réservé aux personnes qui rédigent')
    document.body.replaceChildren()
    on.server.viewer = null
    await on.start()
    const here = location.pathname + location.search
    expect(inside(on.element, '.band a')?.getAttribute('href')).toBe(`/sign-in?lang=fr&next=${encodeURIComponent(here)}`)
  })

  test('a server that does not answer is told, and tried again', async () => {
    on.server.answers.WorkshopStart = () => {
      throw new StaffFailed('unreachable')
    }
    await on.start()
    expect(text(on.element, 'main')).toContain('Le serveur ne répond pas')
    delete on.server.answers.WorkshopStart
    await click('Réessayer')
    expect(texts('.records .to')).toHaveLength(2)
  })
})

describe('the list', () => {
  test('is narrowed by kind, by what is to look at, by words, by language and by what is retired', async () => {
    await on.start()
    await click('Services')
    await click('à vérifier')
    await fill('#search', 'colis')
    await click('Chercher')
    await pick('#language', 'DE')
    await pick('#state', 'retired')
    expect(on.server.of('WorkshopList').at(-1)?.variables.filter).toEqual({
      kinds: ['SERVICE'],
      concerns: ['STALE'],
      language: 'DE',
      search: 'colis',
      states: ['RETIRED'],
    })
    expect(inside(on.element, '.concern[aria-pressed=true]')?.textContent).toContain('à vérifier')
  })

  test('its filters stand in the address: a reload and a link bring them back, and a record is left for the same list', async () => {
    await on.start()
    await click('Questions')
    await pick('#language', 'DE')
    const address = new URL(location.href)
    expect(['kind', 'language', 'concern', 'state'].map((name) => address.searchParams.get(name))).toEqual(['QUESTION', 'DE', null, null])
    address.searchParams.set('concern', 'STALE')
    address.searchParams.set('state', 'anything')
    document.body.replaceChildren()
    history.replaceState(null, '', address)
    await on.start()
    expect(on.server.of('WorkshopList').at(-1)?.variables.filter).toMatchObject({
      kinds: ['QUESTION'],
      concerns: ['STALE'],
      language: 'DE',
    })
    expect((inside(on.element, '.languages a') as HTMLAnchorElement).search).toContain('concern=STALE')
    await click('Tout')
    await pick('#language', '')
    expect(new URL(location.href).searchParams.has('language')).toBe(false)
  })

  test('says when nothing is left to translate', async () => {
    on.server.rows = []
    await on.start()
    await pick('#language', 'DE')
    expect(text(on.element, '.empty b')).toBe('Rien à traduire en allemand.')
  })

  test('is as it was when one comes back, at the record that was open', async () => {
    on.server.rows = [makeRow('b'), makeRow('a')]
    await on.start()
    inside(on.element, '#row-a a')?.click()
    await expect.poll(() => text(on.element, '#record-title')).toBe('Colis alimentaires')
    await fill('#f-texts-fr-name', 'Colis')
    await click('Enregistrer le brouillon')
    inside(on.element, '.back')?.click()
    await expect.poll(() => on.at()?.closest('li')?.id).toBe('row-a')
    expect(on.server.of('WorkshopList')).toHaveLength(1)
    expect(texts('#row-a .mark')).toContain('publié, modifications en attente')
  })

  test('goes on where it ended, with the focus on the first new one', async () => {
    on.server.answers.WorkshopList = ({ after }) => ({
      contentRecords: {
        totalCount: 2,
        pageInfo: { hasNextPage: !after, endCursor: 'x' },
        edges: [{ node: makeRow(after ? 'second' : 'first', { title: after ? 'Deux' : 'Un' }) }],
      },
    })
    await on.start()
    await click('Afficher la suite')
    expect(texts('.records .to')).toEqual(['Un', 'Deux'])
    expect(on.at()?.textContent).toBe('Deux')
  })

  test('an empty one says what to do', async () => {
    on.server.rows = []
    await on.start()
    expect(text(on.element, '.empty')).toContain('Enlevez un filtre')
  })
})

describe('the form', () => {
  test('asks for a few things at a time, in the record’s first language', async () => {
    await on.start('a')
    expect(texts('.steps .tab')).toEqual(['L’essentiel', 'Pour qui', 'Quand', 'Où', 'Comment y accéder', 'Source et vérification'])
    expect(value('#f-texts-fr-name')).toBe('Colis alimentaires')
    await expect.poll(() => text(on.element, '#f-organization .chosen b')).toBe('Ville de Liège')
    expect(texts('#f-needs .chip span')).toEqual(['Alimentation', 'Alimentation › Colis alimentaire'])
    await click('Suivant : Pour qui')
    expect(on.at()?.id).toBe('section-title')
    expect(text(on.element, '#section-title')).toBe('Pour qui')
  })

  test('is saved by the button, with everything else as it was', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Colis')
    expect(text(on.element, '.bar .hint')).toBe('Pas encore enregistré')
    await click('Enregistrer le brouillon')
    const { __typename: _, ...wire } = service
    expect(saved()).toEqual([{ id: 'a', version: 1, content: { ...wire, texts: [{ ...wire.texts[0], name: 'Colis' }, wire.texts[1]] } }])
    expect(text(on.element, '.bar .hint')).toMatch(/^Brouillon enregistré à \d\d:\d\d/)
    expect(sessionStorage.length).toBe(0)
    await press('{Control>}s{/Control}')
    expect(saved(), 'nothing new is not sent').toHaveLength(1)
  })

  test('saves itself when the typing rests', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const starting = on.start('a')
      await vi.advanceTimersByTimeAsync(50)
      await starting
      const field = inside(on.element, '#f-texts-fr-name') as HTMLInputElement
      field.value = 'Colis et repas'
      field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
      await vi.advanceTimersByTimeAsync(4_000)
      expect(saved()).toEqual([])
      await vi.advanceTimersByTimeAsync(1_100)
      expect(saved()).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  test('what was typed comes back after a reload, and goes on from there', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Pas encore enregistré')
    await on.reload('a')
    expect(value('#f-texts-fr-name')).toBe('Pas encore enregistré')
    expect(said()).toBe('Ce que vous aviez écrit a été retrouvé.')
    const leaving = new Event('beforeunload', { cancelable: true })
    dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
    await click('Enregistrer le brouillon')
    await on.reload('a')
    expect(said()).toBe('')
  })

  test('without the network nothing is lost: it is saved once that is back', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = () => {
      throw new StaffFailed('offline')
    }
    await fill('#f-texts-fr-name', 'Hors ligne')
    await click('Enregistrer le brouillon')
    expect(said()).toContain('hors ligne')
    expect(value('#f-texts-fr-name')).toBe('Hors ligne')
    delete on.server.answers.WorkshopSaveService
    dispatchEvent(new Event('online'))
    await expect.poll(() => text(on.element, '.bar .hint')).toContain('Brouillon enregistré')
  })

  test('another editor of this tab does not find it', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Secret')
    on.server.viewer = { ...viewer, id: 'other' }
    await on.reload('a')
    expect(value('#f-texts-fr-name')).toBe('Colis alimentaires')
  })

  test('a new record: chosen by what it is to describe, saved with an address of its own', async () => {
    await on.start()
    await click('Nouvelle fiche')
    expect(on.at()?.id).toBe('creating-title')
    await click('Question')
    await expect.poll(() => text(on.element, '#record-title')).toBe('Question : nouvelle fiche')
    await fill('#f-texts-fr-question', 'Où dormir ce soir ?')
    await click('Enregistrer le brouillon')
    const [input] = saved('Question')
    expect(input).not.toHaveProperty('id')
    expect(input.content).toMatchObject({
      organization: 'ville-de-liege',
      language: 'FR',
      texts: [{ language: 'FR', question: 'Où dormir ce soir ?' }],
    })
    expect(location.hash).toBe('#new')
    expect(sessionStorage.length).toBe(0)
  })

  test('who may only read it reads it', async () => {
    on.server.records = [makeRecord('a', { mayEdit: false })]
    await on.start('a')
    expect((inside(on.element, '#f-texts-fr-name') as HTMLInputElement).matches(':disabled')).toBe(true)
    expect(inside(on.element, '.bar')).toBeUndefined()
    expect(text(on.element, '.band')).toContain('D’autres personnes la gèrent')
  })

  test('a record that is not there', async () => {
    await on.start('nowhere')
    expect(text(on.element, 'main')).toContain('n’existe pas')
  })
})

describe('by the keyboard', () => {
  test('arrows go through a list to add from; Enter or the button adds, and the focus stays', async () => {
    await on.start('a')
    const box = inside(on.element, '#f-needs-add') as HTMLSelectElement
    expect(shown(button(on.element, 'Ajouter'))).toBe(false)
    box.focus()
    await press('{ArrowDown}')
    // Where an arrow opens the list instead of choosing, this is what choosing does.
    box.value = 'housing'
    box.dispatchEvent(new Event('change', { bubbles: true }))
    await settle(on.element)
    expect(texts('#f-needs .chip span')).toHaveLength(2)
    expect(shown(inside(on.element, '#f-needs .adding button'))).toBe(true)
    await choose('#f-needs .adding button')
    expect(texts('#f-needs .chip span')).toEqual(['Alimentation', 'Alimentation › Colis alimentaire', 'Logement'])
    expect(on.at()?.id).toBe('f-needs-add')
    await choose('#f-needs .chip button')
    expect(on.at()?.id).toBe('f-needs-add')
    await section('Où')
    const areas = inside(on.element, '#f-areas-wider') as HTMLSelectElement
    areas.focus()
    await press('{ArrowDown}')
    areas.value = 'COUNTRY BE'
    await press('{Enter}')
    expect(texts('#f-areas .chip span')).toContain('Toute la Belgique')
  })
})

test('a closing day is a date, of one year or of every year, and is said in words', async () => {
  const content = { __typename: 'ClosingDayContent', language: 'FR', day: '02-11', kinds: [], areas: [], organization: null, texts: [] }
  on.server.records = [makeRecord('d', { kind: 'CLOSING_DAY', content: content as never })]
  await on.start('d')
  expect(text(on.element, '.section')).toContain('Chaque année : 11 février')
  expect(value('#f-day')).toMatch(/^\d{4}-02-11$/)
  await fill('#f-day', '2026-11-02')
  expect(text(on.element, '.section')).toContain('Chaque année : 2 novembre')
  await click('Enregistrer le brouillon')
  await choose('#yearly')
  await click('Enregistrer le brouillon')
  expect(saved('ClosingDay').map((input) => input.content.day)).toEqual(['11-02', expect.stringMatching(/^\d{4}-11-02$/)])
})

describe('problems', () => {
  const problem = (path: string[], message: string) => ({ path, code: 'required', message })

  test('stand in a summary that leads to each field, and beside it', async () => {
    on.server.records = [
      makeRecord('a', {
        problems: [problem(['content', 'source'], 'Indiquez la source.'), problem(['content', 'phones', '0', 'number'], 'Ce numéro…')],
      }),
    ]
    await on.start('a')
    expect(text(on.element, '#problems-title')).toBe('2 choses empêchent de publier')
    expect(texts('.steps .count')).toEqual(['1', '1'])
    await click('Indiquez la source.')
    expect(on.at()?.id).toBe('f-source')
    expect(text(on.element, '#f-source-error')).toBe('Indiquez la source.')
    await click('Ce numéro…')
    expect(on.at()?.id).toBe('f-phones-0-number')
  })

  test('name a choice of a menu by its key; what concerns the whole record is said as it is', async () => {
    const wrong = problem(['content', 'menu', '2', 'label', 'fr'], 'Cette information est nécessaire.')
    on.server.records = [makeRecord('l', { kind: 'LINE', content: line as never, problems: [wrong] })]
    await on.start('l')
    expect(texts('.summary li')).toEqual(['Touche 5 · Intitulé · Cette information est nécessaire.'])
    on.server.answers.WorkshopRetire = () => ({
      result: { __typename: 'InvalidInput', message: '', problems: [problem(['input', 'id'], 'Cette fiche sert encore ailleurs.')] },
    })
    await click('Retirer cette fiche')
    await choose('#asking .actions button')
    expect(text(on.element, '#problems-title')).toBe('Ce n’est pas possible pour le moment')
    expect(texts('.summary li')).toEqual(['Cette fiche sert encore ailleurs.'])
  })

  test('what no record may be is not saved, and is told; it goes when the value changes', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = () => ({
      result: {
        __typename: 'InvalidInput',
        message: 'Des valeurs sont à corriger.',
        problems: [{ path: ['input', 'content', 'texts', 'fr', 'name'], code: 'too_long', message: 'C’est trop long.' }],
      },
    })
    await fill('#f-texts-fr-name', 'x'.repeat(300))
    await click('Enregistrer le brouillon')
    expect(on.at()?.id).toBe('problems-title')
    expect(text(on.element, '#f-texts-fr-name-error')).toBe('C’est trop long.')
    expect(inside(on.element, '#f-texts-fr-name')?.getAttribute('aria-invalid')).toBe('true')
    delete on.server.answers.WorkshopSaveService
    await fill('#f-texts-fr-name', 'Court')
    expect(inside(on.element, '#problems-title')).toBeUndefined()
  })

  test('publishing saves first, and stops at what is missing', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = () => ({
      result: {
        __typename: 'ContentRecord',
        ...makeRecord('a', { version: 2, problems: [problem(['content', 'needs'], 'Il manque un besoin.')] }),
      },
    })
    await fill('#f-texts-fr-name', 'Colis')
    await click('Publier')
    expect(on.server.of('WorkshopPublish')).toEqual([])
    expect(on.at()?.id).toBe('problems-title')
  })
})

describe('publishing and the rest', () => {
  test('what is saved is published', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Colis')
    await click('Publier')
    expect(on.server.of('WorkshopPublish')[0]?.variables).toEqual({ input: { id: 'a', version: 2 } })
    expect(said()).toBe('Publié. Le public voit cette version.')
    expect(text(on.element, '.title .mark')).toBe('publié')
  })

  test('retiring asks once more; it can be brought back', async () => {
    await on.start('a')
    await click('Retirer cette fiche')
    expect(on.server.of('WorkshopRetire')).toEqual([])
    await choose('#asking .actions button')
    expect(on.server.of('WorkshopRetire')[0]?.variables).toEqual({ input: { id: 'a', version: 1, successor: null } })
    expect(inside(on.element, '.bar')).toBeUndefined()
    await click('Remettre cette fiche')
    expect(said()).toBe('La fiche est de nouveau là.')
  })

  test('a correction of a visitor is settled', async () => {
    on.server.records = [
      makeRecord('a', {
        corrections: [{ id: 'c', topic: 'HOURS', message: 'Fermé le lundi.', language: 'FR', suggestedAt: '2026-11-20T09:00:00.000Z' }],
      }),
    ]
    await on.start('a')
    expect(text(on.element, 'aside .entry')).toContain('Fermé le lundi.')
    await click('Ce n’était pas juste')
    expect(on.server.of('WorkshopSettle')[0]?.variables).toEqual({ input: { id: 'c', accepted: false } })
    expect(said()).toBe('Le signalement est réglé.')
  })

  test('an address that no longer answers is shown', async () => {
    const link = {
      url: 'https://www.exemple.be/colis',
      status: 404,
      dead: true,
      checkedAt: '2026-11-20T09:00:00.000Z',
      failingSince: '2026-11-10T09:00:00.000Z',
    }
    on.server.records = [makeRecord('a', { links: [link] })]
    await on.start('a')
    expect(text(on.element, 'aside')).toContain('https://www.exemple.be/colis')
    expect(text(on.element, 'aside')).toContain('404')
  })

  test('versions: what changed, compared with the present one, taken up again', async () => {
    await on.start('a')
    await click('Versions')
    expect(texts('.history .row')[0]).toContain('Version 2 · publié')
    expect(texts('.history .row')[0]).toContain('Nom (français)')
    await click('Comparer avec la version actuelle')
    expect(on.at()?.id).toBe('compared-title')
    await click('Reprendre cette version')
    expect(on.server.of('WorkshopRevert')[0]?.variables).toMatchObject({ input: { id: 'a', version: 1 } })
  })

  test('versions: what one person saved in one sitting is one, with what it comes to, and each can be had', async () => {
    const change = (name: string, before: string, after: string) => ({ path: ['texts', 'FR', name], label: name, before, after })
    const version = (number: number, at: string, more: object = {}) => ({
      node: { number, at: `2026-11-20T${at}:00.000Z`, by: 'Eva Peeters', action: 'SAVED', revertedTo: null, changes: [], ...more },
    })
    on.server.records = [makeRecord('a', { version: 7, publishedVersion: 2 })]
    on.server.answers.WorkshopHistory = () => ({
      contentRecord: {
        revisions: {
          pageInfo: { hasNextPage: false },
          edges: [
            version(7, '10:30', { by: 'Nora Jacquet', changes: [change('alert', '', 'Fermé')] }),
            version(6, '10:20', { changes: [change('fees', 'Gratuit', '5 €'), change('name', 'Colis r', 'Colis repas')] }),
            version(5, '10:00', { changes: [change('fees', '5 €', 'Gratuit')] }),
            version(4, '09:50', { changes: [change('name', 'Colis', 'Colis r'), change('fees', '5 €', '3 €')] }),
            version(3, '08:00', { changes: [change('name', '', 'Colis')] }),
            version(2, '07:59', { action: 'PUBLISHED' }),
            version(1, '07:00'),
          ],
        },
      },
    })
    await on.start('a')
    await click('Versions')
    expect(texts('.history > .rows > li > p:first-child')).toEqual([
      'Version 7 · brouillon enregistré',
      'Versions 4 à 6 · brouillon enregistré',
      'Version 3 · brouillon enregistré',
      'Version 2 · publié Le public voit cette version',
      'Version 1 · brouillon enregistré',
    ])
    expect(texts('.history > .rows > li:nth-child(2) > .changes > div')).toEqual(['name avant : Colis après : Colis repas'])
    await choose('.history summary')
    expect(texts('.history details .row > p:first-child b')).toEqual(['Version 5', 'Version 4'])
    await choose('.history details .row:last-child .actions .quiet')
    expect(on.server.of('WorkshopRevert')[0]?.variables).toEqual({ input: { id: 'a', version: 7, to: 4 } })
  })

  test('“all of it is right” is not said of a translation that is behind, nor made public with a draft', async () => {
    on.server.records = [makeRecord('a', { languages: ['FR', 'DE', 'EN'], behind: ['DE'] })]
    await on.start('a')
    await click('Tout est encore juste')
    expect(on.server.of('WorkshopConfirm')[0]?.variables).toEqual({ input: { id: 'a', version: 1, languages: ['FR', 'EN'] } })
    expect(said()).toContain('vérifié aujourd’hui')
    on.server.records = [makeRecord('a', { state: 'CHANGED' })]
    await on.reload('a')
    await click('Tout est encore juste')
    expect(said()).toBe('C’est noté dans le brouillon : ce sera public quand vous le publierez.')
  })

  test('the preview frames the public’s own finder, once all is saved', async () => {
    await on.start('a')
    await click('Aperçu')
    expect(inside(on.element, 'iframe')?.getAttribute('src')).toBe('/edit/preview/a?lang=fr&v=1')
    await pick('#preview-language', 'de')
    expect(inside(on.element, 'iframe')?.getAttribute('src')).toBe('/edit/preview/a?lang=de&v=1')
  })
})

test('what is not shown by itself has no preview of its own: it says where the public sees it', async () => {
  const place = { __typename: 'LocationContent', language: 'FR', slug: 'accueil', organization: null, commune: '62063', texts: [] }
  const usedBy = [{ id: 'a', kind: 'SERVICE' as const, title: 'Colis alimentaires' }]
  on.server.records = [makeRecord('p', { kind: 'LOCATION', content: place as never, usedBy })]
  await on.start('p')
  await click('Aperçu')
  expect(inside(on.element, 'iframe')).toBeUndefined()
  expect(text(on.element, '.body > .card')).toContain('le public la voit avec ce qui s’en sert.')
  expect(texts('.body > .card a')).toEqual(['Colis alimentaires'])
})

describe('somebody was faster', () => {
  test('who and what is told, what was typed stays, and each clash is chosen', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Le mien')
    await fill('#f-texts-fr-description', 'Ma description.')
    on.server.changedByOther('a', { source: 'cpas.be', texts: [{ ...service.texts[0], name: 'Le sien' }, service.texts[1]] })
    await click('Enregistrer le brouillon')
    expect(text(on.element, '#clash-title')).toBe('Nora Jacquet a modifié cette fiche entre-temps')
    expect(on.at()?.id).toBe('clash-title')
    expect(texts('.clash legend'), 'only what both changed').toEqual(['Nom (français)'])
    expect(texts('.version')).toEqual(['Le mienLe mien', 'Le sienLe sien'])
    await choose('.version [value=theirs]')
    await click('Continuer avec ce choix')
    expect(value('#f-texts-fr-name')).toBe('Le sien')
    expect(value('#f-texts-fr-description')).toBe('Ma description.')
    await click('Enregistrer le brouillon')
    expect(saved().at(-1)).toMatchObject({
      version: 2,
      content: { source: 'cpas.be', texts: [{ name: 'Le sien', description: 'Ma description.' }, {}] },
    })
  })

  test('a reload after that finds both, too', async () => {
    await on.start('a')
    await fill('#f-texts-fr-name', 'Le mien')
    on.server.changedByOther('a', { texts: [{ ...service.texts[0], name: 'Le sien' }, service.texts[1]] })
    await on.reload('a')
    expect(text(on.element, '#clash-title')).toContain('Nora Jacquet')
    await click('Continuer avec ce choix')
    expect(value('#f-texts-fr-name')).toBe('Le mien')
  })
})

describe('translations', () => {
  test('side by side, with how fresh each is; one is confirmed', async () => {
    on.server.records = [makeRecord('a', { behind: ['DE'] })]
    await on.start('a')
    await click('Traductions')
    expect(texts('.tongues .tab')).toEqual(['allemand le texte d’origine a changé depuis', 'néerlandais manque', 'anglais manque'])
    expect(text(on.element, '.translations > .hint')).toBe(
      'Texte d’origine (français) : 20 nov. 2026, 10:00 · Traduction (allemand) : 2 mars 2026, 10:00',
    )
    expect(texts('.pair .source')[0]).toBe('Colis alimentaires')
    expect(value('#f-texts-de-name')).toBe('Lebensmittelpakete')
    expect(texts('.pair .mark'), 'where the German is empty').toHaveLength(6)
    expect(texts('.pair .label').join(), 'short texts too').toContain('Téléphones 1')
    await click('Cette traduction est encore juste')
    expect(on.server.of('WorkshopConfirm')[0]?.variables).toEqual({ input: { id: 'a', version: 1, languages: ['DE'] } })
    await click('néerlandais')
    await fill('#f-phones-0-label-nl', 'Onthaal')
    await fill('#f-texts-nl-name', 'Voedselpakketten')
    await click('Enregistrer le brouillon')
    const { texts: written, phones } = saved().at(-1).content
    expect(written).toContainEqual({ language: 'NL', name: 'Voedselpakketten' })
    expect(phones[0].label).toContainEqual({ language: 'NL', text: 'Onthaal' })
  })
})

describe('the week', () => {
  test('shows each day with its times; a time is added, changed, copied and taken away', async () => {
    await on.start('a')
    await section('Quand')
    expect(texts('.week th')).toEqual(['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'])
    expect(all(on.element, '.week tr').map((row) => row.querySelectorAll('.times').length)).toEqual([2, 1, 0, 0, 0, 0, 0])
    await choose('#week-0-2-add')
    expect(on.at()?.id).toBe('week-0-2-0')
    await choose('[aria-label="Enlever la plage 2 : lundi"]')
    await click('Copier lundi sur mardi à vendredi')
    await choose('[aria-label="Ajouter une plage : samedi"]')
    await click('Enregistrer le brouillon')
    expect(saved()[0].content.hours).toEqual([
      {
        days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
        opens: '09:00',
        closes: '12:00',
        validFrom: null,
        validTo: null,
        openOnHolidays: false,
      },
    ])
  })

  test('a second period keeps its place while its dates are typed, key by key', async () => {
    await on.start('a')
    await section('Quand')
    await click('Ajouter une autre période')
    expect(on.at()?.id).toBe('week-1-validFrom')
    const from = value('#week-1-validFrom')
    const last = () => (on.element.editing?.value(['hours']) as Hours[] | undefined)?.at(-1)?.validFrom
    // A date begins with a nought in each language, with the day or the month: until the second figure it is none.
    await press('0')
    expect([value('#week-1-validFrom'), last()], 'what stood there holds until the new one is whole').toEqual(['', from])
    await press('{Backspace}')
    await choose('#section-title')
    expect(last(), 'half of one is none').toBe(null)
    expect(all(on.element, '.period')).toHaveLength(2)
    inside(on.element, '#week-1-validFrom')?.focus()
    await press('0')
    await press('7012027')
    expect(value('#week-1-validFrom')).toMatch(/^2027-0[17]-0[17]$/)
    await fill('#week-1-validFrom', '')
    expect(all(on.element, '.period')).toHaveLength(2)
    await fill('#week-1-validFrom', '2027-01-07')
    for (const name of ['Enlever la plage 2 : lundi', 'Enlever la plage 1 : lundi', 'Enlever la plage 1 : mardi']) {
      all(on.element, `[aria-label="${name}"]`).at(-1)?.click()
      await settle(on.element)
    }
    expect(value('#week-1-validFrom'), 'a week without times has its dates').toBe('2027-01-07')
    await choose('#week-1-4-add')
    await click('Enregistrer le brouillon')
    expect(saved().at(-1).content.hours).toEqual([
      ...service.hours,
      { days: ['FR'], opens: '09:00', closes: '12:00', validFrom: '2027-01-07', validTo: null, openOnHolidays: false },
    ])
    await click('Enlever : Période 2')
    await click('Enregistrer le brouillon')
    expect(saved().at(-1).content.hours).toEqual(service.hours)
  })

  test('a single week can be dated as well', async () => {
    await on.start('a')
    await section('Quand')
    await choose('.period summary')
    await fill('#week-0-validTo', '2027-08-31')
    await click('Enregistrer le brouillon')
    expect(saved()[0].content.hours.map(({ validTo }: any) => validTo)).toEqual(['2027-08-31', '2027-08-31'])
    expect((inside(on.element, '.period details') as HTMLDetailsElement).open).toBe(true)
  })

  test('open on holidays, ticked before there are hours, holds for those that come', async () => {
    on.server.records = [makeRecord('a', { content: { ...service, hours: [] } as never })]
    await on.start('a')
    await section('Quand')
    await choose('.period input[type=checkbox]')
    await choose('#week-0-0-add')
    await click('Enregistrer le brouillon')
    expect(saved().at(-1).content.hours).toMatchObject([{ days: ['MO'], openOnHolidays: true }])
  })

  test('special days: closed, or open at other times', async () => {
    await on.start('a')
    await section('Quand')
    await click('Ajouter des jours particuliers')
    await choose('#f-exceptions-1 .choices input')
    expect(shown(inside(on.element, '#f-exceptions-1-opens'))).toBe(true)
  })
})

describe('the menu of a line', () => {
  const order = () => all(on.element, '.menu [id$=label-fr]').map((one) => (one as HTMLInputElement).value)
  const open = async () => {
    await on.start('l')
    await section('Le menu')
  }

  test('is ordered by buttons that keep the focus, and the keys follow', async () => {
    await open()
    await choose('[aria-label="Descendre : Alimentation"]')
    expect(order()).toEqual(['Logement', 'Alimentation', 'Dettes'])
    expect(on.at()?.getAttribute('aria-label')).toBe('Descendre : Alimentation')
    expect(said()).toBe('« Alimentation » est maintenant à la touche 2.')
    await press('{Enter}')
    expect(order()).toEqual(['Logement', 'Dettes', 'Alimentation'])
    expect(on.at()?.getAttribute('aria-label'), 'there is no further').toBe('Monter : Alimentation')
    await click('Enregistrer le brouillon')
    expect(saved('Line')[0].content.menu.map(({ key }: any) => key)).toEqual([1, 2, 5])
  })

  test('and by dragging', async () => {
    await page.viewport(1280, 2000)
    await open()
    const [first, , last] = all(on.element, '.menu > .entry')
    await userEvent.dragAndDrop(first?.querySelector('.handle') as Element, last as Element)
    await settle(on.element)
    expect(order()).toEqual(['Logement', 'Dettes', 'Alimentation'])
  })

  test('a new entry gets the first free key and leads to a service found by its name', async () => {
    await open()
    await click('Ajouter un choix au menu')
    expect(on.at()?.id).toBe('f-menu-2-label-fr')
    await press('Logement d’urgence')
    await pick('#f-menu-2-kind', 'SERVICE')
    await choose('#f-menu-2-service-choose')
    expect(on.at()?.id).toBe('f-menu-2-service-choose-find')
    await press('épicerie')
    await expect.poll(() => button(on.element, 'Épicerie sociale')).toBeTruthy()
    await click('Épicerie sociale')
    await click('Enregistrer le brouillon')
    expect(saved('Line')[0].content.menu[2]).toMatchObject({
      key: 3,
      kind: 'SERVICE',
      service: 'epicerie',
      label: [{ language: 'FR', text: 'Logement d’urgence' }],
    })
    expect(saved('Line')[0].content.menu[0]).toEqual(line.menu[0])
  })
})

describe('the rule', () => {
  const rule = () => on.element.editing?.doc.eligibility as any
  const open = async () => {
    await on.start('a')
    await section('Pour qui')
  }

  test('is written as sentences: groups, conditions, their opposites', async () => {
    await open()
    await expect.poll(() => text(on.element, '.reading')).toContain('avoir 65 ans ou plus')
    await pick('.rule .word', 'all')
    expect(Object.keys(rule())).toEqual(['all'])
    await fill('#f-eligibility-all-0-age-max', '80')
    await pick('#f-eligibility-all-add', 'condition')
    await fill('#f-eligibility-all-3-condition-texts-fr', 'Être en quarantaine')
    expect(rule().all).toEqual([
      { age: { min: 65, max: 80 } },
      { not: { audience: 'isolated' } },
      { commune: ['62063'] },
      { condition: { code: 'etre-en-quarantaine', texts: { fr: 'Être en quarantaine' } } },
    ])
    await choose('#f-eligibility-all-1 .foot .quiet')
    expect(rule().all).toHaveLength(3)
    await expect.poll(() => on.server.of('WorkshopRule').at(-1)?.variables.rule).toEqual(rule())
  })

  test('taken away, everybody may; begun anew, it is one condition', async () => {
    await open()
    await click('Enlever : Un groupe de conditions')
    expect(text(on.element, '.rule')).toContain('Tout le monde')
    await pick('#f-eligibility-add', 'age')
    expect(rule()).toEqual({ all: [{ age: { min: 18 } }] })
  })
})

test('the other languages name all texts that French does', async () => {
  const { fr } = await import('./strings/fr.ts')
  const names = (words: object, at = ''): string[] =>
    Object.entries(words).flatMap(([name, inner]) => (typeof inner === 'object' ? names(inner, `${at}${name}.`) : [`${at}${name}`]))
  const others = { ...(await import('./strings/de.ts')), ...(await import('./strings/nl.ts')), ...(await import('./strings/en.ts')) }
  for (const words of Object.values(others)) expect(names(words)).toEqual(names(fr))
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { all, button, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import type { Case } from './cases.ts'
import { StaffFailed } from '../shared/staff.ts'
import { makeCase, ofLine, supervisor, worker } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { choose, click, type } = on
const said = () => text(on.element, '.said')
const title = () => text(on.element, '#case-title')
const plain = (one?: Element | null) => one?.textContent?.replace(/\s+/g, ' ').trim()
const buttons = () =>
  all(on.element, '.acts button')
    .filter(shown)
    .map((one) => plain(one))
/** What the list says, group by group. */
const list = () => all(on.element, '.list h3, .list .to').map((one) => plain(one))

/** What is older than the pause between two readings is read again, as after 20 seconds. */
const later = async () => {
  on.element.tick(Date.now() + 21_000)
  await settle(on.element)
}
const start = async (attributes = 'partner') => {
  await on.start(attributes)
  await expect.poll(() => on.element.cases && shown(inside(on.element, '.list h3, .list .empty'))).toBe(true)
}
const open = async (id: string) => {
  await choose(`#case-${id}`)
  await settle(on.element)
}
const change = (id: string, more: Partial<Case>) => {
  on.server.cases = on.server.cases.map((one) => (one.id === id ? { ...one, version: one.version + 1, ...more } : one))
}
const over = { endedAt: '2026-11-23T08:50:00.000Z', dueAt: null }

let before = ''
beforeEach(() => {
  before = document.title
  on.server.viewer = worker
  on.server.cases = [
    makeCase('late', { need: { label: 'Logement', language: 'FR' }, state: 'RECEIVED', overdue: true, dueAt: '2026-11-23T08:00:00.000Z' }),
    makeCase('new'),
    makeCase('work', {
      need: { label: 'Énergie', language: 'FR' },
      state: 'IN_PROGRESS',
      acceptedBy: 'Paul Renson',
      dueAt: '2026-11-25T08:00:00.000Z',
    }),
    makeCase('held', { need: null, state: 'ON_HOLD', dueAt: null }),
    makeCase('done', { need: { label: 'Dettes', language: 'FR' }, state: 'COMPLETED', outcome: 'RESOLVED', ...over }),
  ]
})
afterEach(() => {
  document.title = before
})

describe('the list of a partner', () => {
  test('is divided by what is to be done, the late ones first, and says by when', async () => {
    await start()
    expect(text(on.element, 'h1')).toBe('Dossiers confiés')
    expect(list()).toEqual([
      'Nouveaux 2',
      'Logement',
      'Alimentation',
      'Pris en charge 1',
      'Énergie',
      'En attente 1',
      'Sujet non précisé',
      'Clos 1',
      'Dettes',
    ])
    const [first] = all(on.element, '.row').map(plain)
    expect(first).toContain('En retard')
    expect(first).toMatch(/Confié il y a 30 min · réponse attendue avant .*09:00/)
    expect(first, 'what tells it from others').toContain('LAT-7XM')
    expect(first).toContain('Trouver un colis alimentaire chaque semaine.')
    expect(plain(all(on.element, '.row')[2])).toContain('pris par Paul Renson')
    expect(all(on.element, '.row').map(plain).join(), 'nobody’s number is in it').not.toMatch(/\d{6}/)
    expect(on.server.of('DeskNow'), 'the queue is none of its business').toEqual([])
    expect(on.stream.opened).toBe(0)
  })

  test('is read again every 20 seconds, and the tab says how many are new', async () => {
    await start()
    expect(text(on.element, '.link')).toBe('Relu toutes les 20 s')
    expect(document.title).toBe('(2) Dossiers confiés')
    on.server.cases = [...on.server.cases, makeCase('another')]
    await later()
    await expect.poll(() => document.title).toBe('(3) Dossiers confiés')
    expect(list()[0]).toBe('Nouveaux 3')
  })

  test('nothing there is told, and so is a start without the network', async () => {
    on.server.cases = []
    await start()
    expect(text(on.element, '.list .empty')).toContain('Ce qui vous est confié apparaît ici tout seul.')
    on.server.answers.DeskPartnerStart = () => Promise.reject(new StaffFailed('unreachable'))
    await on.reload()
    await on.start('partner')
    await expect.poll(() => text(on.element, 'main')).toContain('Le serveur ne répond pas')
    delete on.server.answers.DeskPartnerStart
    await click('Réessayer')
    await expect.poll(() => shown(inside(on.element, '.list .empty'))).toBe(true)
  })

  test('is for case workers alone', async () => {
    on.server.viewer = supervisor
    await on.start('partner')
    await expect.poll(() => text(on.element, 'main')).toContain('réservée aux partenaires')
  })

  test('more than one page of open cases are all there', async () => {
    const pages = [{ node: makeCase('a') }, { node: makeCase('b') }]
    on.server.answers.DeskCases = ({ states, after }) => {
      const first = (states as string[]).includes('REQUESTED')
      const edges = first ? [pages[after ? 1 : 0]] : []
      return { escalations: { totalCount: 2, pageInfo: { hasNextPage: first && !after, endCursor: 'x' }, edges } }
    }
    await start()
    expect(list()[0]).toBe('Nouveaux 2')
  })
})

describe('one case', () => {
  test('opens with how to reach her safely before anything of her, and is received by it', async () => {
    await start()
    await open('new')
    expect(on.at()?.id).toBe('case-title')
    expect(title()).toBe('Alimentation · Reçu')
    expect(on.server.of('DeskCaseReceive')[0]?.variables).toMatchObject({ id: 'new' })
    expect(all(on.element, '.one section').map((one) => one.className)).toEqual(['safe', 'contact', '', 'acts', ''])
    expect(text(on.element, '.safe')).toContain('✕ Pas de message vocal')
    expect(text(on.element, '.one')).toContain('Trouver un colis alimentaire chaque semaine.')
    expect(text(on.element, '.one')).not.toMatch(/\d{6}/)
  })

  test('the number comes after asking, with her own words on her safety', async () => {
    await start()
    await open('work')
    await click('Afficher le numéro')
    expect(on.server.of('DeskCaseReveal')[0]?.variables).toEqual({ id: 'work', reason: 'case' })
    expect(on.at()?.id).toBe('number')
    expect(inside(on.element, '#number')?.getAttribute('href')).toBe('tel:+32470123456')
    expect(text(on.element, '.safe .wish')).toBe('« Pas après 16 h, mon fils rentre de l’école. »')
    await open('held')
    expect(inside(on.element, '#number'), 'of another case there is nothing').toBeUndefined()
  })

  test.each([
    ['new', ['Prendre en charge', 'Refuser']],
    ['late', ['Prendre en charge', 'Refuser']],
    ['work', ['Noter une avancée', 'Mettre en attente', 'Terminer', 'Ne peut pas aboutir']],
    ['held', ['Noter une avancée', 'Mettre en attente', 'Terminer', 'Ne peut pas aboutir']],
    ['done', []],
  ])('%s: what may be done now, and nothing else', async (id, all) => {
    await start()
    await open(id)
    expect(buttons()).toEqual(all)
  })

  test('taken over, gone on with, waited for, and completed with an outcome; each with the version that was seen', async () => {
    await start()
    await open('late')
    await click('Prendre en charge')
    expect(said()).toContain('Dossier pris en charge')
    expect(title()).toBe('Logement · Pris en charge')
    expect(on.server.of('DeskCaseAccept')[0]?.variables).toEqual({ id: 'late', version: 1 })
    await click('Noter une avancée')
    await type('#act-note', 'Rendez-vous pris.')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskCaseProgress')[0]?.variables).toEqual({ id: 'late', version: 2, input: { note: 'Rendez-vous pris.' } })
    expect(text(on.element, '.steps')).toContain('Rendez-vous pris.')
    await click('Mettre en attente')
    await choose('#act [type=submit]')
    expect(text(on.element, '#act-wrong')).toBe('Écrivez ce que vous attendez.')
    expect(on.at()?.id).toBe('act-note')
    await type('#act-note', 'Le CPAS répond lundi.')
    await choose('#act [type=submit]')
    expect(title()).toBe('Logement · En attente')
    await click('Terminer')
    await choose('#act [type=submit]')
    expect(text(on.element, '#act-wrong')).toBe('Choisissez une réponse.')
    await choose('#act [value=RESOLVED]')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskCaseComplete')[0]?.variables).toEqual({ id: 'late', version: 4, input: { outcome: 'RESOLVED', note: null } })
    expect(said()).toContain('La personne peut dire si cela l’a aidée')
    expect(title()).toBe('Logement · Terminé')
    expect(on.at()?.id).toBe('case-title')
    expect(buttons()).toEqual([])
  })

  test('rejected with a reason that stays among professionals: then nothing of her is left on the screen', async () => {
    await start()
    await open('late')
    await click('Afficher le numéro')
    await click('Refuser')
    expect(text(on.element, '#act')).toContain('La raison reste entre professionnels')
    await choose('#act [value=OUT_OF_AREA]')
    await type('#act-note', 'Elle vit à Gand.')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskCaseReject')[0]?.variables.input).toEqual({ reason: 'OUT_OF_AREA', note: 'Elle vit à Gand.' })
    expect(inside(on.element, '#number')).toBeUndefined()
    expect(button(on.element, 'Afficher le numéro')).toBeUndefined()
    expect(text(on.element, '.one')).toContain('Pas notre région')
    expect(text(on.element, '.one')).toContain('Le texte n’est plus visible')
  })

  test('what it has of her is to be erased: said, and confirmed', async () => {
    on.server.cases = [
      makeCase('c', { state: 'CANCELLED', cancelReason: 'AGREEMENT_WITHDRAWN', erasureWanted: true, object: null, ...over }),
    ]
    await start()
    expect(text(on.element, '.row .warm')).toBe('À effacer')
    await open('c')
    expect(text(on.element, '.one')).toContain('La personne a retiré son accord')
    await click('Nous avons tout effacé')
    expect(on.server.of('DeskCaseErased')[0]?.variables).toEqual({ id: 'c' })
    expect(said()).toBe('Effacement confirmé.')
    expect(button(on.element, 'Nous avons tout effacé')).toBeUndefined()
  })

  test('a number that is no telephone link is none', async () => {
    await start()
    const { DeskCaseReveal } = on.server.answers
    expect(DeskCaseReveal).toBeUndefined()
    on.server.answers.DeskCaseReveal = () => ({
      result: { __typename: 'CaseContact', phone: '+33612345678', tel: 'javascript:alert(1)', name: null, language: 'FR', safe: {} },
    })
    await open('work')
    await click('Afficher le numéro')
    expect(inside(on.element, '#number')?.hasAttribute('href')).toBe(false)
    expect(text(on.element, '.contact')).toContain('nom non transmis')
  })
})

describe('what comes between', () => {
  test('the network fails: what was written is still there, and goes with the next press', async () => {
    await start()
    await open('work')
    await click('Noter une avancée')
    await type('#act-note', 'Rendez-vous pris.')
    on.server.answers.DeskCaseProgress = () => Promise.reject(new StaffFailed('offline'))
    await choose('#act [type=submit]')
    expect(said()).toContain('Ceci n’a pas été enregistré : vous êtes hors ligne.')
    expect((inside(on.element, '#act-note') as HTMLTextAreaElement).value).toBe('Rendez-vous pris.')
    dispatchEvent(new Event('offline'))
    await settle(on.element)
    expect(text(on.element, '.bands'), 'nothing goes by itself here').toContain('envoyez-le quand le réseau revient')
    delete on.server.answers.DeskCaseProgress
    dispatchEvent(new Event('online'))
    await settle(on.element)
    expect(said(), 'what was said of the network goes with it').toBe('')
    expect(text(on.element, '.bands')).toBe('')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskCaseProgress').length).toBe(2)
    expect(said()).toBe('Avancée notée.')
  })

  test('a double click sends once', async () => {
    await start()
    await open('late')
    let go = () => {}
    const answer = makeCase('late', { state: 'ACCEPTED', version: 2 })
    on.server.answers.DeskCaseAccept = () =>
      new Promise((resolve) => {
        go = () => {
          on.server.cases = [answer]
          resolve({ result: { __typename: 'Escalation', ...answer } })
        }
      })
    await userEvent.dblClick(inside(on.element, '#accept') as HTMLElement)
    expect(text(on.element, '#accept')).toBe('Envoi…')
    expect(on.server.of('DeskCaseAccept').length).toBe(1)
    go()
    await expect.poll(said).toContain('Dossier pris en charge')
  })

  test('somebody else changed it: told, read again, and what was written stays in its form', async () => {
    await start()
    await open('work')
    await click('Noter une avancée')
    await type('#act-note', 'Rendez-vous pris.')
    change('work', { state: 'ON_HOLD' })
    await choose('#act [type=submit]')
    await expect.poll(title).toBe('Énergie · En attente')
    expect((inside(on.element, '#act-note') as HTMLTextAreaElement).value).toBe('Rendez-vous pris.')
    await choose('#act [type=submit]')
    expect(said()).toBe('Avancée notée.')
  })

  test('taken back meanwhile: the number is gone, nothing can be done, and what was written can be copied', async () => {
    await start()
    await open('work')
    await click('Afficher le numéro')
    await click('Noter une avancée')
    await type('#act-note', 'Rendez-vous pris.')
    change('work', { state: 'CANCELLED', cancelReason: 'TAKEN_BACK', object: null, safeContact: null, ...over })
    await later()
    await expect.poll(title).toBe('Énergie · Retiré')
    expect(said()).toBe('Ce dossier a changé entre-temps.')
    expect(inside(on.element, '#number')).toBeUndefined()
    expect(buttons()).toEqual([])
    expect(text(on.element, '.one .unsent blockquote')).toBe('Rendez-vous pris.')
    expect(button(on.element, 'Copier')).toBeDefined()
  })

  test('no longer to be seen at all: told, and the list is there', async () => {
    await start()
    await open('work')
    on.server.cases = on.server.cases.filter(({ id }) => id !== 'work')
    await later()
    await expect.poll(said).toBe('Ce dossier n’est plus visible pour vous.')
    expect(title()).toBeUndefined()
  })

  test('the session is over: told, with a way back to this page, and nobody’s number stays', async () => {
    await start()
    await open('work')
    await click('Afficher le numéro')
    on.server.viewer = null
    await later()
    await expect.poll(() => inside(on.element, '.bands a')?.getAttribute('href')).toBe('/sign-in?next=/partner')
    await settle(on.element)
    expect(inside(on.element, '#number')).toBeUndefined()
  })
})

describe('by keyboard, and on a phone', () => {
  test('from the list to a case, to its form, and back with Escape', async () => {
    await start()
    inside(on.element, '#case-work')?.focus()
    await on.press('{Enter}')
    expect(on.at()?.id).toBe('case-title')
    inside(on.element, '#act-progress')?.focus()
    await on.press('{Enter}')
    expect(on.at()?.id).toBe('act')
    await on.press('{Escape}')
    expect(on.at()?.id).toBe('act-progress')
    await on.press('{Escape}')
    expect(on.at()?.id).toBe('case-work')
    expect(title()).toBeUndefined()
  })

  test('on a phone the list or the case', async () => {
    await page.viewport(390, 844)
    await start()
    expect(shown(inside(on.element, '.list'))).toBe(true)
    await open('work')
    expect(shown(inside(on.element, '.list'))).toBe(false)
    await click('Retour à la liste')
    expect(on.at()?.id).toBe('case-work')
  })
})

describe('for the line', () => {
  const delivery = {
    id: 'd1',
    event: 'escalation.requested',
    channel: 'WEBHOOK' as const,
    state: 'DEAD' as const,
    attempts: 12,
    nextAt: null,
    tries: [{ at: '2026-11-23T08:31:00.000Z', code: 'http_500', milliseconds: 840 }],
  }
  const atDesk = async (more: Partial<Case> = {}) => {
    on.server.viewer = supervisor
    on.server.cases = [ofLine(makeCase('c', { overdue: true, deliveries: [delivery], ...more }))]
    await on.start()
    await click('Partenaires')
    await expect.poll(() => on.element.cases && shown(inside(on.element, '.list h3'))).toBe(true)
  }

  test('how many are late stands in the way to the page; the list names the partner and the reference', async () => {
    await atDesk()
    expect(button(on.element, 'Partenaires')?.textContent).toBe('Partenaires (1 en retard)')
    await expect.poll(() => on.at()?.id).toBe('page-title')
    expect(text(on.element, '.list')).toContain('Sans réponse 1')
    expect(text(on.element, '.row')).toContain('Réseau wallon de lutte contre la pauvreté')
    expect(text(on.element, '.row')).toContain('7KM-4QX-9TQ')
    await open('c')
    expect(text(on.element, '.one')).toContain('Au téléphone · 09:29 · Ada Lovelace · pour un autre partenaire aussi')
    expect(inside(on.element, '.contact'), 'the number is shown by the request, not here').toBeUndefined()
    expect(buttons()).toEqual(['Confier à un autre partenaire', 'Reprendre le dossier'])
  })

  test('that the partner’s system cannot be told, as long as that matters', async () => {
    await atDesk({ partnerReachable: false })
    await open('c')
    expect(text(on.element, '.one')).toContain('Le système du partenaire ne peut pas être informé pour l’instant')
  })

  test('each message with its attempts; a supervisor sends it again', async () => {
    await atDesk()
    await open('c')
    expect(text(on.element, '.one .steps + *, #deliveries-title + .steps')).toContain(
      'Pas arrivé · à son système · nouveau dossier · 12 essais',
    )
    expect(plain(all(on.element, '.steps details li')[0])).toBe('09:31 · réponse 500 http_500 · 840 ms')
    await click('Renvoyer')
    expect(on.server.of('DeskReplay')[0]?.variables).toEqual({ id: 'd1' })
    expect(on.at()?.id).toBe('deliveries-title')
    expect(said()).toBe('Le message est renvoyé.')
  })

  test('a message that does not go says so, and not when it went long ago', async () => {
    const waits = { ...delivery, state: 'PENDING' as const, attempts: 0, tries: [] }
    const at = (nextAt: string) => ({ deliveries: [{ ...waits, nextAt }] })
    await atDesk(at('2026-11-23T08:40:00.000Z'))
    await open('c')
    expect(text(on.element, '#deliveries-title + .steps')).toContain('attend : rien ne part pour l’instant')
    change('c', at('2026-11-23T09:10:00.000Z'))
    await open('c')
    expect(text(on.element, '#deliveries-title + .steps')).toContain('prochain essai 10:10')
  })

  test('an agent reads them, and cannot send again', async () => {
    await atDesk()
    document.body.replaceChildren()
    on.server.viewer = { ...supervisor, memberships: [{ ...supervisor.memberships[0], role: 'AGENT' }] }
    await on.start()
    await click('Partenaires')
    await expect.poll(() => shown(inside(on.element, '#case-c'))).toBe(true)
    await open('c')
    expect(button(on.element, 'Renvoyer')).toBeUndefined()
    expect(text(on.element, '#deliveries-title')).toBe('Messages au partenaire')
  })

  test('taken back with a note', async () => {
    await atDesk()
    await open('c')
    await click('Reprendre le dossier')
    await type('#act-note', 'Elle a rappelé.')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskTakeBack')[0]?.variables).toEqual({ id: 'c', note: 'Elle a rappelé.' })
    expect(said()).toContain('de nouveau dans la file')
    expect(text(on.element, '.one')).toContain('Repris par la ligne')
  })

  test('given to another partner, with the offers and why', async () => {
    await atDesk()
    await open('c')
    await click('Confier à un autre partenaire')
    await expect
      .poll(() => all(on.element, '#act .offer').map((one) => (one.querySelector('input') as HTMLInputElement).value))
      .toEqual(['caritas', 'maison'])
    expect(on.server.of('DeskOffers')[0]?.variables).toEqual({ callback: 'req' })
    expect(text(on.element, '#act'), 'what goes to it').toContain('reçoit la même chose')
    expect(text(on.element, '#act details')).toContain('✕ Ne travaille pas là où vit la personne : Liège. ✓ Prend')
    await choose('#act summary')
    await choose('#act [value=maison]')
    expect(text(on.element, '#act .warm')).toBe(
      'Ce partenaire ne correspond pas tout à fait : Ne travaille pas là où vit la personne : Liège.',
    )
    await choose('#act [value=caritas]')
    expect(inside(on.element, '#act .warm')).toBeUndefined()
    await click('Envoyer à Caritas')
    expect(on.server.of('DeskReroute')[0]?.variables).toEqual({ id: 'c', partner: 'caritas' })
    expect(said()).toBe('Dossier confié à l’autre partenaire.')
  })

  test.each([
    [1, 'Le partenaire a été rappelé.', false],
    [2, 'Le partenaire a été rappelé, et les responsables sont prévenus.', false],
    [3, 'Le délai est dépassé deux fois : les responsables sont prévenus.', true],
  ])('how far the ladder was climbed is said: %i', async (rung, words, offered) => {
    await atDesk({ rung })
    await open('c')
    expect(text(on.element, '.title .warm')).toBe(words)
    expect(!!button(on.element, 'Caritas'), 'the best others are offered by name').toBe(offered)
    if (!offered) return
    await click('Caritas')
    expect((inside(on.element, '#act [value=caritas]') as HTMLInputElement).checked).toBe(true)
    await click('Envoyer à Caritas')
    expect(on.server.of('DeskReroute')[0]?.variables).toEqual({ id: 'c', partner: 'caritas' })
  })

  test('what a partner has not said that it erased is marked', async () => {
    await atDesk({ state: 'CANCELLED', cancelReason: 'AGREEMENT_WITHDRAWN', erasureWanted: true, rung: 2, ...over })
    expect(text(on.element, '.row .warm')).toBe('Effacement non confirmé')
    await open('c')
    expect(text(on.element, '.title .warm')).toContain('les responsables sont prévenus')
  })

  test('what she took back, and what came back before the last time, goes to nobody else', async () => {
    const back = { state: 'REJECTED', rejectReason: 'NO_CAPACITY', ...over } as const
    const request: Case['request'] & object = { id: 'req', reference: '7KM-4QX-9TQ', status: 'REACHED', escalations: [{ id: 'c' }] }
    const offered = async (more: Partial<Case>) => {
      on.server.cases = [ofLine(makeCase('c', { ...back, ...more }), { request, ...more })]
      await open('c')
      return buttons().includes('Confier à un autre partenaire')
    }
    await atDesk({})
    expect(await offered({})).toBe(true)
    expect(await offered({ erasureWanted: true })).toBe(false)
    expect(await offered({ erasureConfirmedAt: over.endedAt })).toBe(false)
    expect(await offered({ request: { ...request, escalations: [{ id: 'c' }, { id: 'd' }] } })).toBe(false)
  })

  test('what is to be erased is shown however much is over', async () => {
    const old = makeCase('old', { state: 'CANCELLED', cancelReason: 'AGREEMENT_WITHDRAWN', erasureWanted: true, ...over })
    const many = Array.from({ length: 30 }, (_, index) => makeCase(`n${index}`, { state: 'COMPLETED', outcome: 'RESOLVED', ...over }))
    on.server.viewer = supervisor
    on.server.cases = [...many, old].map((one) => ofLine(one))
    await on.start()
    await click('Partenaires')
    await expect.poll(() => all(on.element, '.row .warm').map((one) => one.textContent)).toEqual(['Effacement non confirmé'])
  })

  test('where she agreed to one partner only, no other is offered, and it is said why', async () => {
    await atDesk({ agreement: { ...makeCase('c').agreement, anyone: false } })
    await open('c')
    expect(buttons()).toEqual(['Reprendre le dossier'])
    expect(text(on.element, '.acts')).toContain('que pour ce partenaire')
  })
})

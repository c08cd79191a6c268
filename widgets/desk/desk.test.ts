import { describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { all, button, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import { makeCall, makeRow, numbers } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { click, hear, start } = on
const title = () => text(on.element, '#call-title')
const band = () => text(on.element, '.bands')

describe('the queue', () => {
  test('counts as each language does, and no words lie below a button', async () => {
    document.documentElement.lang = 'de'
    on.server.numbers = { ...on.server.numbers, attemptsToday: 0, referralsToday: 1 }
    on.server.rows = on.server.rows.map((row) => ({ ...row, waitingMinutes: 535, targetMinutes: 1_375 }))
    await start()
    await expect.poll(() => text(on.element, '.numbers .hint')).toMatch(/^Heute: 0 Versuche, .*, 1 Vermittlung$/)
    const rows = all(on.element, '.row').filter((row) => row.querySelector('.take'))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const words = document.createRange()
      words.selectNodeContents(row.querySelector('.age') as Element)
      const right = Math.max(...[...words.getClientRects()].map((rect) => rect.right))
      expect(right).toBeLessThanOrEqual(row.querySelector('.take')?.getBoundingClientRect().left ?? 0)
    }
  })

  test('is there with its numbers, in the order the server gives', async () => {
    await start()
    expect(text(on.element, '.link')).toBe('En direct')
    expect(all(on.element, '.numbers li').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      '14 attendent',
      '6 à appeler',
      '1 en retard',
      '2 bientôt en retard',
      '3 en ligne',
    ])
    expect(text(on.element, '.numbers .hint')).toBe('Aujourd’hui : 15 essais, 9 jointes, 8 terminées, 1 injoignable, 11 orientations')
    expect(all(on.element, '.row .about').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'En retard Détresse Détresse psychologique',
      'Bientôt en retard Alimentation',
      'Logement',
      'Énergie',
      'Sujet non précisé',
    ])
    expect(all(on.element, '.age').map((one) => one.textContent?.trim())).toContain('2 h 25 sur 2 h')
    expect(on.server.asked.map(({ operation }) => operation)).toContain('DeskNow')
  })

  test.each([
    ['REJECTED', { rejectReason: 'NO_CAPACITY' }, 'Revenue : Plus de place'],
    ['FAILED', { failReason: 'NOT_REACHABLE' }, 'Revenue : Personne injoignable'],
    ['CANCELLED', { cancelReason: 'AGREEMENT_WITHDRAWN' }, 'Revenue : La personne a retiré son accord'],
    ['COMPLETED', {}, 'Revenue : elle a encore besoin d’aide'],
  ] as const)('says of what came back from a partner why: %s', async (state, why, words) => {
    const case_ = { state, rejectReason: null, failReason: null, cancelReason: null, ...why }
    on.server.rows = [makeRow('back', { status: 'REACHED', escalations: [case_] }), makeRow('new')]
    await start()
    expect(all(on.element, '.row').map((row) => row.querySelector('.back')?.textContent)).toEqual([words, undefined])
  })

  test('tells of each when, how often, whom it is with, and never a whole number', async () => {
    await start()
    const rows = all(on.element, '.row').map((one) => one.textContent?.replace(/\s+/g, ' ') ?? '')
    expect(rows[1]).toContain('lundi 23 novembre de 8 h 30 à 13 h')
    expect(rows[2]).toContain('1 essai')
    expect(rows[3]).toContain('avec Béatrice Dumont')
    expect(rows[4]).toContain('rappeler 14:00')
    expect(rows.join()).not.toMatch(/\d{6}/)
    expect(all(on.element, '.take').length, 'what is held or not due cannot be taken').toBe(3)
  })

  test('filters are asked of the server and kept', async () => {
    await start()
    inside(on.element, '.filters')?.toggleAttribute('open', true)
    expect(all(on.element, '#line option').map((one) => one.textContent)).toEqual(['toutes', 'Liège Solidaire'])
    await userEvent.selectOptions(inside(on.element, '#line') as HTMLElement, 'liege-solidaire')
    await userEvent.selectOptions(inside(on.element, '#language') as HTMLElement, 'DE')
    await on.choose('.filters [type=checkbox]')
    await hear()
    await expect
      .poll(() => on.server.of('DeskNow').at(-1)?.variables.filter)
      .toEqual({ lines: ['liege-solidaire'], languages: ['DE'], mine: true })
    await click('Prendre la suivante')
    expect(on.server.of('DeskClaimNext')[0]?.variables.input).toEqual({ lines: ['liege-solidaire'], languages: ['DE'] })
  })

  test('nobody waits: said with the numbers of the day', async () => {
    on.server.rows = []
    on.server.numbers = { ...numbers, waiting: 0, due: 0, overdue: 0, soonOverdue: 0 }
    await start()
    expect(text(on.element, '.queue .empty')).toContain('Personne n’attend.')
    expect(text(on.element, '.numbers .hint')).toContain('9 jointes')
  })

  test('nothing fits the filters: they can be taken away', async () => {
    await start()
    on.server.rows = []
    on.element.narrow({ language: 'NL' })
    await settle(on.element)
    await click('Enlever les filtres')
    expect(on.element.filter).toEqual({ line: '', language: '', mine: false })
  })

  test('more are shown on request', async () => {
    on.server.answers.DeskNow = ({ first }) => ({
      viewer: on.server.session,
      deskNumbers: numbers,
      callbackRequests: {
        totalCount: 30,
        edges: Array.from({ length: Math.min(Number(first), 30) }, (_, n) => ({ node: makeRow(`r${n}`) })),
      },
      myCall: null,
    })
    await start()
    expect(on.shownRows()).toBe(25)
    await click('Afficher la suite')
    await expect.poll(on.shownRows).toBe(30)
    expect(button(on.element, 'Afficher la suite')).toBeUndefined()
  })
})

describe('what happens elsewhere', () => {
  test('shows at once: a new request, and another one taken', async () => {
    await start()
    on.server.rows = [makeRow('new'), ...on.server.rows]
    await hear('2')
    await expect.poll(on.shownRows).toBe(6)
  })

  test('the same version again is not read again', async () => {
    await start()
    await expect.poll(() => on.server.of('DeskNow').length).toBe(2)
    await hear('1')
    expect(on.server.of('DeskNow').length).toBe(2)
  })

  test('ten changes at once are read once', async () => {
    await start()
    await expect.poll(() => on.server.of('DeskNow').length).toBe(2)
    on.element.apart = 300
    on.stream.send(...Array.from({ length: 10 }, (_, n) => on.stream.event(`v${n}`)))
    await expect.poll(() => on.server.of('DeskNow').length).toBe(3)
    // What was told while one waited is in that reading.
    await on.element.refresh()
    expect(on.server.of('DeskNow').length).toBe(4)
  })

  test('after a lost connection the list is read again without a reload', async () => {
    await start()
    on.server.rows = [makeRow('new')]
    on.stream.send(new StaffFailed('unreachable'), on.stream.event('1'))
    await expect.poll(on.shownRows).toBe(1)
    expect(on.stream.opened).toBe(2)
    expect(text(on.element, '.link')).toBe('En direct')
  })

  test('where no stream can be had the queue is read every 20 seconds, and one is told', async () => {
    on.stream.listen = async function* () {
      yield* []
      throw new StaffFailed('failed')
    }
    await start()
    on.element.live.pause = () => new Promise(() => {})
    await expect.poll(() => text(on.element, '.link')).toBe('Relu toutes les 20 s')
    await settle(on.element)
    const before = on.server.of('DeskNow').length
    on.element.tick(Date.now() + 10_000)
    expect(on.server.of('DeskNow').length).toBe(before)
    on.element.tick(Date.now() + 21_000)
    await expect.poll(() => on.server.of('DeskNow').length).toBe(before + 1)
  })

  test('offline is said, and what is typed stays', async () => {
    on.server.call = makeCall()
    await start()
    await on.type('#note', 'Elle attend')
    dispatchEvent(new Event('offline'))
    await settle(on.element)
    expect(text(on.element, '.link')).toBe('Hors ligne')
    expect(band()).toContain('Vous êtes hors ligne.')
    expect((inside(on.element, '#note') as HTMLTextAreaElement).value).toBe('Elle attend')
  })
})

describe('who may work here', () => {
  test('nobody has signed in: the way there, and back here', async () => {
    on.server.viewer = null
    await start()
    expect(inside(on.element, '.bands a')?.getAttribute('href')).toBe('/sign-in?next=/desk')
    expect(on.shownRows()).toBe(0)
    expect(on.server.of('DeskNow')).toEqual([])
  })

  test('another role is told so', async () => {
    on.server.viewer = { ...(on.server.viewer as object), memberships: [{ role: 'EDITOR', organization: null }] }
    await start()
    expect(text(on.element, 'main')).toContain('réservé aux agents')
    expect(on.server.of('DeskNow')).toEqual([])
  })

  test('the server does not answer at the start: one can try again', async () => {
    on.server.answers.DeskStart = () => Promise.reject(new StaffFailed('unreachable'))
    await start()
    expect(text(on.element, 'main')).toContain('Le serveur ne répond pas')
    delete on.server.answers.DeskStart
    await click('Réessayer')
    expect(on.shownRows()).toBe(5)
  })

  test('the session ends during a call: what was typed stays on the screen, and nothing is sent any more', async () => {
    await start()
    await on.call()
    on.server.viewer = null
    await on.type('#note', 'Elle attend jeudi')
    await hear()
    expect(band()).toContain('Votre session est terminée.')
    expect(shown(inside(on.element, '.bands a'))).toBe(true)
    expect((inside(on.element, '#note') as HTMLTextAreaElement).value).toBe('Elle attend jeudi')
    const before = on.server.asked.length
    expect(button(on.element, 'Pas de réponse')).toBeUndefined()
    await on.element.attempt('NO_ANSWER')
    expect(on.server.asked.length).toBe(before)
    expect(button(on.element, 'Copier la note')).toBeDefined()
    expect(title()).toBe('Appel · AAA-4QX-9TQ')
  })
})

describe('in another language', () => {
  test.each([
    ['de', 'Die nächste nehmen'],
    ['nl', 'De volgende nemen'],
    ['en', 'Take the next one'],
  ])('%s', async (language, next) => {
    await start(`lang="${language}"`)
    await expect.poll(() => text(on.element, '#next')).toContain(next)
    expect(inside(on.element, '.root')?.getAttribute('lang')).toBe(language)
    expect(inside(on.element, '.row .about span')?.getAttribute('lang'), 'what is French says so').toBe('fr')
    expect(on.server.asked.at(-1)?.options.language).toBe(language)
  })

  test('has every text that French has', async () => {
    const { fr } = await import('./strings/fr.ts')
    const shape = (texts: object): unknown =>
      Object.entries(texts).map(([name, one]) => (typeof one === 'object' ? [name, shape(one)] : name))
    const filled = (one: unknown): string[] =>
      typeof one === 'string' ? [...new Set(one.match(/\{\w+\}/g))].sort() : Object.values(one as object).flatMap(filled)
    for (const [name, texts] of Object.entries({
      ...(await import('./strings/de.ts')),
      ...(await import('./strings/nl.ts')),
      ...(await import('./strings/en.ts')),
    })) {
      expect(shape(texts), name).toEqual(shape(fr))
      expect(filled(texts), name).toEqual(filled(fr))
    }
  })
})

test('nothing is kept in the browser', async () => {
  await start()
  await on.call()
  await on.type('#note', 'x')
  expect([document.cookie, localStorage.length, sessionStorage.length]).toEqual(['', 0, 0])
})

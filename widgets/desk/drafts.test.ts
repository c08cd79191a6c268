import { beforeEach, describe, expect, test } from 'vitest'
import { button, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import type { Case } from './cases.ts'
import { makeCall, makeCase, viewer, worker } from './testing/made.ts'
import { StaffFailed } from '../shared/staff.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { choose, click, press, type } = on
const note = () => (inside(on.element, '#act-note') as HTMLTextAreaElement | undefined)?.value
const unsent = () => text(on.element, '.unsent blockquote')

/** Whether somebody who leaves the page now is asked before. */
const asked = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

describe('what somebody of a partner typed', () => {
  const later = async () => {
    on.element.tick(Date.now() + 21_000)
    await settle(on.element)
  }
  const change = (id: string, more: Partial<Case>) => {
    on.server.cases = on.server.cases.map((one) => (one.id === id ? { ...one, version: one.version + 1, ...more } : one))
  }
  const open = async (id: string) => {
    await choose(`#case-${id}`)
    await settle(on.element)
  }
  const write = async (id: string, act: string, words: string) => {
    await on.start('partner')
    await expect.poll(() => on.element.cases && shown(inside(on.element, '.list h3'))).toBe(true)
    await open(id)
    await click(act)
    await type('#act-note', words)
  }
  beforeEach(() => {
    on.server.viewer = worker
    on.server.cases = [
      makeCase('new', { state: 'RECEIVED' }),
      makeCase('work', { state: 'IN_PROGRESS' }),
      makeCase('other', { state: 'IN_PROGRESS' }),
    ]
  })

  test('is what the next form sends: nothing stands on the screen that does not go', async () => {
    await write('work', 'Noter une avancée', 'Le CPAS répond lundi.')
    await click('Mettre en attente')
    expect(note()).toBe('Le CPAS répond lundi.')
    await choose('#act [type=submit]')
    expect(on.server.of('DeskCaseHold')[0]?.variables.input).toEqual({ note: 'Le CPAS répond lundi.' })
    expect(unsent(), 'what is sent is no draft').toBeUndefined()
    await click('Noter une avancée')
    expect(note()).toBe('')
    expect(asked()).toBe(false)
  })

  test('a reason chosen in one form is not chosen in the next', async () => {
    await write('work', 'Terminer', 'Vu ensemble.')
    await choose('#act [value=RESOLVED]')
    await click('Ne peut pas aboutir')
    expect([...(inside(on.element, '#act')?.querySelectorAll('input') ?? [])].some(({ checked }) => checked)).toBe(false)
    await choose('#act [type=submit]')
    expect(text(on.element, '#act-wrong')).toBe('Choisissez une réponse.')
    expect(on.server.of('DeskCaseFail')).toEqual([])
  })

  test('for a refusal is there to be copied when a colleague accepts meanwhile', async () => {
    await write('new', 'Refuser', 'Elle vit à Gand.')
    change('new', { state: 'ACCEPTED' })
    await later()
    await expect.poll(unsent).toBe('Elle vit à Gand.')
    expect(on.at()?.id).toBe('case-title')
    await click('Noter une avancée')
    expect(note(), 'and goes on in another form').toBe('Elle vit à Gand.')
  })

  test.each([
    ['Escape', () => press('{Escape}')],
    ['the button to cancel', () => click('Annuler')],
  ])('is still there after %s, until it is thrown away', async (_how, close) => {
    await write('work', 'Noter une avancée', 'Rendez-vous pris.')
    await close()
    expect(unsent()).toBe('Rendez-vous pris.')
    expect(button(on.element, 'Copier')).toBeDefined()
    expect(asked()).toBe(true)
    await click('Ne pas le garder')
    expect(inside(on.element, '.unsent')).toBeUndefined()
    expect(asked()).toBe(false)
  })

  test('stays with its case while another is looked at, and the list says so', async () => {
    await write('work', 'Noter une avancée', 'Rendez-vous pris.')
    await open('other')
    expect(inside(on.element, '.unsent'), 'it belongs to the other case').toBeUndefined()
    expect(text(on.element, '.row:has(#case-work)')).toContain('Texte non envoyé')
    await open('work')
    expect(unsent()).toBe('Rendez-vous pris.')
  })

  test('for a case that is gone is there above the list', async () => {
    await write('work', 'Noter une avancée', 'Rendez-vous pris.')
    on.server.cases = on.server.cases.filter(({ id }) => id !== 'work')
    await later()
    await expect.poll(() => text(on.element, '.list .unsent blockquote')).toBe('Rendez-vous pris.')
    expect(asked()).toBe(true)
    await click('Ne pas le garder')
    expect(asked()).toBe(false)
  })

  test('is all that is left on the screen once the session is over', async () => {
    await write('work', 'Noter une avancée', 'Rendez-vous pris.')
    on.server.viewer = null
    await later()
    await expect.poll(() => shown(inside(on.element, '.bands a'))).toBe(true)
    await settle(on.element)
    expect(text(on.element, 'main')).toBe('Ce que vous avez écrit n’est pas parti : Rendez-vous pris. Copier la note')
    expect(text(on.element, '.bands')).toContain('Copier la note')
    expect(asked()).toBe(true)
  })

  test('without any, nothing of a case is left then', async () => {
    await write('work', 'Noter une avancée', ' ')
    on.server.viewer = null
    await later()
    await expect.poll(() => shown(inside(on.element, '.bands a'))).toBe(true)
    await settle(on.element)
    expect(text(on.element, 'main')).toBe('')
    expect(asked()).toBe(false)
  })
})

describe('what an agent typed for a partner', () => {
  const written = async () => {
    on.server.viewer = viewer
    on.server.call = makeCall('aaa', { status: 'REACHED' })
    await on.start()
    await click('Confier à un partenaire')
    await choose('[value=rwlp]')
    await type('#object', 'Trouver un colis alimentaire.')
  }

  test('is asked for before the page is left', async () => {
    await written()
    expect(asked()).toBe(true)
  })

  test('is there to be copied when the session ends while it is sent, and nothing else is', async () => {
    await written()
    await choose('[value=SPOKEN]')
    await choose('[name=anyone][value=yes]')
    await click('Voir ce que le partenaire recevra')
    on.server.answers.DeskEscalate = () => Promise.reject(new StaffFailed('signedOut'))
    await click('Envoyer à Réseau')
    expect(text(on.element, '.column.call blockquote')).toBe('Trouver un colis alimentaire.')
    expect(text(on.element, '.bands')).toContain('Copier la note')
    expect(inside(on.element, '.preview')).toBeUndefined()
    expect(asked()).toBe(true)
  })
})

import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { all, button, inside, pretend, settle, shown, violations } from '../shared/testing/fixture.ts'
import { makeRecord, service } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { click, fill } = on

/** What says that the state is there is shown; no violation at 390 and 1440 pixels, nothing wider than the page, nothing to press that is lower than 44 pixels. */
async function check(state: string, sign: string): Promise<void> {
  for (const width of [390, 320, 1440]) {
    await page.viewport(width, width === 1440 ? 900 : 844)
    await settle(on.element)
    const where = `${state} at ${width}`
    expect.soft(shown(inside(on.element, sign)), where).toBe(true)
    expect.soft(document.documentElement.scrollWidth, where).toBeLessThanOrEqual(width)
    const targets = all(on.element, 'button, select, summary, .choices > label, textarea, input:not([type=radio], [type=checkbox])').filter(
      shown,
    )
    expect
      .soft(
        targets.filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML),
        where,
      )
      .toEqual([])
    if (width !== 320) expect.soft(await violations(on.element), where).toEqual([])
  }
}

const full = () =>
  makeRecord('a', {
    behind: ['DE'],
    concerns: ['REPORTED', 'DEAD_LINK'],
    problems: [{ path: ['content', 'source'], code: 'required', message: 'Indiquez la source.' }],
    corrections: [{ id: 'c', topic: 'HOURS', message: 'Fermé le lundi.', language: 'DE', suggestedAt: '2026-11-20T09:00:00.000Z' }],
    links: [{ url: 'https://www.exemple.be/colis', status: 404, dead: true, checkedAt: '2026-11-20T09:00:00.000Z', failingSince: null }],
    usedBy: [{ id: 'l', kind: 'LINE', title: 'Liège Solidaire' }],
  })

describe.each(['fr', 'de'])('in %s', (language) => {
  const start = async (where = '') => {
    document.documentElement.lang = language
    await on.start(where)
    await expect.poll(() => on.element.phase).toBe('ready')
    await settle(on.element)
  }

  test('the list, and what a new record may be', async () => {
    await start()
    await check('list', '.records')
    inside(on.element, '#create')?.click()
    await check('creating', '.creating')
    on.server.rows = []
    await on.element.narrow({ concern: 'STALE' })
    await settle(on.element)
    await check('empty', '.empty')
  })

  test.each([0, 1, 2, 3, 4, 5])('part %i of the form of a service', async (index) => {
    on.server.records = [full()]
    await start('a')
    on.element.editing?.goTo(index)
    await check(`section ${index}`, '#section-title')
  })

  test.each([0, 1, 2, 3, 4, 5])('part %i of the form of a line', async (index) => {
    await start('l')
    on.element.editing?.goTo(index)
    await check(`line ${index}`, '#section-title')
  })

  test.each(['translations', 'history', 'preview'] as const)('the view %s', async (tab) => {
    on.server.records = [full()]
    await start('a')
    on.element.editing?.show(tab)
    await settle(on.element)
    await check(tab, `#tab-${tab}`)
  })

  test('what is not saved yet, in the list; what can be added, stepped to by arrows', async () => {
    await start('a')
    await fill('#f-texts-fr-name', 'Pas enregistré')
    const box = inside(on.element, '#f-needs-add') as HTMLSelectElement
    box.value = 'housing'
    await check('adding', '#f-needs .adding button')
    on.server.answers.WorkshopSaveService = () => new Promise(() => {})
    document.body.replaceChildren()
    await start()
    await check('unsaved', '.unsaved')
  })

  test('the versions of one sitting', async () => {
    const version = (number: number) => ({
      node: { number, at: `2026-11-20T09:0${number}:00.000Z`, by: 'Eva Peeters', action: 'SAVED', revertedTo: null, changes: [] },
    })
    on.server.answers.WorkshopHistory = () => ({
      contentRecord: { revisions: { pageInfo: { hasNextPage: false }, edges: [3, 2, 1].map(version) } },
    })
    await start('a')
    on.element.editing?.show('history')
    await settle(on.element)
    inside(on.element, '.history summary')?.click()
    await check('sitting', '.history details .row')
  })

  test('somebody was faster', async () => {
    await start('a')
    await fill(`#f-texts-fr-name`, 'Le mien')
    on.server.changedByOther('a', { texts: [{ ...service.texts[0], name: 'Le sien' }, service.texts[1]] })
    await on.element.editing?.save()
    await check('clash', '.clash')
    on.element.editing?.ask('drop')
    await check('dropping', '#asking')
  })

  test.each(['QUESTION', 'ORGANIZATION', 'LOCATION', 'CLOSING_DAY'])('a new record: %s', async (kind) => {
    await start(`new-${kind}`)
    await check(kind, '#section-title')
  })
})

test('in the dark and with forced colours', async () => {
  await on.start('a')
  const pretended: Record<string, string>[] = [{ 'prefers-color-scheme': 'dark' }, { 'forced-colors': 'active' }]
  for (const features of pretended) {
    document.documentElement.style.colorScheme = 'light dark'
    await pretend(features)
    expect.soft(await violations(on.element), JSON.stringify(features)).toEqual([])
  }
  document.documentElement.style.colorScheme = ''
})

test('everything of a form is reached by the keyboard, in the order it is read', async () => {
  await on.start('a')
  await click('Quand')
  const seen: string[] = []
  for (let step = 0; step < 16; step++) {
    await on.press('{Tab}')
    const name = on.at()?.id || on.at()?.getAttribute('aria-label') || ''
    // A time has its hours and its minutes.
    if (seen.at(-1) !== name) seen.push(name)
  }
  const week = seen.filter((one) => one.includes('week') || one.includes('lundi'))
  expect(week.slice(0, 3)).toEqual(['week-0-0-0', 'lundi, plage 1 : ferme à', 'Enlever la plage 1 : lundi'])
  expect(button(on.element, 'Publier')).toBeTruthy()
})

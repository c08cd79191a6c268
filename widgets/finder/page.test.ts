import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { pretend } from '../shared/testing/fixture.ts'
import { makeMatch, makeQuestion } from './make.ts'
import {
  aid,
  all,
  answers,
  begin,
  button,
  byPhone,
  choose,
  element,
  end,
  fallback,
  first,
  later,
  look,
  open,
  operations,
  root,
  sent,
  settled,
  shown,
  start,
  status,
  text,
  violations,
} from './testing/page.ts'

// What the page around the element does to it.

beforeEach(begin)
afterEach(async () => {
  end()
  for (const style of document.querySelectorAll('style[data-hostile]')) style.remove()
  vi.restoreAllMocks()
  await pretend()
})

const style = (selector: string, property: string, of: Element = first(selector)) => getComputedStyle(of).getPropertyValue(property)

describe('a page with hostile style sheets', () => {
  const hostile = {
    'everything small, red and spaced':
      '* { font: italic 9px/1 serif; color: red; letter-spacing: 1em; word-spacing: 2em; text-transform: uppercase; text-align: center; text-indent: 3em; white-space: nowrap; cursor: wait }',
    'everything unset': '* { all: unset !important }',
    'the host itself': `passerelle-finder { font: 9px/1 serif !important; color: #fff !important; letter-spacing: 9px !important; line-height: 0 !important;
        text-align: right !important; direction: rtl !important; text-shadow: 0 0 9px red !important; quotes: none !important }`,
    'what one inherits':
      'body { font-size: 5px; font-weight: 100; color: transparent; text-align: justify; word-break: break-all; hyphens: auto }',
  }

  test.each(Object.entries(hostile))('%s: it looks and reads the same', async (_, css) => {
    await open()
    await choose('Énergie et eau')
    const look = () =>
      ['.h0', '.card .name', '#place', '.number', 'button', '.hint'].map((selector) =>
        [
          'font',
          'color',
          'letter-spacing',
          'word-spacing',
          'text-transform',
          'text-align',
          'text-indent',
          'text-shadow',
          'white-space',
          'direction',
          'display',
        ]
          .map((property) => style(selector, property))
          .join(' | '),
      )
    const before = look()
    const sheet = document.createElement('style')
    sheet.dataset.hostile = ''
    sheet.textContent = css
    document.head.append(sheet)
    expect(look()).toEqual(before)
    expect(Number.parseFloat(style('.root', 'font-size'))).toBeGreaterThanOrEqual(17)
    expect(first('.root').getBoundingClientRect().width).toBeGreaterThan(300)
    expect(first('.root').scrollWidth).toBeLessThanOrEqual(first('.root').clientWidth)
  })

  test('the numbers in the tag can still be read where nothing else is said of them', async () => {
    const sheet = document.createElement('style')
    sheet.dataset.hostile = ''
    sheet.textContent = 'passerelle-finder { font: 9px/1 serif !important; color: transparent !important; letter-spacing: 1em !important }'
    document.head.append(sheet)
    answers.FinderStart = new RequestFailed('unreachable')
    await open()
    const number = element.firstElementChild as Element
    expect(Number.parseFloat(style('', 'font-size', number))).toBeGreaterThanOrEqual(17)
    expect(style('', 'color', number)).toBe(style('.root', 'color'))
    expect(style('', 'letter-spacing', number)).toBe('normal')
  })

  test('may still hide it, and make it light or dark', async () => {
    await open('theme=dark')
    expect(style('.root', 'color-scheme')).toBe('dark')
    element.style.visibility = 'hidden'
    expect(shown(first('.root'))).toBe(false)
    element.style.visibility = ''
    element.hidden = true
    expect(shown(first('.root'))).toBe(false)
  })
})

describe('twice on a page', () => {
  test('each has landmarks of its own name, ids do not clash, and axe finds nothing', async () => {
    const main = document.createElement('main')
    await open('', 'fr', main)
    const one = element
    await open('', 'fr', main)
    await choose('Énergie et eau').catch(() => {})
    await userEvent.click(all('.tiles button')[0] ?? (all('.chips button')[0] as Element))
    await settled()
    const names = [one, element].map(({ shadowRoot }) => shadowRoot?.querySelector('[role=search]')?.getAttribute('aria-label'))
    expect(names).toEqual(['Trouver une aide', 'Trouver une aide 2'])
    expect(await violations()).toEqual([])
  })

  test('a search in one leaves the other alone', async () => {
    const main = document.createElement('main')
    const one = await open('', 'fr', main)
    await open('', 'fr', main)
    await look('mazout')
    expect(one.asked).toBeUndefined()
    expect(one.words).toBe('')
  })
})

test('on a page that is read from right to left it keeps its own direction, and stays inside', async () => {
  document.documentElement.dir = 'rtl'
  await open()
  await choose('Énergie et eau')
  expect(style('.h0', 'direction')).toBe('ltr')
  expect(style('.h0', 'text-align')).toBe('start')
  const box = first('.root').getBoundingClientRect()
  for (const part of all('.card, form, .person, .field')) {
    const { left, right } = part.getBoundingClientRect()
    expect(left).toBeGreaterThanOrEqual(box.left)
    expect(right).toBeLessThanOrEqual(box.right)
  }
  const [label] = all('.card .name')
  expect((label as Element).getBoundingClientRect().left - box.left).toBeLessThan(60)
  expect(await violations()).toEqual([])
})

describe('an answer that comes late', () => {
  test.each(['reset', 'pagehide'] as const)('does not show after %s', async (how) => {
    const slow = later<unknown>()
    answers.FinderAid = () => slow.answer
    await open()
    await userEvent.fill(first('#words'), 'il me frappe')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => operations()).toContain('FinderAid')
    if (how === 'reset') element.reset()
    else dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    slow.give(aid([byPhone]))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await element.updateComplete
    expect(all('.card, #asked')).toEqual([])
    expect(element.phase).toBe('idle')
    expect(first<HTMLInputElement>('#words').value).toBe('')
  })

  test('in the language of before does not mix with the one of now', async () => {
    const french = later<unknown>()
    answers.FinderAid = (_: never, { options }: { options: { languages: string[] } }) =>
      options.languages[0] === 'fr' ? french.answer : aid([makeMatch({ name: 'Heizkostenfonds', language: 'DE' })])
    await open()
    first<HTMLElement>('.tiles button').click()
    await expect.poll(() => operations()).toContain('FinderAid')
    document.documentElement.lang = 'de'
    await expect.poll(() => text('.card > .name')).toEqual(['Heizkostenfonds'])
    french.give(aid([makeMatch({ name: 'Fonds chauffage' })]))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await element.updateComplete
    expect(text('.card > .name')).toEqual(['Heizkostenfonds'])
    expect(status()).toBe('1 Ergebnis')
  })

  test('with the subjects of another language does not mix either', async () => {
    const slow = later<unknown>()
    let first = true
    answers.FinderStart = (_: never, { options }: { options: { languages: string[] } }) => {
      const { needs, ...rest } = start
      const labelled = { ...rest, needs: needs.map((need) => ({ ...need, label: `${need.label} ${options.languages[0]}` })) }
      if (options.languages[0] !== 'de' || !first) return labelled
      first = false
      return slow.answer.then(() => labelled)
    }
    await open()
    document.documentElement.lang = 'de'
    await expect.poll(() => operations()).toHaveLength(2)
    document.documentElement.lang = 'nl'
    await expect.poll(() => text('.tiles button')[0]).toBe('Énergie et eau nl')
    slow.give(undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await element.updateComplete
    expect(text('.tiles button')[0]).toBe('Énergie et eau nl')
  })
})

describe('leaving and coming back', () => {
  test('nothing typed is there when the back button brings the page back, and it works again', async () => {
    await open()
    await userEvent.fill(first('#words'), 'il me frappe')
    await userEvent.click(first('#who summary'))
    await userEvent.fill(first('#age'), '67')
    await userEvent.fill(first('#place'), 'Huy')
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await settled()
    expect(all('input:not([type=checkbox])').map((input) => (input as HTMLInputElement).value)).toEqual(['', '', ''])
    expect(element.words).toBe('')
    await look('mazout')
    expect(status()).toBe('4 résultats')
  })

  test('what was on its way when the page was left is asked for again', async () => {
    answers.FinderStart = () => new Promise(() => {})
    const opened = open()
    await expect.poll(() => operations()).toContain('FinderStart')
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    answers.FinderStart = start
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await opened
    await expect.poll(() => all('.tiles button')).toHaveLength(3)
  })

  test('the note that she is offline goes when she is not', async () => {
    await open()
    answers.FinderAid = new RequestFailed('offline')
    await choose('Énergie et eau')
    expect(status()).toBe('Vous êtes hors ligne.')
    answers.FinderAid = aid([byPhone])
    dispatchEvent(new Event('online'))
    await expect.poll(() => status()).toBe('1 résultat')
    expect(fallback()).toBe(false)
  })

  test('the network coming back disturbs nobody who was not offline', async () => {
    await open()
    await choose('Énergie et eau')
    const before = sent.length
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent).toHaveLength(before)
  })
})

describe('the quick exit', () => {
  test.each(['the button', 'Shift three times'])('by %s: nothing is left to see at once, nor in the tab', async (way) => {
    document.title = 'Violences'
    await open('exit-url=#neutral')
    await choose('Violences')
    if (way === 'the button') await button('Quitter vite cette page').click()
    else await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(location.hash).toBe('#neutral')
    expect(shown(document.body)).toBe(false)
    expect(document.title.trim()).toBe('')
    expect(element.asked).toBeUndefined()
  })

  test('Shift does nothing elsewhere', async () => {
    await open('exit-url=#neutral')
    await choose('Énergie et eau')
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(location.hash).toBe('')
    expect(shown(document.body)).toBe(true)
    expect(button('Quitter vite cette page').query()).toBeNull()
  })
})

describe('on paper', () => {
  test('are the numbers, the hours and all that was folded, but nothing to press', async () => {
    answers.FinderAid = aid([byPhone], { faqEntries: [makeQuestion()] })
    await open()
    await choose('Énergie et eau')
    const before = all('details').map((details) => (details as HTMLDetailsElement).open)
    dispatchEvent(new Event('beforeprint'))
    await pretend({}, 'print')
    expect(all('form, button').filter(shown)).toEqual([])
    for (const selector of ['.card .number', '.hours', '.card dd', '.answer', '.question summary'])
      expect(all(selector).filter(shown).length, selector).toBeGreaterThan(0)
    expect(fallback()).toBe(true)
    await pretend()
    dispatchEvent(new Event('afterprint'))
    expect(all('details').map((details) => (details as HTMLDetailsElement).open)).toEqual(before)
    expect(root().querySelector('form')).not.toBeNull()
  })
})

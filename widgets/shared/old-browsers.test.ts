import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../callback/define.ts'
import type { PasserelleCallback } from '../callback/callback.ts'
import '../finder/define.ts'
import type { PasserelleFinder } from '../finder/finder.ts'
import { makeFound, makeLine, makeMatch, makeNeed } from '../finder/make.ts'
import { send } from './client.ts'
import { all, button, fakeApi, inside, place, settle, shown, text } from './testing/fixture.ts'

// What iOS 15, Chrome 90 on Android and Firefox ESR 102 do not have, taken away before an element is made.

const line = {
  ...makeLine(),
  acceptsCallbacks: true,
  organization: { name: 'SPW', language: 'FR' },
}
const api = () =>
  fakeApi({
    CallbackChoices: () => ({ lines: [line], needs: [], noticeChannels: [] }),
    RequestCallback: () => ({ requestCallback: { __typename: 'CallbackReceipt', reference: 'ABC-123', line } }),
    FinderStart: () => ({ needs: [makeNeed()], audiences: [], lines: [line] }),
    FinderAid: () => ({ findAid: makeFound([makeMatch()]) }),
  })

/** Puts a property away until the test ends. */
const kept: (() => void)[] = []
function take(object: object, name: string, instead?: PropertyDescriptor) {
  const descriptor = Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor
  expect(descriptor).toBeDefined()
  delete (object as Record<string, unknown>)[name]
  if (instead) Object.defineProperty(object, name, { configurable: true, ...instead })
  kept.push(() => Object.defineProperty(object, name, descriptor))
}

const missing: Record<string, () => void> = {
  'constructable style sheets': () => {
    class Sheet {
      constructor() {
        throw new TypeError('Illegal constructor')
      }
    }
    take(globalThis, 'CSSStyleSheet', { value: Sheet })
  },
  'adopted style sheets': () => take(ShadowRoot.prototype, 'adoptedStyleSheets'),
  'element internals': () => take(HTMLElement.prototype, 'attachInternals'),
  'custom states': () => take(ElementInternals.prototype, 'states'),
  'custom states without dashes': () =>
    take(CustomStateSet.prototype, 'add', {
      value: () => {
        throw new DOMException('', 'SyntaxError')
      },
    }),
  // A rule with a selector that is not known is dropped as a whole, with what else stands in its list.
  'the pseudo-class :state()': () => {
    const { replaceSync } = CSSStyleSheet.prototype
    take(CSSStyleSheet.prototype, 'replaceSync', {
      value(this: CSSStyleSheet, styles: string) {
        replaceSync.call(this, styles)
        for (let index = this.cssRules.length - 1; index >= 0; index--)
          if (this.cssRules[index]?.cssText.split('{')[0]?.includes(':state(')) this.deleteRule(index)
      },
    })
  },
  'signals that end by themselves': () => {
    take(AbortSignal, 'timeout')
    take(AbortSignal, 'any')
    take(AbortSignal.prototype, 'throwIfAborted')
    take(AbortSignal.prototype, 'reason')
  },
  'what came after 2021': () => {
    take(crypto.constructor.prototype, 'randomUUID')
    take(globalThis, 'structuredClone')
    take(Object, 'hasOwn')
    take(Array.prototype, 'at')
    take(Array.prototype, 'findLast')
    take(Array.prototype, 'toSorted')
    take(HTMLElement.prototype, 'inert')
  },
}

beforeEach(() => {
  document.documentElement.lang = 'fr'
})
afterEach(() => {
  for (const giveBack of kept.splice(0)) giveBack()
  vi.restoreAllMocks()
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe.each(Object.entries(missing))('without %s', (_, remove) => {
  test('a callback can be asked for', async () => {
    const { send, of } = api()
    remove()
    const element: PasserelleCallback = await place<never>('passerelle-callback', send)
    expect(getComputedStyle(inside(element, '.root') as Element).borderTopWidth).toBe('4px')
    expect(shown(element.firstElementChild as Element)).toBe(false)
    await userEvent.click(button(element, 'Demander') as Element)
    await settle(element)
    expect(getComputedStyle(inside(element, '.unseen') as Element).clipPath).toBe('inset(50%)')
    await userEvent.type(inside(element, '#phone') as Element, '0470 12 34 56')
    await userEvent.click(all(element, '[part=submit]').find(shown) as Element)
    await settle(element)
    expect(of('RequestCallback').length).toBe(1)
    expect(text(element, '.reference')).toBe('ABC-123')
  })

  test('the finder shows its subjects, and what is found', async () => {
    const { send } = api()
    remove()
    const element: PasserelleFinder = await place<never>('passerelle-finder', send)
    expect(text(element, '.tiles button')).toBe('Énergie et eau')
    inside(element, '.tiles button')?.click()
    await settle(element)
    expect(text(element, '.card .name')).toBe('Fonds social chauffage')
  })
})

test.each(['passerelle-callback', 'passerelle-finder'])('%s asks for no colour that only new browsers can mix', (tag) => {
  const { styles } = customElements.get(tag) as unknown as { styles: string[] }
  const everywhere = styles.join('').replace(/@supports[^{]+\{(\s*[^{}]+\{[^}]*\})*\s*\}/g, '')
  expect(everywhere).toContain('--_accent: var(--passerelle-accent, #')
  expect(everywhere).not.toMatch(/light-dark|color-mix|:has\(|&|@container/)
})

test.each(['passerelle-callback', 'passerelle-finder'])('%s: `:state()` takes no other selector along where it is not known', (tag) => {
  const { styles } = customElements.get(tag) as unknown as { styles: string[] }
  const selectors = [...styles.join('').matchAll(/([^{};]+)\{/g)].map(([, selector = '']) => selector)
  expect(selectors.length).toBeGreaterThan(50)
  expect(selectors.filter((selector) => selector.includes(':state(') && selector.includes(','))).toEqual([])
})

describe('when something fails', () => {
  const numbers = (element: Element) => shown(element.firstElementChild as Element)

  test.each(['passerelle-callback', 'passerelle-finder'])('the numbers show where %s cannot be made', async (tag) => {
    vi.spyOn(customElements.get(tag)?.prototype, 'reset').mockImplementation(() => {
      throw new Error('an old browser')
    })
    const quiet = (event: Event) => event.preventDefault()
    addEventListener('error', quiet)
    document.body.innerHTML = `<${tag}><p>0800 00 000</p></${tag}>`
    removeEventListener('error', quiet)
    expect(numbers(document.body.firstElementChild as Element)).toBe(true)
  })

  test.each(['passerelle-callback', 'passerelle-finder'])('the numbers show where the first view of %s fails', async (tag) => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    vi.spyOn(customElements.get(tag)?.prototype, 'view').mockImplementation(() => {
      throw new Error('an old browser')
    })
    const element = await place<never>(tag, api().send)
    expect(complain).toHaveBeenCalled()
    expect(numbers(element)).toBe(true)
  })

  test('the numbers show where a later view fails, until one works', async () => {
    const element: PasserelleCallback = await place<never>('passerelle-callback', api().send)
    expect(numbers(element)).toBe(false)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const view = vi.spyOn(Object.getPrototypeOf(element), 'view').mockImplementation(() => {
      throw new Error('an old browser')
    })
    element.requestUpdate()
    await settle(element)
    expect(numbers(element)).toBe(true)
    view.mockRestore()
    element.requestUpdate()
    await settle(element)
    expect(numbers(element)).toBe(false)
  })

  test('a server that never answers is given up after 15 seconds', async () => {
    missing['signals that end by themselves']?.()
    vi.useFakeTimers()
    vi.spyOn(globalThis, 'fetch').mockImplementation(
      (_, init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))),
    )
    const failure = send('query A { a }', {}, { api: 'https://api.example', languages: ['fr'] }).catch((error) => error)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await failure).toMatchObject({ kind: 'unreachable' })
  })
})

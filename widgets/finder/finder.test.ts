import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import type { Language } from '../shared/languages.ts'
import { common } from '../shared/strings/fr.ts'
import './define.ts'
import type { PasserelleFinder } from './finder.ts'
import { makeCommune, makeEmergencyNeed, makeLine, makeNeed, makeQuestion, makeService } from './make.ts'

interface Sent {
  operation: string
  variables: Record<string, never>
  options: { languages: string[]; personal?: boolean }
}
type Answer = unknown | ((variables: Record<string, never>) => unknown)

const page1 = (services: unknown[], questions: unknown[] = [], after: string | null = null, total = services.length) => ({
  services: { totalCount: total, edges: services.map((node) => ({ node })), pageInfo: { hasNextPage: !!after, endCursor: after } },
  faqEntries: { edges: questions.map((node) => ({ node })) },
})

const energy = makeNeed({ children: [{ ...makeNeed({ code: 'energy.bill', label: 'Facture impayée' }) }] })
const start = {
  needs: [energy, makeEmergencyNeed(), makeNeed({ code: 'food', label: 'Alimentation' })],
  lines: [makeLine(), makeLine({ slug: '1719', number: '1719', languages: ['DE'] })],
}
const near = makeService({ slug: 'near', name: 'Près', serviceAreas: [{ kind: 'COMMUNE' }] })
const byPhone = makeService({
  slug: 'phone',
  name: 'Au téléphone',
  alert: 'Souvent occupé.',
  phones: [{ number: '0800/90 929', description: 'informations' }],
  schedules: [{ opensAt: '09:00' }],
  openingStatus: { open: true, label: 'Ouvert jusqu’à 17 h' },
})

let sent: Sent[]
let answers: Record<string, Answer>
let element: PasserelleFinder

/** Puts an element on the page that talks to `answers` instead of a server. */
async function open(attributes = '', lang: Language = 'fr'): Promise<PasserelleFinder> {
  document.documentElement.lang = lang
  document.body.innerHTML = '<main></main>'
  element = document.createElement('passerelle-finder') as PasserelleFinder
  element.innerHTML = '<p>Appelez le <a href="tel:1718">1718</a></p>'
  for (const [, name = '', value = ''] of attributes.matchAll(/([\w-]+)=(\S+)/g)) element.setAttribute(name, value)
  element.sender = async (document, variables, options) => {
    const operation = /query (\w+)/.exec(document.toString())?.[1] ?? ''
    sent.push({ operation, variables: variables as never, options })
    await new Promise((resolve) => setTimeout(resolve))
    options.signal?.throwIfAborted()
    const answer = answers[operation]
    const value = typeof answer === 'function' ? answer(variables) : answer
    if (value instanceof Error) throw value
    return value as never
  }
  const ready = new Promise((resolve) => element.addEventListener('passerelle-ready', resolve, { once: true }))
  document.querySelector('main')?.append(element)
  await ready
  await settled()
  return element
}

const settled = () => vi.waitFor(() => expect(element.phase).not.toBe('loading'))
const root = () => element.renderRoot
const all = (selector: string) => [...root().querySelectorAll<HTMLElement>(selector)]
const text = (selector: string) => all(selector).map((found) => found.textContent?.replace(/\s+/g, ' ').trim())
const status = () => text('[role=status]')[0]
const button = (name: string | RegExp) => page.getByRole('button', { name })
const choose = async (name: string) => {
  await button(name).click()
  await settled()
}
const look = async (words: string) => {
  await userEvent.fill(root().querySelector('#words') as Element, words)
  await userEvent.keyboard('{Enter}')
  await settled()
}
const operations = () => sent.map(({ operation }) => operation)
const shown = (node: Element) => node.getClientRects().length > 0
const fallback = () => shown(element.firstElementChild as Element)
const focused = () => root().activeElement as HTMLElement

async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

beforeEach(() => {
  sent = []
  answers = {
    FinderStart: start,
    FinderSearch: page1([near, makeService(), byPhone], [makeQuestion()]),
    FinderCommunes: { communes: [makeCommune()] },
  }
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('before the person does anything', () => {
  test('one request is made, nothing is focused, and the subjects are there', async () => {
    await open()
    expect(operations()).toEqual(['FinderStart'])
    expect(document.activeElement).toBe(document.body)
    expect(text('.tiles button')).toEqual(['Énergie et eau', 'Violences', 'Alimentation'])
    expect(fallback()).toBe(false)
    expect(status()).toBe('')
  })

  test('an empty search goes back to the field', async () => {
    await open()
    await button('Chercher').click()
    expect(focused().id).toBe('words')
    expect(operations()).toEqual(['FinderStart'])
  })

  test('the page may name a need and a commune to start with', async () => {
    await open('need=energy commune=4500')
    expect(text('#asked')).toEqual(['Énergie et eau'])
    expect(sent.at(-1)?.variables).toMatchObject({ services: { needs: ['energy'], nisCode: '61031' } })
    expect(document.activeElement).toBe(document.body)
  })

  test('a need that is no more is forgotten', async () => {
    await open('need=gone')
    expect(element.phase).toBe('idle')
    expect(operations()).toEqual(['FinderStart'])
  })
})

describe('a subject', () => {
  test('gives questions, services by group, and their number; the focus goes to the results', async () => {
    await open()
    await choose('Énergie et eau')
    expect(focused().textContent).toBe('Énergie et eau')
    expect(status()).toBe('4 résultats')
    expect(element.matches(':state(done)')).toBe(true)
    expect(text('.question summary')).toEqual(['Ma cuve à mazout est vide.'])
    expect(text('.results .h2')).toEqual(['Où que vous habitiez', 'Par téléphone', 'Dans certaines communes'])
    expect(text('a.number')).toEqual(['0800/90 929'])
  })

  test('is narrowed by its sub-needs, without moving the focus', async () => {
    await open()
    await choose('Énergie et eau')
    await choose('Facture impayée')
    expect(sent.at(-1)?.variables).toMatchObject({ services: { needs: ['energy.bill'] }, questions: { needs: ['energy.bill'] } })
    expect(focused().textContent?.trim()).toBe('Facture impayée')
    expect(focused().ariaPressed).toBe('true')
  })

  test('shows the whole of a service on demand, unless the page does it another way', async () => {
    await open()
    await choose('Énergie et eau')
    const details = root().querySelector<HTMLDetailsElement>('#s-near details')
    const summary = details?.querySelector('summary') as HTMLElement
    element.addEventListener('passerelle-select', (event) => event.preventDefault(), { once: true })
    await userEvent.click(summary)
    expect(details?.open).toBe(false)
    await userEvent.click(summary)
    expect(details?.open).toBe(true)
    expect(text('#s-near dt')).toEqual(['Pour qui', 'Comment demander', 'À apporter', 'Prix', 'Écrire', 'Site internet'])
    expect(text('#s-near [target=_blank]')[0]).toBe('www.example.be (nouvel onglet)')
    expect(text('#s-near > .hint')[1]).toBe('Information ancienne (janvier 2023) : vérifiez par téléphone.')
  })

  test('an address that is not of the web is no link', async () => {
    answers.FinderSearch = page1([makeService({ url: 'javascript:alert(1)' })])
    await open()
    await choose('Énergie et eau')
    expect(all('[target=_blank]')).toEqual([])
  })

  test('shows more, and brings the person to the first new service', async () => {
    answers.FinderSearch = ({ more }: { more: boolean }) =>
      more ? { services: page1([makeService({ slug: 'second', name: 'Deuxième' })], [], null, 2).services } : page1([byPhone], [], 'abc', 2)
    await open()
    await choose('Énergie et eau')
    await choose('Voir plus d’aides')
    expect(sent.at(-1)?.variables).toMatchObject({ after: 'abc', more: true })
    expect(focused().textContent).toBe('Deuxième')
    expect(text('.card .name')).toEqual(['Deuxième', 'Au téléphone'])
    expect(all('.results + p button')).toEqual([])
  })

  test('keeps what is there when more does not come', async () => {
    answers.FinderSearch = ({ more }: { more: boolean }) => (more ? new RequestFailed('unreachable') : page1([byPhone], [], 'abc', 2))
    await open()
    await choose('Énergie et eau')
    await choose('Voir plus d’aides')
    expect(text('.card .name')).toEqual(['Au téléphone'])
    expect(text('.wrong').at(-1)).toBe('Le service ne répond pas.')
    expect(fallback()).toBe(true)
  })

  test('the last choice wins when two cross', async () => {
    answers.FinderSearch = ({ services }: { services: { needs: string[] } }) => page1([makeService({ name: services.needs[0] ?? '' })])
    await open()
    element.find({ need: 'energy' })
    element.find({ need: 'food' })
    await settled()
    await vi.waitFor(() => expect(text('.card .name')).toEqual(['food']))
  })
})

describe('the person’s own words', () => {
  test('never stand in an address', async () => {
    await open()
    await look('plus de mazout')
    expect(sent.at(-1)).toMatchObject({
      operation: 'FinderSearch',
      options: { personal: true },
      variables: { services: { search: 'plus de mazout' } },
    })
    expect(text('#asked q')).toEqual(['plus de mazout'])
  })

  test('are still in the field when she comes back', async () => {
    await open()
    await look('plus de mazout')
    await button(/Autre recherche/).click()
    expect((focused() as HTMLInputElement).value).toBe('plus de mazout')
  })

  test('that lead to a danger bring the numbers first', async () => {
    answers.FinderSearch = page1([makeService()], [makeQuestion({ urgency: 'DANGER', needs: [{ code: 'violence' }] })])
    await open()
    await look('il me frappe')
    expect(text('.pressing .number')).toEqual(['112', '0800 30 030'])
    expect(button('Quitter vite cette page').query()).not.toBeNull()
  })

  test('are gone when the page is left', async () => {
    await open()
    await userEvent.fill(root().querySelector('#words') as Element, 'il me frappe')
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await element.updateComplete
    expect(root().querySelector<HTMLInputElement>('#words')?.value).toBe('')
    expect(element.words).toBe('')
  })
})

describe('the commune', () => {
  const place = () => root().querySelector('#place') as HTMLInputElement

  test('narrows the search and brings its public welfare centre', async () => {
    await open()
    await userEvent.fill(place(), '4500')
    await choose('Énergie et eau')
    expect(sent.at(-1)?.variables).toMatchObject({ services: { nisCode: '61031' } })
    expect(text('.results .h2')[0]).toBe('Près de chez vous')
    expect(text('.card .name')[0]).toBe('CPAS de Huy')
    expect(text('.card .number')[0]).toBe('085 00 00 00')
  })

  test('is suggested while typing, and asked for once', async () => {
    await open()
    await userEvent.fill(place(), 'huy')
    await vi.waitFor(() => expect(all('datalist option').map((option) => (option as HTMLOptionElement).value)).toEqual(['4500 Huy']))
    await userEvent.fill(place(), '4500 Huy')
    await choose('Énergie et eau')
    expect(operations()).toEqual(['FinderStart', 'FinderCommunes', 'FinderSearch'])
  })

  test('is asked about when several are meant', async () => {
    const liege = makeCommune({ nisCode: '62093', name: 'Saint-Nicolas', postalCodes: ['4420'] })
    answers.FinderCommunes = { communes: [liege, makeCommune({ nisCode: '46021', name: 'Saint-Nicolas', postalCodes: ['9100'] })] }
    await open()
    await userEvent.fill(place(), 'saint-nicolas')
    await choose('Énergie et eau')
    expect(status()).toBe('Quelle commune ? 4 résultats')
    expect(sent.at(-1)?.variables).toMatchObject({ services: { nisCode: undefined } })
    await choose('4420 Saint-Nicolas')
    expect(sent.at(-1)?.variables).toMatchObject({ services: { nisCode: '62093' } })
    expect(place().value).toBe('4420 Saint-Nicolas')
    expect(focused()).toBe(place())
  })

  test.each([
    ['unknown', { communes: [] }],
    ['not to be looked up', new RequestFailed('unreachable')],
  ])('that is %s narrows nothing, and says so', async (_, answer) => {
    answers.FinderCommunes = answer
    await open()
    await userEvent.fill(place(), 'Rivage')
    await choose('Énergie et eau')
    expect(status()).toBe('Nous ne trouvons pas cette commune : voici toutes les aides. 4 résultats')
    expect(element.phase).toBe('done')
    expect(place().value).toBe('Rivage')
  })
})

describe('a danger', () => {
  test('shows whom to call before everything else', async () => {
    await open()
    await choose('Violences')
    expect(text('.pressing .number')).toEqual(['112', '0800 30 030'])
    const numbers = root().querySelector('.pressing') as Element
    expect(numbers.compareDocumentPosition(root().querySelector('form') as Element) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
    expect(numbers.compareDocumentPosition(root().querySelector('.results') as Element) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  })

  test('shows them too when the search fails', async () => {
    answers.FinderSearch = new RequestFailed('failed')
    await open()
    await choose('Violences')
    expect(text('.pressing .number')).toEqual(['112', '0800 30 030'])
  })

  test.each(['the button', 'Shift three times'])('is left quickly by %s', async (way) => {
    await open('exit-url=#neutral')
    await choose('Violences')
    if (way === 'the button') await button('Quitter vite cette page').click()
    else await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(location.hash).toBe('#neutral')
    expect(element.asked).toBeUndefined()
    location.hash = ''
  })

  test('Shift does nothing elsewhere', async () => {
    await open('exit-url=#neutral')
    await choose('Énergie et eau')
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(location.hash).toBe('')
    expect(button('Quitter vite cette page').query()).toBeNull()
  })
})

describe('a person instead', () => {
  test('the callback element of the page takes it, with what it is about', async () => {
    await open()
    const calls: unknown[] = []
    const take = (event: Event) => {
      event.preventDefault()
      calls.push((event as CustomEvent).detail)
    }
    document.addEventListener('passerelle-call', take)
    await choose('Énergie et eau')
    await userEvent.click(root().querySelector('.question summary') as Element)
    await userEvent.click(root().querySelector('.question button') as Element)
    await button('Demander à être rappelé').click()
    document.removeEventListener('passerelle-call', take)
    expect(calls).toEqual([
      { need: 'energy', faqEntry: 'cuve-mazout-vide', title: 'Ma cuve à mazout est vide.', lang: 'fr' },
      { need: 'energy', lang: undefined },
    ])
    expect(all('#call')).toEqual([])
  })

  test('without one, the numbers to call are shown', async () => {
    await open()
    await choose('Énergie et eau')
    await button('Demander à être rappelé').click()
    await element.updateComplete
    expect(text('.person .number')).toEqual(['1718', '1719'])
    expect(focused().id).toBe('call')
  })

  test('nothing found leads there', async () => {
    answers.FinderSearch = page1([])
    await open()
    await look('xyzzy')
    expect(element.matches(':state(empty)')).toBe(true)
    expect(status()).toBe('Nous n’avons rien trouvé')
    expect(text('.person .number')).toEqual(['1718', '1719'])
  })
})

describe('a failure', () => {
  test.each([
    ['offline', 'offline'],
    ['unreachable', 'error'],
    ['limited', 'error'],
  ] as const)('%s shows the numbers of the page and can be tried again; nothing typed is lost', async (kind, state) => {
    await open()
    answers.FinderSearch = new RequestFailed(kind)
    const errors: unknown[] = []
    element.addEventListener('passerelle-error', (event) => errors.push((event as CustomEvent).detail))
    await userEvent.fill(root().querySelector('#place') as Element, '4500')
    await choose('Énergie et eau')
    expect(element.matches(`:state(${state})`)).toBe(true)
    expect(status()).toBe(common[kind].replace(/\s/g, ' '))
    expect(errors).toEqual([{ kind, retryable: true }])
    expect(fallback()).toBe(true)
    expect(root().querySelector<HTMLInputElement>('#place')?.value).toBe('4500')

    answers.FinderSearch = page1([makeService()])
    await choose('Réessayer')
    expect(status()).toBe('1 résultat')
    expect(fallback()).toBe(false)
  })

  test('of the first request can be tried again', async () => {
    answers.FinderStart = new RequestFailed('unreachable')
    await open()
    expect(fallback()).toBe(true)
    answers.FinderStart = start
    await choose('Réessayer')
    expect(all('.tiles button')).toHaveLength(3)
  })
})

describe('four languages', () => {
  test.each([
    ['fr', 'Trouver une aide'],
    ['de', 'Hilfe finden'],
    ['nl', 'Hulp vinden'],
    ['en', 'Find help'],
  ] as const)('%s', async (lang, title) => {
    await open('', lang)
    expect(text('.h0')).toEqual([title])
    expect(sent[0]?.options.languages[0]).toBe(lang)
    await userEvent.click(all('.tiles button')[0] as Element)
    await settled()
    expect(await violations()).toEqual([])
    expect(all('#s-near')[0]?.lang).toBe(lang === 'fr' ? '' : 'fr')
  })

  test('the language of the page is followed, and the search repeated in it', async () => {
    await open()
    await choose('Énergie et eau')
    document.documentElement.lang = 'de'
    await vi.waitFor(() => expect(status()).toBe('4 Ergebnisse'))
    expect(sent.slice(-2).map(({ operation, options }) => [operation, options.languages[0]])).toEqual([
      ['FinderStart', 'de'],
      ['FinderSearch', 'de'],
    ])
  })
})

describe('accessible', () => {
  const states: Record<string, () => Promise<void>> = {
    idle: () => Promise.resolve(),
    done: async () => {
      await choose('Énergie et eau')
      for (const summary of all('summary')) summary.click()
    },
    danger: () => choose('Violences'),
    'which commune': async () => {
      answers.FinderCommunes = { communes: [makeCommune(), makeCommune({ nisCode: '1', name: 'Hamme' })] }
      await userEvent.fill(root().querySelector('#place') as Element, 'h')
      await choose('Énergie et eau')
    },
    empty: async () => {
      answers.FinderSearch = page1([])
      await choose('Énergie et eau')
    },
    error: async () => {
      answers.FinderSearch = new RequestFailed('failed')
      await choose('Énergie et eau')
    },
    offline: async () => {
      answers.FinderSearch = new RequestFailed('offline')
      await choose('Énergie et eau')
    },
  }

  describe.each(['light', 'dark', 'forced colours'])('%s', (look) => {
    beforeEach(async () => {
      document.documentElement.style.colorScheme = look === 'dark' ? 'dark' : 'light'
      await cdp().send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: look === 'forced colours' ? 'active' : 'none' }],
      })
    })
    afterEach(async () => {
      document.documentElement.style.colorScheme = ''
      await cdp().send('Emulation.setEmulatedMedia', { features: [] })
    })

    test.each(Object.keys(states))('%s', async (state) => {
      await open()
      await states[state]?.()
      expect(await violations()).toEqual([])
    })
  })

  test.each(Object.keys(states))('nothing overflows at 320 pixels: %s', async (state) => {
    await page.viewport(320, 640)
    await open('', 'fr')
    await states[state]?.()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    await page.viewport(1280, 900)
  })

  test.each([
    [360, 2],
    [320, 1],
  ])('at %i pixels the subjects stand in %i columns, and no German word is cut', async (width, columns) => {
    await page.viewport(width, 640)
    const labels = ['Arbeit und Arbeitslosigkeit', 'Behördengänge und Rechte', 'Rechtshilfe und Diskriminierung']
    answers.FinderStart = { ...start, needs: labels.map((label, index) => makeNeed({ code: `${index}`, label })) }
    await open('', 'de')
    // As wide as the box is on a page with margins of 16 pixels.
    element.style.margin = '0 8px'
    const tiles = all('.tiles button')
    expect(new Set(tiles.map((tile) => tile.getBoundingClientRect().left)).size).toBe(columns)
    for (const tile of tiles) {
      tile.style.overflowWrap = 'normal'
      expect(tile.scrollWidth, tile.textContent ?? '').toBeLessThanOrEqual(tile.clientWidth)
    }
    await page.viewport(1280, 900)
  })

  test('what can be touched is at least 44 pixels high', async () => {
    document.documentElement.style.fontSize = '62.5%'
    await open()
    await choose('Violences')
    for (const touched of all('button, input, summary, a.number')) {
      if (shown(touched)) expect(touched.getBoundingClientRect().height, touched.outerHTML).toBeGreaterThanOrEqual(44)
    }
    document.documentElement.style.fontSize = ''
  })

  test('paper shows the numbers, not the form', async () => {
    await open()
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' })
    expect(fallback()).toBe(true)
    expect(all('form, .tiles button').filter(shown)).toEqual([])
    await cdp().send('Emulation.setEmulatedMedia', { media: '' })
  })

  test('the whole journey works by keyboard', async () => {
    await open()
    element.focus()
    expect(focused().id).toBe('words')
    await userEvent.keyboard('mazout{Tab}4500{Enter}')
    await settled()
    expect(status()).toBe('4 résultats')
    await userEvent.keyboard('{Tab}')
    expect(focused().id).toBe('place')
  })
})

test('nothing is stored', async () => {
  await open()
  await look('plus de mazout')
  expect([document.cookie, localStorage.length]).toEqual(['', 0])
})

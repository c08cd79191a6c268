import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { pretend } from '../shared/testing/fixture.ts'
import { makeCommune, makeLine, makeMatch, makeNeed, makeQuestion } from './make.ts'
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
  first,
  focused,
  later,
  look,
  near,
  notForHer,
  open,
  root,
  sent,
  settled,
  shown,
  start,
  status,
  text,
  violations,
} from './testing/page.ts'

beforeEach(begin)
afterEach(async () => {
  end()
  document.documentElement.style.colorScheme = document.documentElement.style.fontSize = ''
  await pretend()
  await page.viewport(1280, 900)
})

/** Everything the element can look like, and how one gets there. */
const states: Record<string, () => Promise<unknown>> = {
  idle: () => Promise.resolve(),
  loading: async () => {
    answers.FinderAid = () => later().answer
    await button('Énergie et eau').click()
    await expect.poll(() => element.phase).toBe('loading')
  },
  'who she is': () => userEvent.click(first('#who summary')),
  'communes listed': async () => {
    await userEvent.click(first('#place'))
    await userEvent.keyboard('huy')
    await expect.poll(() => all('[role=option]').filter(shown)).toHaveLength(1)
    await userEvent.keyboard('{ArrowDown}')
  },
  'nothing said': () => button('Chercher').click(),
  done: async () => {
    answers.FinderAid = aid([near, byPhone, notForHer], { faqEntries: [makeQuestion()], matchCount: 40, line: makeLine() })
    await choose('Énergie et eau')
    for (const summary of all('summary')) summary.click()
  },
  danger: () => choose('Violences'),
  'which commune': async () => {
    answers.FinderCommunes = { communes: [makeCommune(), makeCommune({ nisCode: '1', name: 'Hamme' })] }
    await userEvent.fill(first('#place'), 'h')
    await choose('Énergie et eau')
  },
  empty: async () => {
    answers.FinderAid = aid([], { line: makeLine() })
    await choose('Énergie et eau')
  },
  error: async () => {
    answers.FinderAid = new RequestFailed('failed')
    await choose('Énergie et eau')
  },
  offline: async () => {
    answers.FinderAid = new RequestFailed('offline')
    await choose('Énergie et eau')
  },
}

describe.each(['light', 'dark', 'forced colours'])('axe finds nothing, %s', (look) => {
  beforeEach(async () => {
    document.documentElement.style.colorScheme = look === 'dark' ? 'dark' : 'light'
    await pretend({ 'forced-colors': look === 'forced colours' ? 'active' : 'none' })
  })

  test.each(Object.keys(states))('%s', async (state) => {
    await open()
    await states[state]?.()
    await element.updateComplete
    expect(await violations()).toEqual([])
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
    for (const summary of all('summary')) summary.click()
    await element.updateComplete
    expect(await violations()).toEqual([])
  })

  test('inside a card of another language, every word tells its own', async () => {
    await open('', 'de')
    await userEvent.click(all('.tiles button')[0] as Element)
    await settled()
    for (const summary of all('summary')) summary.click()
    const langOf = (selector: string) => [...new Set(all(selector).map((found) => found.closest('[lang]')?.getAttribute('lang')))]
    // The records are French; the words of the element, and what the API says in its own words, are German.
    for (const selector of ['.card .name', '.card dd ul', '.question summary', '.answer', '.card > .band'])
      expect(langOf(selector), selector).toEqual(['fr'])
    for (const selector of [
      '.card dt',
      '.card details > summary',
      '.card button',
      '.verdict',
      '.hours',
      '.card > .hint:last-child',
      '.question ~ .stack button',
    ])
      expect(
        langOf(selector).filter((lang) => lang !== 'de'),
        selector,
      ).toEqual([])
  })

  test('the language of the page is followed, and the search repeated in it', async () => {
    await open()
    await choose('Énergie et eau')
    document.documentElement.lang = 'de'
    await expect.poll(() => status()).toBe('4 Ergebnisse')
    expect(sent.slice(-2).map(({ operation, options }) => [operation, options.languages[0]])).toEqual([
      ['FinderStart', 'de'],
      ['FinderAid', 'de'],
    ])
  })
})

describe('small windows and large letters', () => {
  test.each(['fr', 'de'] as const)('nothing overflows at 320 pixels in any state, in %s', async (lang) => {
    await page.viewport(320, 640)
    for (const state of ['idle', 'who she is', 'done']) {
      begin()
      await open('', lang)
      if (state === 'who she is') await states[state]?.()
      if (state === 'done') {
        answers.FinderAid = aid([near, byPhone, notForHer], { faqEntries: [makeQuestion()], matchCount: 40, line: makeLine() })
        await userEvent.click(all('.tiles button')[0] as Element)
        await settled()
        for (const summary of all('summary')) summary.click()
      }
      expect(document.documentElement.scrollWidth, state).toBeLessThanOrEqual(320)
      end()
    }
  })

  test.each(Object.keys(states))('nothing overflows at 320 pixels: %s', async (state) => {
    await page.viewport(320, 640)
    await open()
    await states[state]?.()
    await element.updateComplete
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
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
  })

  test('what can be touched is at least 44 pixels high', async () => {
    document.documentElement.style.fontSize = '62.5%'
    await open()
    await states['communes listed']?.()
    const small = () =>
      all('button, input:not([type=checkbox]), label:has([type=checkbox]), summary, a.number, .links a, [role=option], select, textarea')
        .filter(shown)
        .filter((touched) => touched.getBoundingClientRect().height < 44)
        .map(({ outerHTML }) => outerHTML)
    expect(small()).toEqual([])
    await userEvent.keyboard('{Escape}')
    await choose('Violences')
    for (const summary of all('summary')) summary.click()
    await element.updateComplete
    expect(small()).toEqual([])
  })

  test('the number to call is the largest thing on a card', async () => {
    await open()
    await choose('Énergie et eau')
    const size = (part: Element) => Number.parseFloat(getComputedStyle(part).fontSize)
    const card = first('#s-phone')
    const others = [...card.querySelectorAll('*')].filter((part) => !part.matches('.number')).map(size)
    expect(size(card.querySelector('.number') as Element)).toBeGreaterThan(Math.max(...others))
  })
})

test('the whole path works by keyboard alone: words, commune, who she is, a service, a mistake, a call', async () => {
  answers.FinderAid = aid([byPhone, notForHer], { faqEntries: [makeQuestion()], needs: [{ code: 'energy' }], line: makeLine() })
  answers.FinderReport = { suggestCorrection: { __typename: 'CorrectionReceipt' } }
  await open()
  element.focus()
  const tabTo = async (is: (focused: HTMLElement) => boolean, key = '{Tab}') => {
    const walked: string[] = []
    for (let step = 0; step < 40; step++) {
      const now = focused()
      if (now && is(now)) return
      walked.push(now?.id || now?.textContent || '')
      await userEvent.keyboard(key)
    }
    throw new Error(`not reached: ${walked.join(' > ')}`)
  }
  const named = (name: string) => (focused: HTMLElement) => !!focused.textContent?.includes(name)
  const visible = () => {
    const { outlineStyle, outlineWidth } = getComputedStyle(focused())
    expect([outlineStyle, Number.parseFloat(outlineWidth) >= 3], focused().outerHTML).toEqual(['solid', true])
  }

  await tabTo(({ id }) => id === 'words')
  visible()
  await userEvent.keyboard('mazout')
  await tabTo(({ id }) => id === 'place')
  await userEvent.keyboard('hu')
  await expect.poll(() => first('#place').getAttribute('aria-expanded')).toBe('true')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await tabTo(named('Pour mieux vous répondre'))
  visible()
  await userEvent.keyboard('{Enter}')
  await tabTo(({ id }) => id === 'age')
  await userEvent.keyboard('67')
  await tabTo((focused) => focused.getAttribute('name') === 'audience')
  visible()
  await userEvent.keyboard(' ')
  await tabTo(named('Chercher'))
  visible()
  await userEvent.keyboard('{Enter}')
  await settled()
  expect(sent.at(-1)?.variables.situation).toEqual({ text: 'mazout', nisCode: '61031', age: 67, audiences: ['seniors'] })
  expect(focused().textContent).toBe('mazout')
  expect(status()).toBe('3 résultats')

  await tabTo(named('Ma cuve à mazout est vide.'))
  visible()
  await tabTo(({ classList }) => classList.contains('number'))
  visible()
  await tabTo(named('En savoir plus'))
  await userEvent.keyboard('{Enter}')
  await tabTo(named('Signaler une erreur'))
  await userEvent.keyboard('{Enter}')
  await element.updateComplete
  expect(focused().id).toBe('topic')
  await tabTo(named('Envoyer'))
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => focused()?.id).toBe('thanks')
  await tabTo(named('Probablement pas pour vous'))
  await userEvent.keyboard('{Enter}')
  await tabTo(named('Demander à être rappelé'))
  visible()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => focused()?.id).toBe('call')
  // And all the way back, without a trap.
  await tabTo(named('Autre recherche'), '{Shift>}{Tab}{/Shift}')
  await userEvent.keyboard('{Enter}')
  await element.updateComplete
  expect(focused().id).toBe('words')
})

describe('as a screen reader goes through it', () => {
  /** Headings with their level, landmarks, the status and lists, in the order of the document. */
  const outline = () =>
    all('[role=heading], [role=search], [role=status], summary, .card .verdict b, .card a.number')
      .filter(shown)
      .map((part) => {
        const said = (part.getAttribute('aria-label') ?? part.textContent ?? '').replace(/\s+/g, ' ').trim()
        return `${part.role === 'heading' ? part.ariaLevel : (part.role ?? part.localName)} ${said}`
      })

  test('first the title, then the form, then the subjects, then the status', async () => {
    await open('heading-level=3')
    expect(outline()).toEqual([
      '3 Trouver une aide',
      'search Trouver une aide',
      'summary Pour mieux vous répondre (facultatif)',
      '4 Ou choisissez un sujet',
      'status ',
    ])
    expect(root().querySelector('slot[name=title]')?.textContent).toBe('Trouver une aide')
  })

  test('first whom to call, then what was asked and how to narrow it, then the count, the answers and a person', async () => {
    answers.FinderAid = aid([near, byPhone, notForHer], {
      urgency: 'DANGER',
      emergencyLines: start.needs[1]?.emergencyLines,
      faqEntries: [makeQuestion()],
      line: makeLine(),
    })
    await open()
    await look('il me frappe')
    expect(outline()).toEqual([
      '2 Trouver une aide',
      '3 il me frappe',
      '4 Commencez par appeler',
      'a 112',
      'a 0800 30 030',
      'search Trouver une aide',
      'summary Pour mieux vous répondre (facultatif)',
      'status 4 résultats',
      '4 Questions et réponses',
      'summary Ma cuve à mazout est vide.',
      '4 Par téléphone',
      '5 Au téléphone',
      'b ? À vérifier',
      'a 0800/90 929',
      'summary En savoir plus',
      '4 Dans certaines communes',
      '5 Près',
      'b ✓ Pour vous',
      'summary En savoir plus',
      'summary Probablement pas pour vous (1)',
      '4 Vous n’avez pas trouvé ?',
      'a 1718',
    ])
  })

  test('the status is there from the start, and says each state once', async () => {
    await open()
    const region = first('[role=status]')
    const said: string[] = []
    new MutationObserver(() => {
      const now = region.textContent?.replace(/\s+/g, ' ').trim() ?? ''
      if (now !== said.at(-1)) said.push(now)
    }).observe(region, { childList: true, characterData: true, subtree: true })
    await choose('Énergie et eau')
    answers.FinderAid = aid([])
    await choose('Facture impayée')
    answers.FinderAid = new RequestFailed('offline')
    await choose('Tout')
    expect(first('[role=status]')).toBe(region)
    expect(said.filter(Boolean)).toEqual([
      'Un instant…',
      '4 résultats',
      'Un instant…',
      'Nous n’avons rien trouvé',
      'Un instant…',
      'Vous êtes hors ligne.',
    ])
  })
})

test('a name that stands in the slot is the name of the whole', async () => {
  answers.FinderAid = aid([makeMatch()])
  await open()
  element.insertAdjacentHTML('beforeend', '<span slot="title">Aides à Rivage</span>')
  await element.updateComplete
  expect(
    first<HTMLSlotElement>('slot[name=title]')
      .assignedElements()
      .map(({ textContent }) => textContent),
  ).toEqual(['Aides à Rivage'])
  expect(await violations()).toEqual([])
})

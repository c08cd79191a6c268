import { afterEach, beforeEach, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { all, button, fakeApi, inside, place, pretend, settle, shown } from '../../shared/testing/fixture.ts'
import type { PasserelleCallback } from '../callback.ts'
import '../define.ts'

export const makeLine = (slug: string, name: string, acceptsCallbacks = true) => ({
  slug,
  name,
  language: 'FR',
  acceptsCallbacks,
  languages: ['FR', 'DE', 'NL', 'EN'],
  number: slug === '1718' ? '1718' : '0800 43 436',
  organization: { name: 'Province de Liège', language: 'FR' },
  openingStatus: { label: 'Ouvert jusqu’à 18 h' },
})
const emergency = { name: 'Écoute', number: '0800 00 001', language: 'FR', openingStatus: { label: 'Jour et nuit' } }
const makeNeed = (code: string, label: string, urgency: string, quickExit = false) => ({
  code,
  label,
  language: 'FR',
  urgency,
  quickExit,
  emergencyLines: urgency === 'SOON' ? [] : [emergency],
  children: [] as object[],
})
const violence = {
  ...makeNeed('violence', 'Violences', 'DANGER', true),
  children: [makeNeed('violence.partner', 'Dans le couple', 'DANGER', true)],
}

export const choices = {
  noticeChannels: [] as string[],
  lines: [makeLine('liege-solidaire', 'Liège Solidaire'), makeLine('1718', '1718'), makeLine('107', 'Télé-Accueil', false)],
  needs: [makeNeed('food', 'Manger', 'SOON'), violence, makeNeed('despair', 'Détresse', 'CRISIS')],
}

export const receipt = {
  __typename: 'CallbackReceipt',
  reference: '7KM-4QX-9TQ',
  status: 'NEW',
  requestedAt: '2026-11-20T09:00:00Z',
  masked: false,
  line: { slug: 'liege-solidaire', name: 'Liège Solidaire', language: 'FR', number: '0800 43 436' },
  slot: null as { dayLabel: string; timesLabel: string } | null,
  expected: null as { label: string } | null,
}

const times = { am: 'de 8 h 30 à 13 h', pm: 'de 13 h à 17 h' }
/** A slot of November: `makeSlot(23, 'am')`. */
export const makeSlot = (date: number, part: 'am' | 'pm', available = true) => ({
  id: `1718@202611${date}T${part}`,
  available,
  day: `2026-11-${date}`,
  dayLabel: `le ${date} novembre`,
  timesLabel: times[part],
})
export const slots = [makeSlot(23, 'am'), makeSlot(23, 'pm'), makeSlot(24, 'am', false), makeSlot(24, 'pm'), makeSlot(25, 'am', false)]

export const makeApi = () =>
  fakeApi({
    CallbackChoices: () => choices,
    CallbackTimes: () => ({ callbackSlots: [], callbackEstimate: null }),
    RequestCallback: () => ({ requestCallback: receipt }),
  })

/** With slots to choose from. */
export const withSlots = (api: ReturnType<typeof makeApi>, callbackSlots: readonly unknown[] = slots) => {
  api.answers.CallbackTimes = () => ({ callbackSlots, callbackEstimate: { label: 'aujourd’hui avant 13 h' } })
}

/** Without the spaces that must not break. */
export const plain = (words = '') => words.replace(/\s+/g, ' ')

/** What a test does with the one element on its page. Made anew for each test. */
export function usePage() {
  const on = {
    api: makeApi(),
    element: undefined as unknown as PasserelleCallback,

    async start(attributes = '') {
      on.element = await place<never>('passerelle-callback', on.api.send, attributes)
      return on.element
    },
    /** The form, for the line 1718 unless said. */
    async open(attributes = 'line="1718"') {
      await on.start(attributes)
      await on.click('Demander')
    },
    async click(label: string) {
      const target = button(on.element, label)
      if (!target) throw new Error(`no button "${label}"`)
      await userEvent.click(target)
      await settle(on.element)
    },
    async choose(selector: string) {
      await userEvent.click(inside(on.element, selector) as HTMLElement)
      await settle(on.element)
    },
    type: (selector: string, words: string) => userEvent.type(inside(on.element, selector) as HTMLElement, words),
    async submit() {
      const shownOne = () => all(on.element, '[part=submit]').find(shown)
      // What was clicked before may still be on its way.
      await expect.poll(shownOne).toBeDefined()
      await userEvent.click(shownOne() as HTMLElement)
      await settle(on.element)
    },
    async request() {
      await on.type('#phone', '0470 12 34 56')
      await on.submit()
    },
    /** The network is said to be back: what waits for it goes on. */
    async online() {
      dispatchEvent(new Event('online'))
      await settle(on.element)
    },
    /** All three attempts that are made by themselves, without the pauses. */
    async retries() {
      for (let attempt = 0; attempt < 3; attempt++) await on.online()
    },
    sent: () => on.api.of('RequestCallback').map(({ variables }) => variables.input as Record<string, unknown>),
  }
  beforeEach(() => {
    document.documentElement.lang = 'fr'
    on.api = makeApi()
  })
  afterEach(async () => {
    document.body.replaceChildren()
    await pretend()
    await page.viewport(1280, 900)
  })
  return on
}

import axe from 'axe-core'
import { expect, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Language } from '../../shared/languages.ts'
import '../define.ts'
import type { PasserelleFinder } from '../finder.ts'
import { makeCommune, makeEmergencyNeed, makeFound, makeLine, makeMatch, makeNeed, makeQuestion } from '../make.ts'

// A finder on a page, that talks to `answers` instead of a server; and what a test does with it.

export interface Sent {
  operation: string
  variables: { situation?: Record<string, unknown>; first?: number; search?: string; input?: Record<string, unknown> }
  options: { languages: string[]; personal?: boolean; signal?: AbortSignal }
}
type Answer = unknown | ((variables: Record<string, never>, sent: Sent) => unknown)

const energy = makeNeed({ children: [{ ...makeNeed({ code: 'energy.bill', label: 'Facture impayée' }) }] })
export const start = {
  needs: [energy, makeEmergencyNeed(), makeNeed({ code: 'food', label: 'Alimentation' })],
  audiences: [
    { code: 'everyone', label: 'Tout le monde', language: 'FR' },
    { code: 'seniors', label: 'Personnes âgées', language: 'FR' },
  ],
  lines: [makeLine(), makeLine({ slug: '1719', number: '1719', languages: ['DE'] })],
}
export const near = makeMatch({ slug: 'near', name: 'Près', serviceAreas: [{ kind: 'COMMUNE' }] }, { verdict: 'ELIGIBLE' })
export const byPhone = makeMatch({
  slug: 'phone',
  name: 'Au téléphone',
  alert: 'Souvent occupé.',
  phones: [{ number: '0800/90 929', description: 'informations' }],
  openingStatus: { known: true, open: true, label: 'Ouvert jusqu’à 17 h' },
})
export const notForHer = makeMatch(
  { slug: 'no', name: 'Pour les jeunes' },
  { verdict: 'NOT_ELIGIBLE', reasons: ['Ce service est réservé aux personnes jusqu’à 25 ans.'] },
)

/** What `FinderAid` answers. */
export const aid = (...found: Parameters<typeof makeFound>) => ({ findAid: makeFound(...found) })
/** The need chosen in a question to the API. */
export const needIn = ({ situation }: { situation: { needs?: string[] } }) => situation.needs?.[0] ?? ''

export let sent: Sent[] = []
export let answers: Record<string, Answer> = {}
export let element: PasserelleFinder

/** Forgets what was asked, and answers again as usual. */
export function begin(): void {
  sent = []
  answers = {
    FinderStart: start,
    FinderAid: aid([near, makeMatch(), byPhone], { faqEntries: [makeQuestion()] }),
    FinderCommunes: { communes: [makeCommune()] },
  }
}

/** Leaves nothing on the page, nor in its address. */
export function end(): void {
  document.body.replaceChildren()
  document.documentElement.style.display = ''
  document.documentElement.removeAttribute('dir')
  document.title = 'test'
  history.replaceState(null, '', location.pathname + location.search)
}

/** Puts an element on the page. */
export async function open(attributes = '', lang: Language = 'fr', into: Element = document.createElement('main')) {
  document.documentElement.lang = lang
  element = document.createElement('passerelle-finder') as PasserelleFinder
  element.innerHTML = '<p>Appelez le <a href="tel:1718">1718</a></p>'
  for (const [, name = '', value = ''] of attributes.matchAll(/([\w-]+)=(\S+)/g)) element.setAttribute(name, value)
  element.sender = async (document, variables, options) => {
    const operation = /(?:query|mutation) (\w+)/.exec(document.toString())?.[1] ?? ''
    const one = { operation, variables: variables as never, options }
    sent.push(one)
    await new Promise((resolve) => setTimeout(resolve))
    options.signal?.throwIfAborted()
    const answer = answers[operation]
    const value = await (typeof answer === 'function' ? answer(variables, one) : answer)
    if (value instanceof Error) throw value
    return value as never
  }
  const ready = new Promise((resolve) => element.addEventListener('passerelle-ready', resolve, { once: true }))
  if (!into.isConnected) document.body.append(into)
  into.append(element)
  await ready
  await settled()
  return element
}

export const settled = async () => {
  await vi.waitFor(() => expect(element.phase).not.toBe('loading'), { timeout: 15_000 })
  await element.updateComplete
}
export const root = () => element.renderRoot
export const all = (selector: string) => [...root().querySelectorAll<HTMLElement>(selector)]
export const first = <E extends HTMLElement = HTMLElement>(selector: string) => root().querySelector<E>(selector) as E
export const text = (selector: string) => all(selector).map((found) => found.textContent?.replace(/\s+/g, ' ').trim())
export const status = () => text('[role=status]')[0]
export const button = (name: string | RegExp) => page.getByRole('button', { name })
export const choose = async (name: string) => {
  await button(name).click()
  await settled()
}
export const look = async (words: string) => {
  await userEvent.fill(first('#words'), words)
  await userEvent.keyboard('{Enter}')
  await settled()
}
export const operations = () => sent.map(({ operation }) => operation)
export const situation = () => sent.filter(({ operation }) => operation === 'FinderAid').at(-1)?.variables.situation
export const shown = (node: Element) => node.checkVisibility({ visibilityProperty: true })
export const fallback = () => shown(element.firstElementChild as Element)
export const focused = () => root().activeElement as HTMLElement

export async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** An answer that comes when the test says so. */
export function later<T>() {
  let give = (_: T) => {}
  const answer = new Promise<T>((resolve) => {
    give = resolve
  })
  return { answer, give }
}

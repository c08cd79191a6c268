import axe from 'axe-core'
import { cdp } from 'vitest/browser'
import type { SendOptions, TypedDocument } from '../client.ts'
import type { PasserelleElement } from '../element.ts'

/** One question that an element asked, as its fake API saw it. */
export interface Asked {
  operation: string
  variables: Record<string, unknown>
  options: SendOptions
}

type Answers = Record<string, (variables: Record<string, never>, asked: Asked) => unknown>

/** A fake `send`: answers by the operation's name, and remembers what was asked. */
export function fakeApi(answers: Answers) {
  const asked: Asked[] = []
  const send = async <R, V>(document: TypedDocument<R, V>, variables: V, options: SendOptions): Promise<R> => {
    const operation = /(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? ''
    const one = { operation, variables: variables as Record<string, unknown>, options }
    asked.push(one)
    return (await answers[operation]?.(variables as never, one)) as R
  }
  const of = (operation: string) => asked.filter((one) => one.operation === operation)
  return { send, asked, of, answers }
}

/** Puts an element on the page with a fake API, and waits until it can be used. */
export async function place<E extends PasserelleElement<never>>(tag: string, send: unknown, attributes = '', inside = '') {
  const holder = document.createElement('div')
  holder.innerHTML = `<${tag} site="demo" ${attributes}>${inside || '<p>0800 00 000, tous les jours</p>'}</${tag}>`
  const element = holder.firstElementChild as E
  customElements.upgrade(holder)
  element.sender = send as never
  document.body.append(holder)
  await settle(element)
  return element
}

/** Waits until neither answers nor rendering are outstanding. */
export async function settle(element: { updateComplete: Promise<unknown> }) {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve))
    await element.updateComplete
  }
}

export const inside = (element: Element, selector: string) => element.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined
export const all = (element: Element, selector: string) => [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
export const text = (element: Element, selector: string) => inside(element, selector)?.textContent?.replace(/\s+/g, ' ').trim()
export const button = (element: Element, label: string) =>
  all(element, 'button').find((one) => one.textContent?.includes(label) && shown(one))
export const shown = (element?: Element) => !!element && element.checkVisibility()

/** What axe finds wrong, in few words. */
export async function violations(element: Element) {
  const { violations } = await axe.run(element, { rules: { region: { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

/** Switches what the browser pretends to be: forced colours, a dark scheme, print. */
export const pretend = (features: Record<string, string> = {}, media = '') =>
  cdp().send('Emulation.setEmulatedMedia', { media, features: Object.entries(features).map(([name, value]) => ({ name, value })) })

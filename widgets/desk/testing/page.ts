import { afterEach, beforeEach } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { all, button, inside, pretend, settle } from '../../shared/testing/fixture.ts'
import type { PasserelleDesk } from '../desk.ts'
import { makeServer, makeStream } from './server.ts'
import '../define.ts'

/** What a test does with the desk on its page. Made anew for each test. */
export function usePage() {
  const on = {
    server: makeServer(),
    stream: makeStream(),
    element: undefined as unknown as PasserelleDesk,

    async start(attributes = '') {
      const holder = document.createElement('div')
      holder.innerHTML = `<passerelle-desk ${attributes}></passerelle-desk>`
      on.element = holder.firstElementChild as PasserelleDesk
      customElements.upgrade(holder)
      on.element.sender = on.server.send as never
      on.element.listener = on.stream.listen
      on.element.apart = 0
      // Short, but a pause: what breaks at once would otherwise never let the page breathe.
      on.element.live.pause = () => new Promise((resolve) => setTimeout(resolve, 20))
      on.stream.send(on.stream.event('1'))
      document.body.append(holder)
      await settle(on.element)
      on.element.tick()
      await settle(on.element)
      return on.element
    },
    /** The page is opened anew: another element, the same server. */
    async reload() {
      document.body.replaceChildren()
      on.stream = makeStream()
      return on.start()
    },
    async click(label: string) {
      const target = button(on.element, label)
      if (!target) throw new Error(`no button "${label}"`)
      await userEvent.click(target)
      await settle(on.element)
    },
    async choose(selector: string) {
      const target = inside(on.element, selector)
      if (!target) throw new Error(`no ${selector}`)
      await userEvent.click(target)
      await settle(on.element)
    },
    async type(selector: string, words: string) {
      await userEvent.type(inside(on.element, selector) as HTMLElement, words)
      await settle(on.element)
    },
    async press(keys: string) {
      await userEvent.keyboard(keys)
      await settle(on.element)
    },
    /** Takes the next one and is told the number. */
    async call() {
      await on.click('Prendre la suivante')
    },
    /** Reads everything again, as after an event. */
    async hear(version = crypto.randomUUID() as string) {
      on.stream.send(on.stream.event(version))
      await settle(on.element)
    },
    at: () => on.element.shadowRoot?.activeElement as HTMLElement | null,
    shownRows: () => all(on.element, '.row').length,
  }
  beforeEach(() => {
    document.documentElement.lang = 'fr'
    history.replaceState(null, '', location.pathname + location.search)
    on.server = makeServer()
    on.stream = makeStream()
  })
  afterEach(async () => {
    document.body.replaceChildren()
    await pretend()
    await page.viewport(1280, 900)
  })
  return on
}

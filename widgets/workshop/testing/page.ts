import { afterEach, beforeEach } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { all, button, inside, pretend, settle } from '../../shared/testing/fixture.ts'
import type { PasserelleWorkshop } from '../workshop.ts'
import { makeServer } from './server.ts'
import '../define.ts'

/** What a test does with the workshop on its page. Made anew for each test. */
export function usePage() {
  const home = location.pathname + location.search
  const on = {
    server: makeServer(),
    element: undefined as unknown as PasserelleWorkshop,

    /** @param where the page's address after #: a record's id */
    async start(where = '', attributes = '') {
      history.replaceState(null, '', `${location.pathname}${location.search}${where && `#${where}`}`)
      const holder = document.createElement('div')
      holder.innerHTML = `<passerelle-workshop ${attributes}></passerelle-workshop>`
      on.element = holder.firstElementChild as PasserelleWorkshop
      customElements.upgrade(holder)
      on.element.sender = on.server.send as never
      document.body.append(holder)
      await settle(on.element)
      await settle(on.element)
      return on.element
    },
    /** The page is opened anew: another element, the same server and tab. */
    async reload(where: string) {
      document.body.replaceChildren()
      return on.start(where)
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
    async fill(selector: string, words: string) {
      const target = inside(on.element, selector)
      if (!target) throw new Error(`no ${selector}`)
      await userEvent.fill(target, words)
      await settle(on.element)
    },
    async pick(selector: string, value: string) {
      const target = inside(on.element, selector) as HTMLSelectElement | undefined
      if (!target) throw new Error(`no ${selector}`)
      await userEvent.selectOptions(target, value)
      await settle(on.element)
    },
    async press(keys: string) {
      await userEvent.keyboard(keys)
      await settle(on.element)
    },
    at: () => on.element.shadowRoot?.activeElement as HTMLElement | null,
    texts: (selector: string) => all(on.element, selector).map((one) => one.textContent?.replace(/\s+/g, ' ').trim()),
  }
  beforeEach(() => {
    document.documentElement.lang = 'fr'
    on.server = makeServer()
  })
  afterEach(async () => {
    document.body.replaceChildren()
    // The tab is that of all tests, and what was kept in it would come back.
    sessionStorage.clear()
    history.replaceState(null, '', home)
    await pretend()
    await page.viewport(1280, 900)
  })
  return on
}

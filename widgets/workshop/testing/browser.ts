import type { Locator, Page } from 'playwright'

// What people do in a browser at the built server: an editor in the workshop, a visitor in the finder.

export type Editor = ReturnType<typeof editorAt>

/** An editor at `/edit`: she goes by the names she reads, and by the paths of values, which are the ids of their fields. */
export function editorAt(page: Page) {
  const workshop = page.locator('passerelle-workshop')
  const press = (name: string | RegExp) => workshop.getByRole('button', { name }).click()
  const said = (text: string) => workshop.locator('.said', { hasText: text }).waitFor()
  return {
    page,
    workshop,
    press,
    said,
    /** Opens a part of the form. */
    part: (name: string) => workshop.locator('.steps').getByRole('button', { name }).click(),
    fill: (path: string, text: string) => workshop.locator(`#f-${path}`).fill(text),
    choose: (path: string, value: string) => workshop.locator(`#f-${path}`).selectOption(value),
    /** Looks for something by its name, and takes what is found. */
    async find(field: string, words: string, name: string | RegExp): Promise<void> {
      await workshop.locator(`#f-${field}`).click()
      await workshop.locator(`#f-${field}-find`).fill(words)
      await workshop.locator('.found').getByRole('button', { name }).click()
    },
    /** Saves by the button, and waits until that is told. */
    async save(): Promise<void> {
      await press('Enregistrer le brouillon')
      await workshop.locator('.bar .hint', { hasText: /^Brouillon enregistré à/ }).waitFor()
    },
    /** Publishes. @returns when the server had answered, by the clock of `performance.now()` */
    async publish(): Promise<number> {
      const answered = page.waitForResponse((response) => /mutation WorkshopPublish/.test(response.request().postData() ?? ''))
      await press('Publier')
      await answered
      const at = performance.now()
      await said('Publié. Le public voit cette version.')
      return at
    },
    /** Back to the list, and from there to a record, by its title. */
    async goTo(title: string): Promise<void> {
      await workshop.locator('.back').click()
      await workshop.locator('#create').waitFor()
      await workshop.locator('#search').fill('')
      await page.keyboard.type(title)
      await page.keyboard.press('Enter')
      await workshop.locator('.records').getByRole('link', { name: title, exact: true }).first().click()
      await workshop.locator('#record-title', { hasText: title }).waitFor()
    },
  }
}

/**
 * A visitor searches once more, as she did before: within the page, so that no more than the page is waited for.
 * @returns the name of a service, as she reads it; null when it is not there
 */
export const searchAgain = (finder: Locator, slug: string): Promise<string | null> =>
  finder.evaluate(async (element, id) => {
    const shadow = element.shadowRoot as ShadowRoot
    const found = new Promise((resolve) => element.addEventListener('passerelle-results', resolve, { once: true }))
    shadow.querySelector<HTMLElement>('[part=submit]')?.click()
    await found
    await (element as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete
    return shadow.querySelector(`#${id} .name`)?.textContent ?? null
  }, `s-${slug}`)

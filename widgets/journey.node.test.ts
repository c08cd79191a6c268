import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from './shared/testing/partner.ts'

/** One citizen walks through all of it. */
let world: World
const open = (...where: Parameters<World['open']>): Promise<Page> => world.open(...where)

beforeAll(async () => {
  world = await createWorld(
    process.env,
    () => `<passerelle-finder site="demo"><p>Par téléphone : <a href="tel:1718">1718</a></p></passerelle-finder>
      <passerelle-callback site="demo" line="1718"><p>Rappel : <a href="tel:1718">1718</a></p></passerelle-callback>`,
  )
}, 120_000)
afterEach(() => world.context?.close())
afterAll(() => world?.close())

const WORDS = {
  fr: { food: /^Alimentation/, ask: /Demander un rappel/, send: /Envoyer/, follow: /Suivre ma demande/, received: /reçu/i },
  de: { food: /^Ernährung/, ask: /anfragen/, send: /senden/, follow: /verfolgen/, received: /erhalten|eingegangen/i },
} as const

describe('on a commune’s page of another origin, on a phone', () => {
  test.each(['fr', 'de'] as const)('she finds help, asks to be called, and looks her request up, in %s', async (language) => {
    const words = WORDS[language]
    const page = await open(`${world.partner}/?lang=${language}`)
    const finder = page.locator('passerelle-finder')
    await finder.getByRole('button', { name: words.food }).click()
    await finder.locator('.card').first().waitFor()
    expect(await finder.locator('.card').count()).toBeGreaterThan(3)
    expect(await finder.locator('details').count()).toBeGreaterThan(3)

    const callback = page.locator('passerelle-callback')
    await callback.getByRole('button', { name: words.ask }).click()
    const phone = callback.locator('#phone')
    await phone.fill('12')
    await callback.locator('[name=day]').first().check()
    await callback.getByRole('button', { name: words.send }).click()
    // The server's refusal is said beside the field, and what was typed is still there.
    await callback.locator('[aria-invalid="true"]').waitFor()
    expect(await phone.inputValue()).toBe('12')
    await phone.fill('0470 12 34 56')
    await callback.getByRole('button', { name: words.send }).click()
    const text = await callback
      .getByText(/[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}/)
      .first()
      .textContent()
    const reference = /[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}/.exec(text ?? '')?.[0] as string
    expect(reference).toBeTruthy()

    await page.reload()
    await callback.getByRole('button', { name: words.follow }).click()
    await callback.locator('#follow-reference').fill(reference.toLowerCase())
    await callback.locator('#follow-phone').fill('+32 470 12 34 56')
    await callback.locator('form button:not([type="button"])').first().click()
    await callback.getByText(words.received).waitFor()

    expect(await world.context.cookies()).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })

  test('without JavaScript the numbers can be read and called', async () => {
    const page = await open(world.partner, { javaScriptEnabled: false })
    expect(await page.locator('a[href="tel:1718"]').allTextContents()).toEqual(['1718', '1718'])
    expect(await page.locator('a[href="tel:1718"]').first().isVisible()).toBe(true)
  })

  test('when the service does not answer the numbers are there, and nothing typed is lost', async () => {
    const page = await open(world.partner)
    const callback = page.locator('passerelle-callback')
    await callback.getByRole('button', { name: WORDS.fr.ask }).click()
    await callback.locator('#phone').fill('0470 12 34 57')
    await callback.locator('[name=day]').first().check()
    await page.route('**/graphql', (route) => route.abort())
    await callback.getByRole('button', { name: WORDS.fr.send }).click()
    await page.locator('passerelle-callback a[href="tel:1718"]').waitFor()
    expect(await callback.locator('#phone').inputValue()).toBe('0470 12 34 57')
    await page.unroute('**/graphql')
    await callback.getByRole('button', { name: WORDS.fr.send }).click()
    await callback
      .getByText(/[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}/)
      .first()
      .waitFor()
  })
})

describe('the finder, on that page', () => {
  test('by keyboard: a commune from the list, who she is, words; help with a verdict, a mistake reported, a link that leads back', async () => {
    const page = await open(world.partner)
    const finder = page.locator('passerelle-finder')
    await finder.getByRole('searchbox').fill('plus rien à manger')
    await page.keyboard.press('Tab')
    await page.keyboard.type('liege')
    await finder.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await finder.getByRole('combobox').first().inputValue()).toMatch(/^40\d\d Liège$/)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('67')
    await page.keyboard.press('Enter')
    await finder.locator('.results .card').first().waitFor()
    expect(await finder.locator('.results [role=heading]').first().textContent()).toBe('Près de chez vous')
    expect(await finder.locator('.results ul').first().textContent()).toMatch(/CPAS de Liège/)
    expect(await finder.locator('.verdict').count()).toBe(await finder.locator('.results .card').count())

    const card = finder.locator('.results .card').first()
    await card.locator('summary').click()
    await card.getByRole('button', { name: 'Signaler une erreur' }).click()
    await card.getByRole('combobox').selectOption('HOURS')
    await card.getByRole('textbox').fill('Fermé le mercredi.')
    await card.getByRole('button', { name: 'Envoyer' }).click()
    await card.getByText('Merci').waitFor()

    await world.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await finder.getByRole('button', { name: 'Partager' }).click()
    await finder.getByText('Lien copié.').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#passerelle=food[\w.-]*,62063,[\w-]+$/)

    expect(world.asked.filter((request) => /manger|liege|67|mercredi/i.test(request.replace(/:\d+\//, '/')))).toEqual([])
    expect(await world.context.cookies()).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    expect(world.complaints).toEqual([])
    await world.context.close()

    const again = await open(link)
    const opened = again.locator('passerelle-finder')
    await opened.locator('.results .card').first().waitFor()
    expect(await opened.locator('#place').inputValue()).toMatch(/Liège$/)
    await opened.locator('.card details[open]').first().waitFor()
    expect(await again.evaluate(() => [document.activeElement === document.body, scrollY])).toEqual([true, 0])
    expect(world.complaints).toEqual([])
  })

  test('words that tell of a danger: the numbers come first, and the way out blanks the page', async () => {
    const page = await open(world.partner)
    const finder = page.locator('passerelle-finder')
    await finder.getByRole('searchbox').fill('mon mari me frappe')
    await page.keyboard.press('Enter')
    await finder.locator('.pressing a[href="tel:112"]').waitFor()
    const first = await finder.locator('.pressing, form, .results').first().getAttribute('class')
    expect(first).toContain('pressing')
    // Read at once: the neutral page may be slow to come, what was on the screen must be gone before.
    await page.route('https://www.meteo.be/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>Meteo' }))
    const left = await finder.evaluate((element) => {
      element.shadowRoot?.querySelector<HTMLElement>('.exit button')?.click()
      return [getComputedStyle(document.documentElement).display, document.title]
    })
    expect(left).toEqual(['none', ''])
    await page.getByText('Meteo').waitFor()
    await page.goBack({ waitUntil: 'commit' }).catch(() => null)
    expect(page.url()).not.toContain(world.partner)
  })

  test('what did not help goes with her to the callback form, and she can drop it there', async () => {
    const page = await open(world.partner)
    const finder = page.locator('passerelle-finder')
    await finder.getByRole('button', { name: 'Énergie et eau' }).click()
    const question = finder.locator('.question').first()
    await question.locator('summary').click()
    const title = (await question.locator('summary').textContent()) ?? ''
    await question.getByRole('button', { name: 'je veux être rappelé' }).click()
    const callback = page.locator('passerelle-callback')
    await callback.getByText(title).waitFor()
    await callback.locator('#phone').fill('0470 12 34 56')
    await callback.getByRole('button', { name: 'Retour' }).click()
    await callback.getByRole('button', { name: WORDS.fr.ask }).click()
    await callback.locator('#need').waitFor()
    expect(await callback.getByText(title).count()).toBe(0)
    expect(await callback.locator('#phone').inputValue()).toBe('0470 12 34 56')
    expect(world.complaints).toEqual([])
  })

  test('as a screen reader reads it: one heading after another, the form a search of its own name, the number a link', async () => {
    const page = await open(world.partner)
    const finder = page.locator('passerelle-finder')
    await finder.getByRole('button', { name: 'Énergie et eau' }).click()
    await finder.locator('.results .card').first().waitFor()
    const tree = await finder.ariaSnapshot()
    const lines = tree.split('\n').map((line) => line.trim())
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line))
    const order = [
      /heading "Trouver une aide" \[level=2\]/,
      /heading "Énergie et eau" \[level=3\]/,
      /search "Trouver une aide"/,
      /combobox "Où habitez-vous/,
      /status: .*résultats/,
      /heading "Questions et réponses" \[level=4\]/,
      /heading "Par téléphone" \[level=4\]/,
      /link "0800/,
      /heading "Vous n’avez pas trouvé/,
    ].map(at)
    expect(order, tree).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })
})

describe('the demonstration page', () => {
  test.each(['fr', 'de'])('moves by less than 0.02 while all of it comes over a slow line, in %s', async (language) => {
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 360, height: 740 },
    ]) {
      const page = await open('about:blank', { viewport })
      const line = await world.context.newCDPSession(page)
      await line.send('Network.enable')
      await line.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 400,
        downloadThroughput: 50e3,
        uploadThroughput: 50e3,
      })
      await page.addInitScript(() => {
        const shifts: number[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto(`${world.ours}/?lang=${language}`)
      await page.locator('passerelle-finder .tiles button').nth(5).waitFor()
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const shifts = await page.evaluate(() => (window as never as { shifts: number[] }).shifts)
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02)
      await world.context.close()
    }
  })

  test.each(['fr', 'de', 'nl', 'en'])('speaks %s, says that it is a demonstration, and asks no other host', async (language) => {
    const hosts = new Set<string>()
    const page = await open('about:blank')
    page.on('request', (request) => hosts.add(new URL(request.url()).origin))
    await page.goto(`${world.ours}/?lang=${language}`)
    await page.locator('passerelle-finder button').nth(5).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
    expect(await page.locator('body').textContent()).toMatch(/d[ée]monstrat|Vorführung/i)
    expect([...hosts]).toEqual([world.ours])
  })
})

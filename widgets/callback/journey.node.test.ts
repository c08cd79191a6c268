import { createServer, request as forward, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectionUrl, findPlace } from '../../api/db/bundled/place.ts'
import { createWorld, type World } from '../shared/testing/partner.ts'

/** A request on a commune's page, against the built server: what the network, the queue and other people do to it. */
let world: World
let database: pg.Client
/** A slow way to the server: what its client has given up by then does not arrive. */
let slow: Server
const slowly = () => `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
const SLOW_MS = 1_500

beforeAll(async () => {
  slow = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts)
    if (body.includes('mutation RequestCallback')) {
      slow.emit('held')
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
      if (response.closed) return
    }
    const onward = forward(`${world.ours}${request.url}`, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.end(body)
  }).listen(0, '127.0.0.1')
  world = await createWorld(
    process.env,
    ({ searchParams }) =>
      `<passerelle-callback site="demo" line="1718" ${searchParams.has('slow') ? `api="${slowly()}"` : ''}><p>1718</p></passerelle-callback>`,
    () => [slowly()],
  )
  database = new pg.Client({ connectionString: connectionUrl((await findPlace(world.folder)).endpoint, 'passerelle') })
  await database.connect()
}, 120_000)

afterEach(() => world.context?.close())
afterAll(async () => {
  await database?.end()
  slow?.close()
  await world?.close()
})

const callbackOn = (page: Page) => page.locator('passerelle-callback')
const REFERENCE = /^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$/
const button = (callback: Locator, name: string) => callback.getByRole('button', { name })

/** Fills the form in, up to sending it. */
async function fill(callback: Locator, phone: string, when: 'soon' | 'slot'): Promise<void> {
  await button(callback, 'Demander un rappel').click()
  await callback.locator('#phone').fill(phone)
  await callback
    .locator('[name=day]')
    .nth(when === 'soon' ? 0 : 1)
    .check()
  if (when === 'slot') await callback.locator('[name=slot]').first().check()
}
const send = (callback: Locator) => button(callback, 'Envoyer').click()
/** The reference, once it is there. */
async function confirmed(callback: Locator): Promise<string> {
  const reference = (await callback.locator('.reference').textContent()) ?? ''
  expect(reference).toMatch(REFERENCE)
  return reference
}
/** Requests that somebody will call about. */
async function queued(): Promise<number> {
  const { rows } = await database.query(`SELECT count(*) FROM "callback_request" WHERE "repeat_of_id" IS NULL AND "status" = 'NEW'`)
  return Number(rows[0].count)
}

test('a time is chosen; then she follows, moves, withdraws and erases her request', async () => {
  const page = await world.open(world.partner)
  const callback = callbackOn(page)
  await fill(callback, '0471 00 00 01', 'slot')
  const day = (await callback.locator('label:has([name=day]:checked)').textContent())?.trim() ?? '?'
  await send(callback)
  const reference = await confirmed(callback)
  expect((await callback.locator('.root').innerText()).replace(/\s+/g, ' ')).toContain(`1718 vous rappelle : ${day}`)

  await button(callback, 'Suivre ma demande').click()
  expect(await callback.locator('#follow-reference').inputValue()).toBe(reference)
  await callback.locator('#follow-phone').fill('+32 471 00 00 02')
  await button(callback, 'Voir').click()
  await callback.getByText('Aucune demande avec cette référence et ce numéro.').waitFor()
  await callback.locator('#follow-phone').fill('+32 471 00 00 01')
  await button(callback, 'Voir').click()
  expect(await callback.locator('.card').textContent()).toContain(day)

  await button(callback, 'Changer le moment').click()
  await callback.locator('form:not([hidden]) [name=day]').first().check()
  await callback.locator('form:not([hidden]) [part=submit]').click()
  await callback.getByText('C’est fait.').waitFor()
  expect(await callback.locator('.card').textContent()).toContain('dès que possible')

  await button(callback, 'Retirer ma demande').click()
  await button(callback, 'Oui, retirer ma demande').click()
  await callback.getByText('Cette demande est retirée.').waitFor()
  await button(callback, 'Effacer mes données').click()
  await button(callback, 'Oui, effacer mes données').click()
  await callback.getByText('Vos données sont effacées.').waitFor()
  await callback.locator('#follow-reference').fill(reference)
  await callback.locator('#follow-phone').fill('0471 00 00 01')
  await button(callback, 'Voir').click()
  await callback.getByText('Aucune demande avec cette référence et ce numéro.').waitFor()

  expect(world.asked.filter((request) => /471|graphql\?.*reference/i.test(request.replace(/:\d+\//, '/')))).toEqual([])
  expect(await world.context.cookies()).toEqual([])
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  expect(world.complaints).toEqual([])
})

test('the last place goes to somebody else meanwhile: another is chosen, nothing typed is lost', async () => {
  const page = await world.open(world.partner)
  const callback = callbackOn(page)
  await fill(callback, '0471 00 00 03', 'slot')
  await callback.locator('#message').fill('Bonjour')
  const slot = (await callback.locator('[name=slot]:checked').getAttribute('value')) ?? ''
  const [, year, month, date, hour, minute] = /@(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/.exec(slot) ?? []
  await database.query(
    `INSERT INTO "callback_slot" ("line_id", "starts_at", "ends_at", "taken")
     SELECT "id", $1, $1::timestamptz + interval '1 hour', 1000 FROM "line" WHERE "slug" = '1718'
     ON CONFLICT ("line_id", "starts_at") DO UPDATE SET "taken" = 1000`,
    [`${year}-${month}-${date}T${hour}:${minute}:00Z`],
  )
  await send(callback)
  await callback.locator('.summary').waitFor()
  expect(await callback.evaluate((element) => element.shadowRoot?.activeElement?.className)).toBe('summary')
  expect(await callback.locator('.summary a').textContent()).toMatch(/vient d’être pris/)
  expect(await callback.locator(`[value="${slot}"]`).count()).toBe(0)
  expect(await callback.locator('#message').inputValue()).toBe('Bonjour')
  if ((await callback.locator('[name=day]:checked').count()) === 0) await callback.locator('[name=day]').nth(1).check()
  await callback.locator('[name=slot]').first().check()
  await send(callback)
  await confirmed(callback)
  expect(world.complaints).toEqual([])
})

test('the network goes and comes back: the request leaves by itself, once', async () => {
  const page = await world.open(world.partner)
  const callback = callbackOn(page)
  const before = await queued()
  await fill(callback, '0471 00 00 04', 'soon')
  await world.context.setOffline(true)
  await send(callback)
  await callback.getByText('Vous êtes hors ligne').waitFor()
  expect(await callback.getByText('1718', { exact: true }).last().isVisible()).toBe(true)
  await world.context.setOffline(false)
  await confirmed(callback)
  expect(await queued()).toBe(before + 1)
})

test('a reload while it is sent: it arrives, and sent again it is still one', async () => {
  const page = await world.open(`${world.partner}/?slow`)
  const callback = callbackOn(page)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    dialog.accept()
  })
  const before = await queued()
  await fill(callback, '0471 00 00 05', 'soon')
  const held = new Promise((resolve) => slow.once('held', resolve))
  await send(callback)
  await held
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
  await expect.poll(queued, { timeout: 10_000 }).toBe(before + 1)
  expect(await callback.locator('#phone').count()).toBe(0)

  await fill(callback, '0471 00 00 05', 'soon')
  await send(callback)
  await confirmed(callback)
  expect(await queued()).toBe(before + 1)
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
})

test('a call while it is sent asks nothing, and the request arrives', async () => {
  const page = await world.open(`${world.partner}/?slow`)
  const callback = callbackOn(page)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    dialog.accept()
  })
  await fill(callback, '0471 00 00 07', 'soon')
  const held = new Promise((resolve) => slow.once('held', resolve))
  await send(callback)
  await held
  await callback.getByRole('link', { name: '112' }).click()
  await confirmed(callback)
  expect(asked).toEqual([])
})

test('many requests come from her address: her browser works for it, and the request goes through', async () => {
  const input = (number: number) => ({
    idempotencyKey: crypto.randomUUID(),
    line: '1718',
    phone: `0472 00 00 ${number}`,
    language: 'FR',
    noticeVersion: 'test',
  })
  const answers = []
  for (let number = 10; number < 16; number++) {
    const response = await fetch(`${world.ours}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'passerelle-site': 'demo', origin: world.partner },
      body: JSON.stringify({
        query: 'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename } }',
        variables: { input: input(number) },
      }),
    })
    answers.push((await response.json()).data.requestCallback.__typename)
  }
  expect(answers).toContain('ChallengeRequired')

  const page = await world.open(world.partner)
  const callback = callbackOn(page)
  const said: string[] = []
  await page.exposeFunction('note', (words: string) => said.push(words))
  await fill(callback, '0471 00 00 06', 'soon')
  await callback.evaluate((element) => {
    const status = element.shadowRoot?.querySelector('[role=status]') as Element
    const { note } = window as never as { note: (words: string | null) => void }
    new MutationObserver(() => note(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })
  })
  await send(callback)
  await confirmed(callback)
  expect(said.some((words) => /votre appareil fait un calcul/.test(words))).toBe(true)
  expect(world.asked.filter((request) => request.endsWith('/widgets/v1/solve.js')).length).toBe(1)
  expect(world.complaints).toEqual([])
})

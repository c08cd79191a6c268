import pg from 'pg'
import type { BrowserContext, Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectionUrl, findPlace } from '../../api/db/bundled/place.ts'
import { type RunningServer, runCommand, startServer } from '../../api/testing/server.ts'
import { createWorld, type World } from '../shared/testing/partner.ts'

/**
 * A morning of the call centre, in order: twelve people ask on a commune's page, three of the staff in browsers of their own, at two processes
 * of the built server, call them back. Each step goes on from the one before.
 */
let world: World
let second: RunningServer
let database: pg.Client

const LINE = 'liege-solidaire'
const PEOPLE = 12
/** The seventh is in distress; the others ask about the price of energy. */
const PRESSING = 6
const needOf = (index: number) => (index === PRESSING ? 'mental-health' : 'energy')
const phoneOf = (index: number) => `0471 30 00 ${String(index).padStart(2, '0')}`
const told = (index: number) => `+32 ${phoneOf(index).slice(1)}`

beforeAll(async () => {
  world = await createWorld(
    process.env,
    ({ searchParams }) =>
      `<passerelle-callback site="demo" line="${LINE}" need="${searchParams.get('need')}"><p>112</p></passerelle-callback>`,
  )
  second = await startServer({ DATA_DIR: world.folder })
  database = new pg.Client({ connectionString: connectionUrl((await findPlace(world.folder)).endpoint, 'passerelle') })
  await database.connect()
}, 120_000)

afterAll(async () => {
  for (const { context } of Object.values(desks)) await context.close()
  await database?.end()
  await second?.stop()
  await world?.close()
})

/** Asks to be called back, as a person does. @returns the reference */
async function askOnPage(index: number): Promise<string> {
  const page = await world.open(`${world.partner}?need=${needOf(index)}`)
  const callback = page.locator('passerelle-callback')
  await callback.getByRole('button', { name: 'Demander un rappel' }).click()
  await callback.locator('#phone').fill(phoneOf(index))
  await callback.locator('[name=day]').first().check()
  await callback.getByRole('button', { name: 'Envoyer' }).click()
  const reference = (await callback.locator('.reference').textContent()) ?? ''
  expect(reference).toMatch(/^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$/)
  await world.context.close()
  return reference
}

type Desk = { context: BrowserContext; page: Page; desk: Locator }
const desks: Record<string, Desk> = {}
const deskOf = (name: string): Desk => desks[name] as Desk
const references: string[] = []

/** Signs in on the page, as a person of the demonstration does, and opens the desk. */
async function sitDown(name: string, address: string, viewport = { width: 1440, height: 900 }): Promise<void> {
  const context = await world.browser.newContext({ viewport, locale: 'fr-BE' })
  const page = await context.newPage()
  await page.goto(`${address}/desk`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.getByRole('button', { name }).click()
  await page.waitForURL(`${address}/desk`)
  const desk = page.locator('passerelle-desk')
  await desk.getByText('En direct').waitFor()
  desks[name] = { context, page, desk }
}

const button = (name: string, label: string | RegExp) => deskOf(name).desk.getByRole('button', { name: label })
/** "12 attendent": how many wait, as her screen says it. */
const waiting = async (name: string) => Number(await deskOf(name).desk.locator('.numbers li b').first().textContent())
const take = (name: string) => button(name, /^Prendre la suivante/).click()
/** Whose call she has, by number: the one who asked as so-manieth. */
async function holding(name: string): Promise<number> {
  const hint = await deskOf(name).desk.locator('.call .title .hint').textContent()
  return references.findIndex((reference) => hint?.includes(reference))
}
const reveal = async (name: string) => {
  await button(name, /^Afficher le numéro/).click()
  return deskOf(name).desk.locator('#number').textContent()
}
/** Says how a call ended. */
const ended = (name: string, outcome: string) => button(name, new RegExp(`^${outcome}`)).click()

const rows = async (text: string, values: unknown[] = []) => (await database.query(text, values)).rows

describe('a morning', { timeout: 180_000 }, () => {
  test('eleven people ask before the desk opens; the twelfth appears by itself, in every process', async () => {
    for (let index = 0; index < PEOPLE - 1; index++) references.push(await askOnPage(index))
    await sitDown('Ana Lambert', world.ours)
    await sitDown('Bob Dubois', second.address)
    await sitDown('Sam Renard', second.address, { width: 390, height: 844 })
    for (const name of Object.keys(desks)) expect(await waiting(name)).toBe(PEOPLE - 1)
    references.push(await askOnPage(PEOPLE - 1))
    for (const name of Object.keys(desks)) await vi.waitFor(async () => expect(await waiting(name)).toBe(PEOPLE), { timeout: 15_000 })
  })

  test('three take at the same moment, and get the most pressing and the two who asked first', async () => {
    await Promise.all(Object.keys(desks).map(take))
    for (const name of Object.keys(desks)) await deskOf(name).desk.locator('.call .title').waitFor()
    const held = await Promise.all(Object.keys(desks).map(holding))
    expect([...held].sort((a, b) => a - b)).toEqual([0, 1, PRESSING])
    for (const name of Object.keys(desks)) await vi.waitFor(async () => expect(await waiting(name)).toBe(PEOPLE - 3), { timeout: 15_000 })
  })

  test('one is reached, led to a service, and done; looking at the number was written down before', async () => {
    const person = await holding('Ana Lambert')
    expect(await reveal('Ana Lambert')).toBe(told(person))
    const looked = await rows(
      `SELECT 1 FROM "audit_event" a JOIN "callback_request" r ON r."id" = a."subject_id"
      WHERE a."action" = 'callback.contact_revealed' AND r."reference" = $1`,
      [references[person]],
    )
    expect(looked).toHaveLength(1)
    await ended('Ana Lambert', 'Jointe')
    const { desk } = deskOf('Ana Lambert')
    await desk.locator('#note').fill('Elle vient demain avec la facture.')
    // The screen is gone in the middle of the call, and comes back as it was.
    await desk.getByText('Tout est enregistré.').waitFor()
    await deskOf('Ana Lambert').page.reload()
    await desk.locator('.call .title').waitFor()
    expect(await holding('Ana Lambert')).toBe(person)
    await desk.getByText('Elle vient demain avec la facture.').waitFor()
    await desk.locator('#words').fill('colis alimentaire')
    await button('Ana Lambert', /^Chercher/).click()
    await desk.locator('.matches').getByRole('button').first().click()
    await button('Ana Lambert', /^Noter l’orientation/).click()
    await desk.locator('.referrals > ul > li').first().waitFor()
    await desk.locator('#close').getByLabel('Orientée vers un service').check()
    await button('Ana Lambert', /^Terminer la demande/).click()
    await button('Ana Lambert', /^Prendre la suivante/).waitFor()
    expect(
      await rows(`SELECT "status", "outcome", "claimed_by_id" FROM "callback_request" WHERE "reference" = $1`, [references[person]]),
    ).toEqual([{ status: 'CLOSED', outcome: 'referred_on', claimed_by_id: null }])
  })

  test('one does not answer, and waits for the next call; the next one is taken', async () => {
    const person = await holding('Bob Dubois')
    await ended('Bob Dubois', 'Pas de réponse')
    await button('Bob Dubois', /^Prendre la suivante/).waitFor()
    const [row] = await rows(
      `SELECT "status", "call_from" > now() + interval '1 hour' AS later FROM "callback_request" WHERE "reference" = $1`,
      [references[person]],
    )
    expect(row).toEqual({ status: 'NEW', later: true })
    await take('Bob Dubois')
    await deskOf('Bob Dubois').desk.locator('.call .title').waitFor()
    expect(await holding('Bob Dubois')).toBe(2)
  })

  test('one goes away in the middle: the lease runs out, and somebody else takes over, at the place it had', async () => {
    const person = await holding('Sam Renard')
    await deskOf('Sam Renard').context.close()
    // A quarter of an hour passes.
    await database.query(`UPDATE "callback_request" SET "claimed_until" = now() - interval '1 second' WHERE "reference" = $1`, [
      references[person],
    ])
    await vi.waitFor(
      async () =>
        expect(await rows(`SELECT "status", "claimed_by_id" FROM "callback_request" WHERE "reference" = $1`, [references[person]])).toEqual(
          [{ status: 'NEW', claimed_by_id: null }],
        ),
      { timeout: 20_000, interval: 500 },
    )
    await vi.waitFor(async () => expect(await waiting('Ana Lambert')).toBe(PEOPLE - 2), { timeout: 15_000 })
    await take('Ana Lambert')
    await deskOf('Ana Lambert').desk.locator('.call .title').waitFor()
    expect(await holding('Ana Lambert')).toBe(person)
  })

  test('the others are called in the order in which they asked', async () => {
    await ended('Ana Lambert', 'Jointe')
    await deskOf('Ana Lambert').desk.locator('#close').getByLabel('Réglé', { exact: true }).check()
    await button('Ana Lambert', /^Terminer la demande/).click()
    await button('Ana Lambert', /^Prendre la suivante/).waitFor()
    const order: number[] = []
    for (;;) {
      await take('Ana Lambert')
      const { desk } = deskOf('Ana Lambert')
      await desk
        .locator('.call .title')
        .or(desk.getByText('Personne n’attend', { exact: false }))
        .first()
        .waitFor()
      if ((await desk.locator('.call .title').count()) === 0) break
      order.push(await holding('Ana Lambert'))
      if (order.length === PEOPLE - 4) break
      await ended('Ana Lambert', 'Pas de réponse')
      await button('Ana Lambert', /^Prendre la suivante/).waitFor()
    }
    expect(order).toEqual([3, 4, 5, 7, 8, 9, 10, 11])
  })

  test('the numbers at the end are right, on the screen, in the database and in the trail', async () => {
    // Two wait for their next call since the first round, seven since the last; two are done, two are held.
    const [counts] =
      await rows(`SELECT count(*) FILTER (WHERE "status" = 'NEW') AS waiting, count(*) FILTER (WHERE "status" = 'CLAIMED') AS held,
      count(*) FILTER (WHERE "status" = 'CLOSED') AS closed, (SELECT count(*) FROM "call_attempt") AS calls, (SELECT count(*) FROM "referral") AS referrals
      FROM "callback_request"`)
    expect(counts).toEqual({ waiting: '8', held: '2', closed: '2', calls: '10', referrals: '1' })
    const { desk } = deskOf('Bob Dubois')
    const shown = async () => (await desk.locator('.numbers li b').allTextContents()).map(Number)
    // Waiting, to be called now, overdue, soon overdue, on the phone.
    await vi.waitFor(async () => expect(await shown()).toEqual([8, 0, 0, 0, 2]), { timeout: 15_000 })
    const today = await desk.locator('.numbers .hint').textContent()
    expect(today).toMatch(/10 essais, 2 jointes, 2 terminées, 0 injoignable, 1 orientation/)
    const uneven = await rows(`SELECT e."subject_id" FROM "outbox_event" e FULL JOIN "audit_event" a
      ON a."subject_id" = e."subject_id" AND a."action" = e."type" AND a."at" = e."at"
      WHERE (e."type" LIKE 'callback.%' OR a."action" LIKE 'callback.%') AND (e."id" IS NULL OR a."id" IS NULL)`)
    expect(uneven).toEqual([])
    expect(
      await rows(`SELECT "phone_index" FROM "callback_request" WHERE "claimed_by_id" IS NOT NULL GROUP BY 1 HAVING count(*) > 1`),
    ).toEqual([])
    const { code, output } = await runCommand('audit', [], { DATA_DIR: world.folder })
    expect([code, output]).toEqual([0, expect.stringMatching(/./)])
  })
})

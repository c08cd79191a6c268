import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { BrowserContext, Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../api/testing/server.ts'
import { createWorld, type World } from '../shared/testing/partner.ts'

/**
 * The whole chain, against the built server: two people ask on a commune's page, an agent speaks with them and hands them to a partner, whose own
 * system (examples/partner) takes them over and says what came of it; one of them says that it helped, the other that she needs help still,
 * and is in the queue again. Each step goes on from the one before.
 */
let world: World
let system: ChildProcess
let agent: Desk
const citizens: Citizen[] = []

type Desk = { context: BrowserContext; page: Page; desk: Locator }
type Citizen = { context: BrowserContext; page: Page; callback: Locator; reference: string; phone: string }

const LINE = 'liege-solidaire'
const PARTNER = /Réseau wallon de lutte contre la pauvreté/

beforeAll(async () => {
  const env = { ENDPOINTS_LOOPBACK: 'on' }
  world = await createWorld(
    { ...process.env, ...env },
    () => `<passerelle-callback site="demo" line="${LINE}" need="energy"><p>112</p></passerelle-callback>`,
  )
  system = await partnerSystem({ ...env, DATA_DIR: world.folder })
}, 180_000)

afterAll(async () => {
  for (const { context } of [...citizens, ...(agent ? [agent] : [])]) await context.close()
  system?.kill()
  await world?.close()
})

/** The partner's own system, set up as its README says. */
async function partnerSystem(env: Record<string, string>): Promise<ChildProcess> {
  const url = `http://127.0.0.1:${await freePort()}/hook`
  const run = async (name: string, args: string[]) => {
    const { code, output } = await runCommand(name, args, env)
    expect([code, output]).toEqual([0, expect.stringMatching(/./)])
    return output
  }
  const made = await run('endpoint', ['--organization', 'rwlp', '--url', url])
  const token = await run('token', ['--role', 'partner', '--organization', 'rwlp', '--days', '30', '--scopes', 'read,write'])
  const child = spawn(process.execPath, ['examples/partner/server.mjs'], {
    env: {
      PATH: process.env.PATH,
      ENDPOINT: /ENDPOINT=(\S+)/.exec(made)?.[1],
      SECRET: /SECRET=(\S+)/.exec(made)?.[1],
      TOKEN: /psl_\S+/.exec(token)?.[0],
      PASSERELLE: world.ours,
      PORT: new URL(url).port,
      WORK_MS: '1500',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')
  await run('endpoint', ['--organization', 'rwlp', '--test'])
  return child
}

/** One that was free a moment ago: the address is set before the system runs, since the secret comes from there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const pressed = (place: Locator, name: string | RegExp) => place.getByRole('button', { name }).click()

async function ask(phone: string): Promise<void> {
  const page = await world.open(world.partner)
  const callback = page.locator('passerelle-callback')
  await pressed(callback, 'Demander un rappel')
  await callback.locator('#phone').fill(phone)
  await callback.locator('[name=day]').first().check()
  await pressed(callback, 'Envoyer')
  const reference = (await callback.locator('.reference').textContent()) ?? ''
  expect(reference).toMatch(/^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$/)
  citizens.push({ context: world.context, page, callback, reference, phone })
}

/** Looks at her request, as it is now. */
async function look({ callback }: Citizen): Promise<string | null> {
  await pressed(callback, /^Voir où elle en est/)
  return callback.locator('.card .name').textContent()
}

async function sitDown(name: string, path: string): Promise<Desk> {
  const context = await world.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'fr-BE' })
  const page = await context.newPage()
  await page.goto(`${world.ours}/desk`)
  await page.getByRole('button', { name }).click()
  await page.waitForURL(`${world.ours}${path}`)
  return { context, page, desk: page.locator('passerelle-desk') }
}

/** Speaks with the next one, who agrees that a partner takes over. */
async function handOver(object: string): Promise<void> {
  const { desk } = agent
  await pressed(desk, /^Prendre la suivante/)
  await pressed(desk, /Jointe/)
  await pressed(desk, 'Confier à un partenaire')
  await desk.getByRole('radio', { name: PARTNER }).check()
  await desk.locator('.aloud').first().getByText('Êtes-vous d’accord ?', { exact: false }).waitFor()
  await desk.locator('#object').fill(object)
  await desk.getByLabel('Au téléphone').check()
  await desk.getByLabel('Oui, un autre aussi').check()
  await pressed(desk, 'Voir ce que le partenaire recevra')
  await desk.locator('.preview').getByText(object).waitFor()
  await pressed(desk, /^Envoyer à Réseau/)
  await desk.getByText(/^Demande confiée à/).waitFor()
}

describe('from asking to what came of it', { timeout: 180_000 }, () => {
  test('two people ask, and keep their references', async () => {
    await ask('0471 40 00 01')
    await ask('0471 40 00 02')
    for (const { callback, phone } of citizens) {
      await pressed(callback, 'Suivre ma demande')
      await callback.locator('#follow-phone').fill(phone)
    }
  })

  test('an agent speaks with them, reads the text out, shows what will be seen, and hands them over', async () => {
    agent = await sitDown('Ana Lambert', '/desk')
    await handOver('Un dossier pour le fournisseur d’énergie.')
    await handOver('Un plan de paiement avec le fournisseur.')
  })

  test('the partner’s own system is told, accepts, works and completes; the desk sees how it was told', async () => {
    const { desk } = agent
    await pressed(desk, /^Partenaires/)
    const over = desk.locator('.list .row', { hasText: 'Terminé' })
    await expect.poll(() => over.count(), { timeout: 60_000 }).toBe(2)
    await over.first().getByRole('button').click()
    await desk.locator('#case-title', { hasText: 'Terminé' }).waitFor()
    const steps = await desk.locator('#steps-title + .steps b').allTextContents()
    expect(steps.filter((state) => state !== 'Reçu')).toEqual(['Terminé', 'En cours', 'Pris en charge', 'Demandé'])
    await desk.locator('#deliveries-title + .steps').getByText('Arrivé').first().waitFor()
  })

  test('the partner’s people see the same on their page, and whom it is about for a week', async () => {
    const worker = await sitDown('Paul Renson', '/partner')
    await worker.desk.locator('.list .row').first().getByRole('button').click()
    await worker.desk.locator('.safe').waitFor()
    expect(await worker.desk.locator('.one').textContent()).not.toMatch(/471/)
    await pressed(worker.desk, 'Afficher le numéro')
    expect(await worker.desk.locator('#number').textContent()).toMatch(/^\+32 471 40 00 0[12]$/)
    await worker.context.close()
  })

  test('each of them sees who took over, and says whether it helped', async () => {
    const [helped, waiting] = citizens as [Citizen, Citizen]
    for (const citizen of [helped, waiting])
      expect(await look(citizen)).toMatch(/^Réseau wallon .* a fini de s’occuper de votre demande\.$/)
    const answer = async ({ callback }: Citizen, still: 'Oui' | 'Non', words: string) => {
      await pressed(callback, 'Dire si cela m’a aidé')
      await callback.getByRole('group', { name: 'Quelqu’un vous a-t-il contacté ?' }).getByLabel('Oui').check()
      await callback.getByRole('group', { name: 'Avez-vous encore besoin d’aide ?' }).getByLabel(still).check()
      await pressed(callback, 'Envoyer')
      await callback.getByText(words).waitFor()
      expect(await callback.getByRole('button', { name: 'Dire si cela m’a aidé' }).count()).toBe(0)
    }
    await answer(helped, 'Non', 'Merci. C’est noté.')
    await answer(waiting, 'Oui', 'C’est noté : nous vous rappelons.')
  })

  test('whoever needs help still is in the queue again, with what was done for her', async () => {
    const { desk } = agent
    await pressed(desk, 'Appels')
    await expect.poll(() => desk.locator('.queue .rows .row').count()).toBe(1)
    await pressed(desk, /^Prendre la suivante/)
    await desk
      .locator('.call .title')
      .getByText((citizens[1] as Citizen).reference, { exact: false })
      .waitFor()
    expect(await desk.locator('.handing .before').textContent()).toMatch(/Réseau wallon .* Terminé/s)
  })
})

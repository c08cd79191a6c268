import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editing, LINE_CONTENT } from '../testing/editing.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, startServer } from '../testing/server.ts'
import { signIn } from '../testing/staff.ts'

/** The built server, twice on one embedded database: an editor at one of them, the public at both. */
let folder: string
let servers: RunningServer[]
beforeAll(async () => {
  folder = await temporaryFolder()
  const first = await startServer({ DATA_DIR: folder })
  servers = [first, await startServer({ DATA_DIR: folder })]
})
afterAll(async () => {
  for (const server of [...servers].reverse()) await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const at = ({ address }: RunningServer) => ({
  async ask(query: string, variables?: object, headers: Record<string, string> = {}): Promise<any> {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return response.json()
  },
})
const menuAt = async (server: RunningServer, language: string, headers: Record<string, string> = {}) => {
  const query = '{ line(slug: "liege-solidaire") { menu { position label service { name } } } }'
  const { data } = await at(server).ask(query, {}, { 'accept-language': language, ...headers })
  return data.line.menu.find(({ position }: any) => position === 7) ?? null
}

test('an editor adds menu 7 to a line, looks at it, publishes it, and every process shows it within a second, in both languages', async () => {
  const [here] = servers as [RunningServer]
  const eva = { cookie: await signIn(here.address, { email: 'eva@liege.example' }) }
  const edit = editing(at(here))
  const shelter = await edit.saveService(
    {
      content: {
        organization: 'ville-de-liege',
        status: 'ACTIVE',
        languages: ['FR', 'DE'],
        needs: ['housing'],
        source: 'liege.be',
        url: 'https://www.liege.be',
        eligibility: { any: [{ age: { min: 65 } }, { audience: 'isolated' }] },
        hours: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], opens: '08:30', closes: '17:00' }],
        texts: [
          { language: 'FR', name: 'Logement d’urgence', description: 'Un toit pour quelques nuits.' },
          { language: 'DE', name: 'Notunterkunft', description: 'Ein Dach für einige Nächte.' },
        ],
      },
    },
    eva,
  )
  const [line] = await edit.records({ kinds: ['LINE'], search: 'liege-solidaire' }, eva)
  const { content } = await edit.record(line.id, eva, LINE_CONTENT)
  const label = [
    { language: 'FR', text: 'Logement d’urgence' },
    { language: 'DE', text: 'Notunterkunft' },
  ]
  const menu = [...content.menu, { key: 7, kind: 'SERVICE', service: shelter.slug, label }]
  const draft = await edit.saveLine({ id: line.id, version: line.version, content: { ...content, menu } }, eva)
  const wanted = { position: 7, label: 'Notunterkunft', service: { name: 'Notunterkunft' } }
  expect(await menuAt(here, 'de', { ...eva, 'passerelle-preview': line.id })).toEqual(wanted)
  for (const server of servers) expect(await menuAt(server, 'de')).toBeNull()

  await edit.publish({ id: shelter.id, version: shelter.version }, eva)
  let { version } = await edit.publish({ id: line.id, version: draft.version }, eva)
  for (const server of servers) {
    await expect.poll(() => menuAt(server, 'de'), { interval: 20 }).toEqual(wanted)
    expect((await menuAt(server, 'fr')).label).toBe('Logement d’urgence')
  }

  // Two processes read all the content anew, on a machine that may be busy with other things: the best of some rounds counts, in which both
  // were in time.
  const rounds: number[] = []
  while (rounds.length < 3 || (Math.min(...rounds) >= 1_000 && rounds.length < 20)) {
    const text = `Logement d’urgence, ${rounds.length}`
    const renamed = menu.map((entry: any) => (entry.key === 7 ? { ...entry, label: [{ language: 'FR', text }] } : entry))
    const saved = await edit.saveLine({ id: line.id, version, content: { ...content, menu: renamed } }, eva)
    version = (await edit.publish({ id: line.id, version: saved.version }, eva)).version
    const began = performance.now()
    for (const server of servers) await expect.poll(async () => (await menuAt(server, 'fr'))?.label, { interval: 20 }).toBe(text)
    rounds.push(Math.round(performance.now() - began))
  }
  console.log(`what was published shows in 2 processes after ${rounds.join(', ')} ms`)
  expect(Math.min(...rounds)).toBeLessThan(1_000)
})

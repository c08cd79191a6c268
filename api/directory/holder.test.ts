import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { seedOnce } from '../../prisma/seed/seed.ts'
import { administer, createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { type Directory, openDirectory } from './holder.ts'

let database: TestDatabase
let directory: Directory
let told: string[] = []
const log = { info: (line: string) => told.push(line), warn: (line: string) => told.push(line) }

beforeAll(async () => {
  database = await createTestDatabase()
  await seedOnce(database.client, 'demo', 'prisma/seed')
})
afterAll(() => database.drop())
afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  told = []
  await directory.close()
})

/** As an editor's tool or psql would, in a connection of its own. */
const change = (slug: string, url: string) => administer(database.url, `UPDATE service SET url = '${url}' WHERE slug = '${slug}'`)
const urlOf = (slug: string) => directory.current().servicesBySlug.get(slug)?.url
const DROP_OTHERS = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
const dropOthers = () => administer(database.url, DROP_OTHERS)
/** How many connections to this database listen for its content. */
const listeners = async (): Promise<number> => {
  const [row] = await database.client.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'passerelle content'`
  return row?.n ?? 0
}
// Patient, for a busy machine: within a second is what api/freshness.test.ts holds built processes to.
const soon = { timeout: 15_000, interval: 5 }

test('the content is there from the start, tied together', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const snapshot = directory.current()
  expect(snapshot.demonstration).toBe(true)
  expect(snapshot.communes).toHaveLength(565)
  expect(snapshot.communesByNis.get('62063')?.cpas?.slug).toBe('cpas-liege')
  expect(snapshot.servicesBySlug.get('courses-liege')?.organization.services.map(({ slug }) => slug)).toContain('courses-liege')
  expect(snapshot.linesBySlug.get('liege-solidaire')?.fallback?.slug).toBe('1718')
  expect(snapshot.sites.get('demo')?.origins).toEqual(['self', 'loopback'])
  for (const entry of snapshot.faqEntries) for (const service of entry.services) expect(service.faqEntries).toContain(entry)
})

test('a change by SQL shows', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const url = `https://${randomUUID()}.example`
  await change('courses-liege', url)
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe(url), soon)
})

test('a request keeps the version it began with', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const before = directory.current()
  const url = before.servicesBySlug.get('tele-accueil')?.url
  await change('tele-accueil', 'https://two.example')
  await vi.waitFor(() => expect(urlOf('tele-accueil')).toBe('https://two.example'), soon)
  expect(before.servicesBySlug.get('tele-accueil')?.url).toBe(url)
  expect(Number(directory.current().version)).toBeGreaterThan(Number(before.version))
})

test('a transaction shows whole or not at all', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const versions = new Set<string>()
  const watch = setInterval(() => versions.add(`${urlOf('sos-viol')} ${urlOf('secal')}`), 1)
  versions.add(`${urlOf('sos-viol')} ${urlOf('secal')}`)
  await database.client.$transaction([
    database.client.service.update({ where: { slug: 'sos-viol' }, data: { url: 'https://three.example' } }),
    database.client.service.update({ where: { slug: 'secal' }, data: { url: 'https://three.example' } }),
  ])
  await vi.waitFor(() => expect(urlOf('secal')).toBe('https://three.example'), soon)
  clearInterval(watch)
  versions.add(`${urlOf('sos-viol')} ${urlOf('secal')}`)
  expect(versions.size).toBe(2)
})

test('what is rolled back is never seen', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const { version } = directory.current()
  await administer(database.url, "BEGIN; UPDATE service SET url = 'https://never.example' WHERE slug = 'secal'; ROLLBACK").catch(
    () => undefined,
  )
  await directory.refresh()
  expect(directory.current().version).toBe(version)
})

test('many changes in a row end with the last of them', async () => {
  directory = await openDirectory(database.client, database.url, log)
  for (let round = 1; round <= 20; round++) await change('courses-liege', `https://round-${round}.example`)
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe('https://round-20.example'), soon)
})

test('a key that is revoked is gone before all content is read anew, and does not come back with what was read before', async () => {
  directory = await openDirectory(database.client, database.url, log)
  await administer(
    database.url,
    "INSERT INTO site (id, key, name, origins, default_language) VALUES (gen_random_uuid(), 'gone', 'Gone', '{https://gone.example}', 'FR')",
  )
  await vi.waitFor(() => expect(directory.current().sites.has('gone')).toBe(true), soon)
  const seen = new Set<boolean>()
  const reader = new pg.Client({ connectionString: database.url })
  await reader.connect()
  // Whoever reads all content waits here, with the sites read already.
  await reader.query('BEGIN; LOCK TABLE need IN ACCESS EXCLUSIVE MODE')
  await change('courses-liege', 'https://slow.example')
  const waiting = async () => (await reader.query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'need'::regclass")).rowCount
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), soon)
  await administer(database.url, "UPDATE site SET revoked_at = now() WHERE key = 'gone'")
  await vi.waitFor(() => expect(directory.current().sites.has('gone')).toBe(false), soon)
  expect(urlOf('courses-liege')).not.toBe('https://slow.example')
  const watch = setInterval(() => seen.add(directory.current().sites.has('gone')), 1)
  await reader.query('ROLLBACK')
  await reader.end()
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe('https://slow.example'), soon)
  await directory.refresh()
  clearInterval(watch)
  expect([...seen]).toEqual([false])
})

test('it survives connections that are dropped: readable meanwhile, and listening again by itself', async () => {
  directory = await openDirectory(database.client, database.url, log)
  await dropOthers()
  expect(directory.current().services.length).toBeGreaterThan(60)
  await change('courses-liege', 'https://missed.example')
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe('https://missed.example'), soon)
  await vi.waitFor(async () => expect(await listeners()).toBe(1), soon)
})

test('a change made while the connection breaks shows too', async () => {
  directory = await openDirectory(database.client, database.url, log)
  const url = `https://${randomUUID()}.example`
  await administer(database.url, `${DROP_OTHERS}; UPDATE service SET url = '${url}' WHERE slug = 'courses-liege'`)
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe(url), soon)
})

test('it knows how long ago the database confirmed the content', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  directory = await openDirectory(database.client, 'postgresql://nobody@127.0.0.1:1/nothing', log)
  await directory.refresh()
  const away = vi.spyOn(database.client.contentVersion, 'findUnique').mockRejectedValue(new Error('x'))
  const before = directory.age()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await directory.refresh().catch(() => undefined)
  expect(directory.age()).toBeGreaterThan(before + 40)
  away.mockRestore()
  const aged = directory.age()
  await directory.refresh()
  expect(directory.age()).toBeLessThan(aged)
})

test('where it cannot listen, it polls', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  directory = await openDirectory(database.client, 'postgresql://nobody@127.0.0.1:1/nothing', log)
  await change('courses-liege', 'https://polled.example')
  vi.advanceTimersByTime(5_000)
  await vi.waitFor(() => expect(urlOf('courses-liege')).toBe('https://polled.example'), { timeout: 15_000, interval: 20 })
})

test('once closed it holds no connection and follows no more', async () => {
  directory = await openDirectory(database.client, database.url, log)
  await directory.close()
  await vi.waitFor(async () => expect(await listeners()).toBe(0), soon)
})

test('why it cannot be read is told once, and that it can again', async () => {
  directory = await openDirectory(database.client, 'postgresql://nobody@127.0.0.1:1/nothing', log)
  const broken = vi.spyOn(database.client.contentVersion, 'findUnique').mockRejectedValue(Object.assign(new Error('x'), { code: 'P1001' }))
  for (let round = 0; round < 3; round++) await directory.refresh().catch(() => undefined)
  expect(told).toEqual(['The content cannot be read (P1001); what was read before is still shown.'])
  broken.mockRestore()
  await directory.refresh()
  expect(told).toHaveLength(2)
  expect(told[1]).toBe('The content is read again.')
})

test('broken content costs nobody the rest, is told once, and comes back when it is mended', async () => {
  const area =
    "UPDATE service_area SET code = '99999' WHERE service_id = (SELECT id FROM service WHERE slug = 'courses-liege') AND kind = 'COMMUNE'"
  await administer(database.url, area)
  directory = await openDirectory(database.client, database.url, log)
  const line = 'Content: service “courses-liege” names the commune “99999”, which is not there: the link is left out.'
  expect(new Set(told)).toEqual(new Set([line]))
  // It must not become a service for the whole country.
  expect(directory.current().servicesBySlug.get('courses-liege')?.serviceAreas).toEqual([{ kind: 'COMMUNE', code: '99999', commune: null }])
  const before = told.length
  await administer(database.url, "UPDATE line SET number = '1799' WHERE slug = '1718'")
  await vi.waitFor(() => expect(directory.current().linesBySlug.get('1718')?.number).toBe('1799'), soon)
  expect(told).toHaveLength(before)
})

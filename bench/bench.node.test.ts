import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readContent } from '../prisma/seed/content.ts'
import { buildBench } from './build.mjs'
import { answerTo, compareAnswers } from './compare.ts'
import { startPeers } from './compared.ts'
import { type BenchDatabase, makeDatabase } from './data/database.ts'
import { type Made, makeDirectory } from './data/make.ts'
import { median, requestsOf } from './measure.ts'
import { readOptions } from './options.ts'
import { startApi, startReady } from './peers.ts'
import { type BenchProcess, startLoad } from './processes/spawn.ts'
import { plainAsk, variedAsks } from './queries.ts'
import { goals } from './report.ts'

const SIZE = { services: 120, faqEntries: 20 }
const TODAY = '2026-11-17'

describe('the made-up directory', () => {
  let made: Made
  beforeAll(async () => {
    made = makeDirectory(await readContent('prisma/seed'), { services: 1_000, faqEntries: 100 }, TODAY)
  })
  const rows = (table: string) => made.tables.get(table as never) ?? []
  const countBy = (table: string) => {
    const counts = new Map<unknown, number>()
    for (const { service_id } of rows(table)) if (service_id) counts.set(service_id, (counts.get(service_id) ?? 0) + 1)
    return [...counts.values()]
  }

  test('is the same each time', async () => {
    const again = makeDirectory(made.reference, { services: 1_000, faqEntries: 100 }, TODAY)
    expect(JSON.stringify([...again.tables])).toBe(JSON.stringify([...made.tables]))
  })

  test('has one service in five for a province, a region or the country', () => {
    const wide = rows('service_area').filter(({ service_id, kind }) => service_id && kind !== 'COMMUNE')
    expect(wide.length).toBeGreaterThan(160)
    expect(wide.length).toBeLessThan(240)
    expect(new Set(wide.map(({ kind }) => kind))).toEqual(new Set(['PROVINCE', 'REGION', 'COUNTRY']))
  })

  test.each([
    ['phone', 1, 3],
    ['schedule', 1, 5],
    ['service_need', 1, 4],
    ['service_audience', 1, 3],
    ['service_translation', 1, 4],
  ])('gives every service rows of %s, from %i to %i', (table, least, most) => {
    const counts = countBy(table)
    expect(counts).toHaveLength(1_000)
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([least, most])
  })

  test('has texts as long as those of the demonstration, with no blank left', () => {
    const texts = rows('service_translation').map(({ description }) => String(description))
    expect(median(texts.map(({ length }) => length))).toBeGreaterThan(200)
    expect(JSON.stringify([...made.tables])).not.toMatch(/\{(thing|who|place|body|street)\}|undefined/)
  })
})

describe('the comparison', () => {
  const root = process.cwd()
  const started: { stop(): Promise<void> }[] = []
  let folders: { root: string; temporary: string }
  let database: BenchDatabase
  let api: BenchProcess
  let found: Awaited<ReturnType<typeof startPeers>>

  beforeAll(async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'passerelle-test-'))
    await chmod(temporary, 0o711)
    folders = { root, temporary }
    await buildBench()
    database = await makeDatabase(inject('testServer').url, root, SIZE)
    api = await startApi(folders, database)
    started.push(api)
    found = await startPeers(folders, database, api, {
      letters: ['a', 'b', 'c', 'd', 'e', 'f'],
      samples: 30,
      started: (one) => started.push(one),
    })
  }, 120_000)
  afterAll(async () => {
    for (const one of started.reverse()) await one.stop()
    const administrator = new pg.Client({ connectionString: inject('testServer').url })
    await administrator.connect()
    await administrator.query(`DROP DATABASE IF EXISTS ${database.name} WITH (FORCE)`).finally(() => administrator.end())
    await rm(folders.temporary, { recursive: true, force: true })
  }, 20_000)

  test('is between servers that give the same data', () => {
    // 31 requests of both questions, on three peers.
    expect(found.compared).toBe(31 * 2 * 3)
    expect([...found.servers.keys()].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  test('is of pages of twenty services in about eight kilobytes', async () => {
    const text = await answerTo(api.url, 'list', plainAsk('list', database))
    expect(JSON.parse(text).data.services.edges).toHaveLength(20)
    expect(Buffer.byteLength(text)).toBeGreaterThan(6_000)
    expect(Buffer.byteLength(text)).toBeLessThan(10_000)
  })

  test('asks for what exists: filters, cursors and languages find something', async () => {
    const pages = await Promise.all(
      variedAsks('list', database, 30).map(
        async (ask) => JSON.parse(await answerTo(api.url, 'list', ask)).data.services.edges.length as number,
      ),
    )
    expect(median(pages)).toBeGreaterThan(10)
  })

  test('fails when a peer gives other data', async () => {
    const ask = plainAsk('slug', database)
    const other = (await answerTo(api.url, 'slug', ask)).replace('"language":"', '"language":"X')
    const liar = await startReady(folders, { '/graphql': other })
    started.push(liar)
    const compared = compareAnswers(
      new Map([
        ['this API', api],
        ['the liar', liar],
      ]),
      [{ question: 'slug', ask }],
    )
    await expect(compared).rejects.toThrow('the liar and this API do not give the same data')
  })

  test('sends every peer requests that it answers, and tells of those that it does not', async () => {
    const load = startLoad(root)
    started.push(load)
    const job = { numberFrom: 0, ready: 500, connections: 4, seconds: 0.2 }
    const requests = requestsOf('slug', database, true)
    for (const letter of ['b', 'c', 'd', 'f'] as const) {
      const url = found.servers.get(letter)?.url ?? ''
      expect([letter, await load.run({ ...job, url, requests })]).toEqual([letter, expect.objectContaining({ failed: 0 })])
    }
    const wrong = requests.map(({ body, headers }) => ({ headers, body: body.replace('alert', 'alarm') }))
    const refused = await load.run({ ...job, url: api.url, requests: wrong })
    expect(refused.failed).toBeGreaterThan(0)
  })
})

describe('the load', () => {
  test('sends different requests that are all different, on every connection', async () => {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        bodies.push(body)
        response.end('{"data":{}}')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const load = startLoad(process.cwd())
    try {
      const made = makeDirectory(await readContent('prisma/seed'), SIZE, TODAY)
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
      const requests = requestsOf('findAid', made, true).slice(0, 50)
      const outcome = await load.run({ url, requests, numberFrom: 1_000, ready: 20_000, connections: 4, seconds: 0.2 })
      expect(outcome).toMatchObject({ failed: 0 })
      expect(bodies.length).toBeGreaterThan(outcome.answered)
      expect(new Set(bodies).size).toBe(bodies.length)
      expect(JSON.parse(bodies[0] ?? '').variables).toMatchObject({ request: '1000', first: 10 })
    } finally {
      await load.stop()
      server.close()
    }
  })
})

describe('the report', () => {
  const sample = { rate: 100, answered: 1, median: 1, p99: 9, longest: 9, failed: 0, cpu: 100, databaseCpu: 0, busy: 1 }

  test('tells which goals are met', () => {
    const samples = new Map([
      ['a list', [{ ...sample, rate: 1_000 }]],
      ['e list', [{ ...sample, rate: 850 }]],
      ['c slug', [sample]],
      ['f slug', [{ ...sample, rate: 190 }]],
      ['300 slug', [sample]],
      ['300 findAid', [{ ...sample, p99: 9.9 }]],
      ['30000 findAid', [{ ...sample, median: 4.1 }]],
    ])
    expect(goals(samples, [300, 30_000]).map(({ text, found, met }) => [text, found, met])).toEqual([
      ['(e) / (a), list', '0.85', true],
      ['(f) / (c), by slug', '1.90', false],
      ['(g) p99 / by-slug median', '9.90', true],
      ['(g) median, 30,000 / 300 services', '4.10', false],
    ])
  })

  test('has medians: one slow round of three changes nothing', () => {
    expect(median([5, 1, 100])).toBe(5)
    expect(median([1, 2])).toBe(1.5)
  })
})

describe('the command line', () => {
  test('is read', () => {
    expect(readOptions(['--quick', '--only=e,f', '--services=300,3000'])).toMatchObject({
      quick: true,
      only: ['e', 'f'],
      services: [300, 3_000],
    })
    expect(readOptions([])).toMatchObject({ services: [300, 3_000, 30_000], quick: false, profile: false })
    expect(readOptions(['--profile']).profile).toBe(true)
  })
  test.each(['--fast', '--profile=yes', '--only=x', '--services=many', '--services=5'])('refuses %s', (arg) => {
    expect(() => readOptions([arg])).toThrow()
  })
})

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerTo } from './compare.ts'
import { comparedMeasurements, startPeers } from './compared.ts'
import { type BenchDatabase, makeDatabase, startPostgres } from './data/database.ts'
import { LOW, type Measurement, measureInRounds, medians, requestsOf } from './measure.ts'
import { type Letter, readOptions } from './options.ts'
import { postgresCpu } from './processes/postgres-cpu.ts'
import { type BenchProcess, startLoad } from './processes/spawn.ts'
import { variedAsks } from './queries.ts'
import * as report from './report.ts'
import { measureWrites, type WriteFigures, writeGoals, writeTable } from './writes.ts'
import { type SizeFigures, startTimed, timeSwaps } from './sizes.ts'

/** `npm run bench`: see docs/decisions/0009-measurements.md for what is measured and how. */
const root = process.cwd()
const began = performance.now()
const progress = (line: string) => console.error(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${line}`)

/** Where figures and profiles are kept; not committed. */
const RESULTS = join(root, 'bench/results')
/** Questions of a directory, whatever its size. */
const FAQ_ENTRIES = 100
/** Different requests that are compared before anything is measured. */
const COMPARED = 40

/** What has been started; ended in reverse, also after a failure. */
const started: { stop(): Promise<void> }[] = []

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const temporary = await mkdtemp(join(tmpdir(), 'passerelle-bench-'))
  started.push({ stop: () => rm(temporary, { recursive: true, force: true }) })
  // Root's PostgreSQL is another user, who must pass through.
  await chmod(temporary, 0o711)
  const folders = { root, temporary, ...(options.profile ? { profiles: RESULTS } : {}) }
  const postgres = await startPostgres(join(temporary, 'data'))
  started.push(postgres)
  const load = startLoad(root)
  started.push(load)
  const databaseCpu = () => postgresCpu(postgres.postmaster)

  const apis: { database: BenchDatabase; api: BenchProcess; figures: SizeFigures }[] = []
  for (const services of options.services) {
    progress(`making ${services} services, ${FAQ_ENTRIES} questions`)
    const database = await makeDatabase(postgres.url, root, { services, faqEntries: FAQ_ENTRIES })
    try {
      const { api, ...figures } = await startTimed(folders, database)
      started.push(api)
      apis.push({ database, api, figures: { services, ...figures, swap: Number.NaN, block: Number.NaN, longestWait: Number.NaN } })
    } catch (error) {
      // What can be measured still is.
      progress(`NOT STARTED with ${services} services: ${(error as Error).message.trim()}`)
      process.exitCode = 1
    }
  }

  const [first] = apis
  if (!first) return
  const peers = options.only.filter((letter) => letter !== 'g' && letter !== 'h')
  const { servers, compared } = await startPeers(folders, first.database, first.api, {
    letters: peers,
    samples: COMPARED,
    started: (one) => started.push(one),
  })
  progress(`${compared} answers are the same as this API's`)
  const samples = new Map(await measureInRounds(comparedMeasurements(servers, first.database), load, options, databaseCpu, progress))
  const memory = new Map<Letter, number>()
  for (const [letter, server] of servers) memory.set(letter, (await server.usage()).memory)
  console.log(`\n${first.figures.services} services, ${FAQ_ENTRIES} questions, medians of ${options.rounds} rounds\n`)
  console.log(report.comparison([...servers.keys()].sort(), samples, memory))

  if (options.only.includes('g')) {
    // One that fails is told with its answer; the load would only count it.
    for (const { database, api } of apis)
      for (const ask of variedAsks('findAid', database, COMPARED)) await answerTo(api.url, 'findAid', ask)
    const measurements = apis.flatMap(({ database, api, figures }) =>
      (['slug', 'list', 'findAid'] as const).map(
        (question): Measurement => ({
          key: `${figures.services} ${question}`,
          question,
          server: api,
          varied: true,
          requests: requestsOf(question, database, true),
          connections: LOW,
        }),
      ),
    )
    for (const [key, found] of await measureInRounds(measurements, load, options, databaseCpu, progress)) samples.set(key, found)
    console.log(`\nLatency, ${LOW} connections\n\n${report.latencies(samples, options.services)}`)
  }

  let writes: WriteFigures | null = null
  if (options.only.includes('h')) {
    writes = await measureWrites(first.api, first.database.url, load, options, progress)
    console.log(
      `\nRequests to be called back, ${writes.connections} at a time, medians of ${options.rounds} rounds\n\n${writeTable(writes)}`,
    )
  }

  for (const { database, api, figures } of apis) {
    progress(`changing the content of ${figures.services} services`)
    Object.assign(figures, await timeSwaps(api, database, options.quick ? 1 : 2))
    figures.mostMemory = (await api.usage()).mostMemory
  }
  console.log(`\nStart, and a change of the content until it shows\n\n${report.sizeTable(apis.map(({ figures }) => figures))}`)

  const goals = [...report.goals(samples, options.services), ...(writes ? writeGoals(writes) : [])]
  if (goals.length > 0) console.log(`\n${report.goalTable(goals)}`)
  await write({
    when: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model,
    options,
    compared,
    medians: Object.fromEntries([...samples].map(([key, found]) => [key, medians(found)])),
    samples: Object.fromEntries(samples),
    memory: Object.fromEntries(memory),
    sizes: apis.map(({ figures }) => figures),
    writes,
    goals,
  })
}

async function write(results: { when: string } & Record<string, unknown>): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const file = join(RESULTS, `${results.when.replace(/[:.]/g, '-')}.json`)
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
  console.log(`\n${process.version}, ${cpus().length} cores, ${Math.round((performance.now() - began) / 1000)} s. All figures: ${file}`)
}

async function stop(): Promise<void> {
  for (const one of started.reverse()) await one.stop().catch(() => undefined)
}

// Children end with this process; PostgreSQL must be told.
process.once('SIGINT', () => void stop().finally(() => process.exit(130)))
process.once('SIGTERM', () => void stop().finally(() => process.exit(143)))
try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await stop()
}
process.exit()

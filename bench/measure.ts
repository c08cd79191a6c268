import type { Made } from './data/make.ts'
import type { Job, Outcome } from './load/job.ts'
import { type Ask, bodyOf, headersOf, plainAsk, type Question, variedAsks } from './queries.ts'
import type { BenchProcess } from './processes/spawn.ts'

/** One line of measurements: a question, asked of a server in one way. */
export type Measurement = {
  key: string
  question: Question
  server: BenchProcess
  requests: Job['requests']
  /** Whether every request is another one. */
  varied: boolean
  /** Path below the server's address; the limit has one for each answer. */
  path?: string
  connections: number
}

/** What one round found. CPU in microseconds a request: of the server's process, and of PostgreSQL where that can be seen. */
export type Sample = Outcome & {
  cpu: number
  databaseCpu: number | null
  /** Share of the time in which the server's process computed; well below 1, the load generator or the database was the limit. */
  busy: number
}

export type Load = { run(job: Job): Promise<Outcome> }

/** Different requests that are made; numbered, so that none comes twice, they are gone through several times. */
const VARIETY = 4_000
/** Connections while throughput is measured, and while latency is. */
export const CONNECTIONS = 10
export const LOW = 2
/** Fewer answers say nothing: then it is measured for longer, up to so many seconds. */
const LEAST = 20
const LONGEST = 10
/** A server is warm after so many answers; slow ones are not waited for longer than so many times the usual. */
const WARM = 2_000
const MOST_WARM_UPS = 3
/** Different requests made ready for a second of load: more than any of these servers answers. */
const MOST_A_SECOND = 40_000

/** The requests of a question: one again and again, or many. */
export function requestsOf(question: Question, made: Made, varied: boolean): Job['requests'] {
  const asks: Ask[] = varied || question === 'findAid' ? variedAsks(question, made, VARIETY) : [plainAsk(question, made)]
  return asks.map((ask) => ({ body: bodyOf(question, ask), headers: headersOf(ask) }))
}

/**
 * Measures everything in rounds, one after another in each (A B C A B C), so that what slows the machine for a while slows all alike.
 * @returns the samples of each measurement, by key
 */
export async function measureInRounds(
  measurements: readonly Measurement[],
  load: Load,
  { rounds, seconds, warmUp }: { rounds: number; seconds: number; warmUp: number },
  databaseCpu: () => Promise<number | null>,
  progress: (line: string) => void,
): Promise<Map<string, Sample[]>> {
  const samples = new Map(measurements.map(({ key }) => [key, [] as Sample[]]))
  let number = 0
  const pace = new Map<string, number>()
  const run = async (measurement: Measurement, duration: number): Promise<Sample> => {
    const { key, server, path, requests, varied, connections } = measurement
    // The first time nobody knows how many will be needed.
    const ready = Math.ceil(Math.min(MOST_A_SECOND, (pace.get(key) ?? MOST_A_SECOND / 4) * 2) * duration) + connections
    const url = path ? new URL(path, server.url).href : server.url
    const [usageBefore, databaseBefore] = [await server.usage(), await databaseCpu()]
    const outcome = await load.run({ url, requests, numberFrom: varied ? number : null, ready, connections, seconds: duration })
    const [usage, database] = [await server.usage(), await databaseCpu()]
    number += ready
    if (outcome.rate > 0) pace.set(key, outcome.rate)
    if (outcome.answered < LEAST && duration < LONGEST) return run(measurement, duration * 4)
    if (outcome.failed > 0 || outcome.answered === 0)
      throw new Error(`${key}: ${outcome.failed} requests failed, ${outcome.answered} were answered.`)
    const cpu = (usage.cpu - usageBefore.cpu) / outcome.answered
    return {
      ...outcome,
      cpu,
      databaseCpu: database === null || databaseBefore === null ? null : (database - databaseBefore) / outcome.answered,
      busy: Math.min(1, (cpu * outcome.rate) / 1e6),
    }
  }
  progress('warming up')
  for (const measurement of measurements) {
    let answered = 0
    for (let time = 0; time < MOST_WARM_UPS && answered < WARM; time++) answered += (await run(measurement, warmUp)).answered
  }
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`)
    for (const measurement of measurements) {
      samples.get(measurement.key)?.push(await run(measurement, seconds))
    }
  }
  return samples
}

/** Of an odd number of values the one in the middle, else the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

/** The median of each figure by itself. */
export function medians(samples: readonly Sample[]): Sample {
  const of = (key: Exclude<keyof Sample, 'databaseCpu'>) => median(samples.map((sample) => sample[key]))
  const databaseCpu = samples.flatMap((sample) => sample.databaseCpu ?? [])
  return {
    rate: of('rate'),
    answered: of('answered'),
    median: of('median'),
    p99: of('p99'),
    longest: of('longest'),
    failed: of('failed'),
    cpu: of('cpu'),
    busy: of('busy'),
    databaseCpu: databaseCpu.length === 0 ? null : median(databaseCpu),
  }
}

import type { Made } from './data/make.ts'
import type { BenchDatabase } from './data/database.ts'
import { answerTo, compareAnswers } from './compare.ts'
import { CONNECTIONS, type Measurement, requestsOf } from './measure.ts'
import type { Letter } from './options.ts'
import { type Folders, startPeer, startReady } from './peers.ts'
import type { BenchProcess } from './processes/spawn.ts'
import { plainAsk, variedAsks } from './queries.ts'

const QUESTIONS = ['list', 'slug'] as const

/**
 * Starts the peers, and makes sure that they give the same data as this API.
 * @param samples how many different requests of each question are compared
 * @param started told of each process, whose end is the caller's
 * @returns the servers by case, this API under e and f, and how many answers were compared
 */
export async function startPeers(
  folders: Folders,
  database: BenchDatabase,
  api: BenchProcess,
  { letters, samples, started }: { letters: readonly Letter[]; samples: number; started(one: BenchProcess): void },
) {
  const servers = new Map<Letter, BenchProcess>()
  const add = (letter: Letter, server: BenchProcess) => {
    servers.set(letter, server)
    started(server)
  }
  for (const letter of ['b', 'c', 'd'] as const) {
    if (letters.includes(letter)) add(letter, await startPeer(folders, letter, database))
  }
  const asks = QUESTIONS.flatMap((question) =>
    [plainAsk(question, database), ...variedAsks(question, database, samples)].map((ask) => ({ question, ask })),
  )
  const compared = await compareAnswers(
    new Map([['this API', api], ...[...servers].map(([letter, one]) => [`(${letter})`, one] as const)]),
    asks,
  )
  if (letters.includes('a')) {
    const answers: Record<string, string> = {}
    for (const question of QUESTIONS) answers[`/${question}`] = await answerTo(api.url, question, plainAsk(question, database))
    add('a', await startReady(folders, answers))
  }
  for (const letter of ['e', 'f'] as const) if (letters.includes(letter)) servers.set(letter, api)
  return { servers, compared }
}

/** What is measured of each server. Peers that ask the database get the same different requests as (f); they have no memory of answers. */
export function comparedMeasurements(servers: ReadonlyMap<Letter, BenchProcess>, made: Made): Measurement[] {
  return QUESTIONS.flatMap((question) => {
    const [same, different] = [requestsOf(question, made, false), requestsOf(question, made, true)]
    return [...servers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([letter, server]): Measurement => {
        const varied = letter !== 'a' && letter !== 'e'
        return {
          key: `${letter} ${question}`,
          question,
          server,
          varied,
          requests: varied ? different : same,
          ...(letter === 'a' ? { path: `/${question}` } : {}),
          connections: CONNECTIONS,
        }
      })
  })
}

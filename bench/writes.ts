import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Load, median } from './measure.ts'
import type { Options } from './options.ts'
import type { BenchProcess } from './processes/spawn.ts'
import { count, type Goal, milliseconds, ratio, table } from './report.ts'

/** What a request to be called back costs beside a bare insert of the same row. Rates a second, times in milliseconds. */
export type WriteFigures = {
  connections: number
  /** Rows inserted one by one by the driver, each committed, into a table with the same columns and indexes. */
  bare: number
  /** Requests acknowledged: sealed, with their event and their audit row. */
  acknowledged: number
  /** At four fifths of that load, sent evenly. */
  median: number
  p99: number
  longest: number
}

/** Enough people at once that neither waits for the other side of the network. */
const CONNECTIONS = 64
/** As many connections to the database as the server has. */
const POOL = 10
const PACED = 0.8
const REQUEST = `mutation RequestCallback($input: RequestCallbackInput!) {
  requestCallback(input: $input) {
    __typename
    ... on CallbackReceipt { reference line { name } slot { timesLabel } }
    ... on UserError { message }
    ... on InvalidInput { problems { path message } }
  }
}`

/** A request as the widget sends it, of a person of her own each time. */
function bodyFor(line: string): string {
  const input = {
    idempotencyKey: 'bench-{number}',
    line,
    phone: '+3247{number}',
    language: 'FR',
    noticeVersion: '2026-11-22',
    name: 'Ada Lovelace',
    message: 'Une lettre de l’huissier est arrivée ce matin, je ne sais pas quoi faire. Je suis chez moi l’après-midi.',
    safeContact: { voicemail: false, sms: false, sayWhoCalls: true },
  }
  return JSON.stringify({ query: REQUEST, operationName: 'RequestCallback', variables: { input } })
}

/**
 * Measures both in turns on the same PostgreSQL, so that what slows the machine slows both.
 * @throws Error when a request was answered by anything but a receipt
 */
export async function measureWrites(
  api: BenchProcess,
  databaseUrl: string,
  load: Load,
  { rounds, seconds, warmUp }: Pick<Options, 'rounds' | 'seconds' | 'warmUp'>,
  progress: (line: string) => void,
): Promise<WriteFigures> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL })
  try {
    const { rows } = await pool.query<{ slug: string }>(
      'SELECT slug FROM line WHERE accepts_callbacks AND valid_to IS NULL ORDER BY slug LIMIT 1',
    )
    const line = rows[0]?.slug
    if (!line) throw new Error('there is no line that calls back')
    let number = 0
    const send = async (duration: number, rate?: number) => {
      const ready = Math.ceil((rate ?? MOST_A_SECOND) * duration) + CONNECTIONS
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'accept-language': 'fr' }
      const requests = [{ body: bodyFor(line), headers }]
      const before = await stored(pool)
      const job = {
        url: api.url,
        requests,
        numberFrom: number,
        ready,
        connections: CONNECTIONS,
        seconds: duration,
        rate,
        says: 'CallbackReceipt',
      }
      const outcome = await load.run(job)
      number += ready
      const added = (await stored(pool)) - before
      // The load generator sends the first request of each connection twice, and the second time is no work: it does not count.
      if (outcome.failed > 0 || added < outcome.answered - CONNECTIONS)
        throw new Error(`${outcome.failed} failed, ${outcome.answered} answered, ${added} stored`)
      return { ...outcome, rate: outcome.rate * Math.min(1, added / outcome.answered) }
    }
    const bare = await bareInserts(pool)
    progress('writes: warming up')
    await send(warmUp)
    await bare(warmUp)
    const rates = { bare: [] as number[], acknowledged: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      progress(`writes: round ${round} of ${rounds}`)
      rates.bare.push(await bare(seconds))
      rates.acknowledged.push((await send(seconds)).rate)
    }
    const acknowledged = median(rates.acknowledged)
    const paced = [
      await send(seconds * 2, acknowledged * PACED),
      await send(seconds * 2, acknowledged * PACED),
      await send(seconds * 2, acknowledged * PACED),
    ]
    const of = (key: 'median' | 'p99' | 'longest') => median(paced.map((one) => one[key]))
    return {
      connections: CONNECTIONS,
      bare: median(rates.bare),
      acknowledged,
      median: of('median'),
      p99: of('p99'),
      longest: of('longest'),
    }
  } finally {
    await pool.end()
  }
}

/** More than any server here acknowledges. */
const MOST_A_SECOND = 8_000

const stored = async (pool: pg.Pool): Promise<number> =>
  Number((await pool.query<{ count: string }>('SELECT count(*) FROM callback_request')).rows[0]?.count)

/** A table like that of the requests, and a way to fill it one row after the other, for so many seconds. @returns rows a second */
async function bareInserts(pool: pg.Pool): Promise<(seconds: number) => Promise<number>> {
  await pool.query('CREATE TABLE IF NOT EXISTS bare_request (LIKE callback_request INCLUDING ALL)')
  const { rows } = await pool.query<{ site: string; line: string }>(
    'SELECT (SELECT id FROM site LIMIT 1) AS site, (SELECT id FROM line LIMIT 1) AS line',
  )
  const { site, line } = rows[0] ?? {}
  const sealed = 'v1.k1.'.padEnd(90, 'x')
  const text = `INSERT INTO bare_request (id, reference, site_id, line_id, language, phone_sealed, name_sealed, message_sealed, phone_index,
    safe_voicemail, safe_sms, safe_say_who_calls, notice_version, notice_language, idempotency_index, input_digest, requested_at, call_from)
    VALUES ($1, $2, $3, $4, 'FR', $5, $5, $6, $7, false, false, true, '1', 'FR', $8, $9, $10, $10)`
  const one = () => {
    const id = randomUUID()
    const values = [id, id, site, line, sealed, sealed.padEnd(220, 'x'), `${id}1234567`, `${id}7654321`, `${id}0000000`, new Date()]
    return pool.query({ name: 'bare', text, values })
  }
  return async (seconds) => {
    const began = performance.now()
    const end = began + seconds * 1_000
    let inserted = 0
    const caller = async () => {
      while (performance.now() < end) {
        await one()
        inserted++
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, caller))
    return inserted / ((performance.now() - began) / 1_000)
  }
}

export const writeTable = (found: WriteFigures): string =>
  table(
    ['', 'a second', 'median', 'p99', 'longest'],
    [
      ['bare insert of the row, same driver', count(found.bare), '', '', ''],
      ['(h) acknowledged', count(found.acknowledged), '', '', ''],
      [
        '(h) at 80 % of that load',
        count(found.acknowledged * PACED),
        milliseconds(found.median),
        milliseconds(found.p99),
        milliseconds(found.longest),
      ],
    ],
  )

/** The goals of the write path. */
export function writeGoals({ bare, acknowledged, median: middle, p99 }: WriteFigures): Goal[] {
  const share = acknowledged / bare
  const spread = p99 / middle
  return [
    { text: '(h) / bare insert', wanted: 'at least 0.33', found: ratio(share), met: share >= 1 / 3 },
    { text: '(h) p99 / median at 80 %', wanted: 'under 10', found: ratio(spread), met: spread < 10 },
  ]
}

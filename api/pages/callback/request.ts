import { randomUUID } from 'node:crypto'
import { dangersIn } from '../../aid/rules/danger.ts'
import { slotsOf } from '../../callback/rules/slots.ts'
import type { Line } from '../../directory/snapshot.ts'
import { ChallengeRequired, Conflict, InvalidInput, type Problem, SlotTaken, TooManyRequests } from '../../errors.ts'
import { emergencyLines } from '../../line/rules.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { stringsFor } from '../../strings/strings.ts'
import { askForCall, type Times, timesOf } from '../actions.ts'
import { type Reader, wordsOf } from '../layout.ts'
import { needsQuickExit } from '../parts.ts'
import type { Answered, Asked } from './asked.ts'
import { donePage } from './done.ts'
import { formPage, gatePage, labelsOf, type Outcome } from './form.ts'
import { inputOf, readWanted, type Wanted } from './wanted.ts'

/** Asking for a call: by GET the form, by POST what came of it. Whatever came of it, what was filled in is still there. */
export async function answerCallback(asked: Asked): Promise<Answered> {
  const { query, body, reader, context } = asked
  const wanted = readWanted(query, body, reader, context.channels)
  if (wanted.gated) return { page: gatePage(wanted, body !== null, reader), status: 200 }
  if (!body) return form(wanted, asked, 200)
  if (body.has('show')) return wanted.line ? form(wanted, asked, 200) : form(wanted, asked, 422, { problems: missingLine(reader) })
  try {
    const told = await askForCall(context, inputOf(wanted, reader))
    const dangers = dangersIn(reader.directory, `${wanted.fields.message} ${wanted.fields.note}`)
    const first = dangers.flatMap((need) => emergencyLines(reader.directory, need, dayIn(reader.now)))
    const lines = [...new Set([...wanted.emergency, ...first])]
    return { page: donePage(told, wanted, lines, needsQuickExit(dangers), reader), status: 200 }
  } catch (error) {
    return notStored(error, wanted, asked)
  }
}

/** The form again, with why. */
function notStored(error: unknown, wanted: Wanted, asked: Asked): Promise<Answered> {
  const { reader, explain } = asked
  const strings = stringsFor(reader.languages)
  const words = wordsOf(reader).callback
  if (error instanceof InvalidInput) return form(wanted, asked, 422, { problems: problemsOf(error, wanted, reader) })
  if (error instanceof SlotTaken) {
    return form(withFields(wanted, { slot: '' }), asked, 409, { problems: new Map([['slot', strings.slotTaken]]) })
  }
  if (error instanceof Conflict) {
    if (error.conflict !== 'idempotency_key_reused') return form(wanted, asked, 409, { failure: strings.conflicts[error.conflict] })
    // What was stored stays; what was changed since is another request, if she wants it.
    return form(withFields(wanted, { key: randomUUID() }), asked, 409, { failure: words.alreadySent })
  }
  if (error instanceof ChallengeRequired) return form(wanted, asked, 429, { failure: words.volume })
  if (error instanceof TooManyRequests) {
    const { retryAfterSeconds } = error
    const failure = strings.tooManyRequests(Math.ceil(retryAfterSeconds / 60), wanted.line?.number)
    return form(wanted, asked, 429, { failure, retryAfter: retryAfterSeconds })
  }
  const away = explain(error)
  return away
    ? form(wanted, asked, 503, { failure: strings.unavailable, retryAfter: away.retryAfterSeconds, databaseAway: true })
    : form(wanted, asked, 500, { failure: words.failed, databaseAway: true })
}

type Reason = Outcome & { retryAfter?: number; databaseAway?: boolean }

async function form(
  wanted: Wanted,
  asked: Asked,
  status: number,
  { retryAfter, databaseAway, ...outcome }: Reason = {},
): Promise<Answered> {
  const { reader, context, explain } = asked
  const { line } = wanted
  const page = (times: Times | null, came: Outcome) => formPage(wanted, times, reader, came)
  if (!line) return { page: page(null, outcome), status, retryAfter }
  if (databaseAway) return { page: page(timesByTheHours(line, reader), outcome), status, retryAfter }
  try {
    return { page: page(await timesOf(context, line), outcome), status, retryAfter }
  } catch (error) {
    const away = explain(error)
    const failure = away ? stringsFor(reader.languages).unavailable : wordsOf(reader).callback.failed
    const wait = away ? away.retryAfterSeconds : undefined
    return { page: page(timesByTheHours(line, reader), { ...outcome, failure }), status: away ? 503 : 500, retryAfter: wait }
  }
}

/** Without the database nobody knows which slots are full; the request itself will tell. */
const timesByTheHours = (line: Line, { now }: Reader): Times => ({ slots: slotsOf(line, now), expected: null })

const withFields = (wanted: Wanted, changed: Partial<Wanted['fields']>): Wanted => ({ ...wanted, fields: { ...wanted.fields, ...changed } })

const missingLine = (reader: Reader): Map<string, string> => new Map([['line', stringsFor(reader.languages).problems.required({})]])

/** Each problem at its field, in the order of the page. */
function problemsOf({ problems }: InvalidInput, wanted: Wanted, reader: Reader): Map<string, string> {
  const strings = stringsFor(reader.languages)
  const named = problems.map((problem): [string, string] => {
    const name = problem.path.at(-1) ?? ''
    const isMissing = name === 'line' && wanted.line === null
    const { code, params }: Pick<Problem, 'code' | 'params'> = isMissing ? { code: 'required' } : problem
    return [name, strings.problems[code](params ?? {})]
  })
  const order = Object.keys(labelsOf(reader))
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return new Map(named.sort(([a], [b]) => place(a) - place(b)))
}

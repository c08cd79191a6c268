import { Conflict, InvalidInput, NotFound, SlotTaken, TooManyRequests } from '../../errors.ts'
import { stringsFor } from '../../strings/strings.ts'
import { tidyText } from '../../strings/written.ts'
import { confirm, erase, follow, move, takeBack, timesToMove, type Told, withdraw } from '../actions.ts'
import { wordsOf } from '../layout.ts'
import type { Answered, Asked } from './asked.ts'
import { agreementPage, answerPage, erasedPage, foundPage, type Kept, lookPage, movePage, type Said, surePage } from './follow.ts'
import { ASAP } from './wanted.ts'

/** What is read of it, in characters. */
const LONGEST = 100

/**
 * Following a request: by GET the two questions, by POST how it stands, or what becomes of it. Reference and phone come in the body each
 * time, and the answer is the same whichever of them is wrong.
 */
export async function answerFollow(asked: Asked): Promise<Answered> {
  const { query, body, reader, context } = asked
  const given = (name: string) => tidyText(body?.get(name) ?? '').slice(0, LONGEST)
  const kept: Kept = { site: query.get('site') || null, reference: given('reference'), phone: given('phone') }
  if (!body) return { page: lookPage(kept, reader), status: 200 }
  const missing = (['reference', 'phone'] as const).filter((name) => kept[name] === '')
  if (missing.length > 0) {
    const required = stringsFor(reader.languages).problems.required({})
    return { page: lookPage(kept, reader, { problems: new Map(missing.map((name) => [name, required])) }), status: 422 }
  }
  try {
    switch (body.get('act')) {
      case 'withdraw':
      case 'erase':
        return { page: surePage(body.get('act') as 'withdraw' | 'erase', kept, reader), status: 200 }
      case 'move':
        return await otherTimes(kept, asked, 200)
      case 'move-now':
        return await moved(body.get('slot') ?? '', kept, asked)
      case 'withdraw-now':
        return { page: foundPage(await withdraw(context, kept), kept, reader), status: 200 }
      case 'agreement':
        return await agreement(kept, asked)
      case 'agreement-now':
        return {
          page: foundPage(await takeBack(context, kept), kept, reader, { news: wordsOf(reader).callback.agreementGone }),
          status: 200,
        }
      case 'answer':
        return await asksForAnswer(kept, asked)
      case 'answer-now':
        return await answered(kept, asked, body)
      case 'erase-now':
        await erase(context, kept)
        return { page: erasedPage(kept, reader), status: 200 }
      default:
        return { page: foundPage(await found(kept, asked), kept, reader), status: 200 }
    }
  } catch (error) {
    return notDone(error, kept, asked)
  }
}

async function found(kept: Kept, { context }: Asked): Promise<Told> {
  const told = await follow(context, kept)
  if (!told) throw new NotFound()
  return told
}

/** A partner is to have it still: who, is said before she decides. */
async function agreement(kept: Kept, asked: Asked): Promise<Answered> {
  const told = await found(kept, asked)
  if (!told.handed) throw new Conflict('case_over')
  return { page: agreementPage(told, kept, asked.reader), status: 200 }
}

async function asksForAnswer(kept: Kept, asked: Asked): Promise<Answered> {
  const told = await found(kept, asked)
  if (!told.canAnswer) return { page: foundPage(told, kept, asked.reader), status: 200 }
  return { page: answerPage({ contacted: '', useful: '', still: '' }, kept, asked.reader), status: 200 }
}

async function answered(kept: Kept, { reader, context }: Asked, body: URLSearchParams): Promise<Answered> {
  const given = (name: keyof Said) => (['yes', 'no'].includes(body.get(name) ?? '') ? (body.get(name) as string) : '')
  const said: Said = { contacted: given('contacted'), useful: given('useful'), still: given('still') }
  const missing = (['contacted', 'still'] as const).filter((name) => said[name] === '')
  if (missing.length > 0) {
    const required = stringsFor(reader.languages).problems.required({})
    return { page: answerPage(said, kept, reader, new Map(missing.map((name) => [name, required]))), status: 422 }
  }
  const stillNeeded = said.still === 'yes'
  const useful = said.useful === '' ? null : said.useful === 'yes'
  const told = await confirm(context, kept, { contacted: said.contacted === 'yes', useful, stillNeeded })
  const words = wordsOf(reader).callback
  return { page: foundPage(told, kept, reader, { news: stillNeeded ? words.reopened : words.thanks }), status: 200 }
}

/** @param problem why the last choice was not taken */
async function otherTimes(kept: Kept, asked: Asked, status: number, problem?: string): Promise<Answered> {
  const { reader, context } = asked
  const told = await found(kept, asked)
  const line = context.directory.linesById.get(told.receipt.lineId)
  if (told.receipt.status === 'CLAIMED') throw new Conflict('callback_under_way')
  if (told.receipt.status !== 'NEW' || !line) throw new Conflict('callback_over')
  return { page: movePage(told, await timesToMove(context, line, told), kept, reader, problem), status }
}

/** @param slot id of the slot that was chosen, ASAP, or '' for none */
async function moved(slot: string, kept: Kept, asked: Asked): Promise<Answered> {
  const { reader, context } = asked
  const strings = stringsFor(reader.languages)
  if (slot === '') return otherTimes(kept, asked, 422, strings.problems.required({}))
  try {
    const told = await move(context, kept, slot === ASAP ? null : slot)
    return { page: foundPage(told, kept, reader, { news: wordsOf(reader).callback.moved }), status: 200 }
  } catch (error) {
    if (error instanceof SlotTaken) return otherTimes(kept, asked, 409, strings.slotTaken)
    if (error instanceof InvalidInput) return otherTimes(kept, asked, 422, strings.problems.slot_not_offered({}))
    throw error
  }
}

async function notDone(error: unknown, kept: Kept, { reader, context, explain }: Asked): Promise<Answered> {
  const strings = stringsFor(reader.languages)
  const look = (status: number, failure: string, retryAfter?: number) => ({ page: lookPage(kept, reader, { failure }), status, retryAfter })
  if (error instanceof NotFound) return look(404, strings.notFound.callback)
  if (error instanceof Conflict) {
    const failure = strings.conflicts[error.conflict]
    const told = await follow(context, kept).catch(() => null)
    return told ? { page: foundPage(told, kept, reader, { failure }), status: 409 } : look(409, failure)
  }
  if (error instanceof TooManyRequests) {
    return look(429, strings.tooManyRequests(Math.ceil(error.retryAfterSeconds / 60)), error.retryAfterSeconds)
  }
  const away = explain(error)
  return away ? look(503, strings.unavailable, away.retryAfterSeconds) : look(500, wordsOf(reader).callback.failed)
}

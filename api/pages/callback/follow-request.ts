import { Conflict, NotFound, TooManyRequests } from '../../errors.ts'
import { stringsFor } from '../../strings/strings.ts'
import { tidyText } from '../../strings/written.ts'
import { erase, follow, withdraw } from '../actions.ts'
import { wordsOf } from '../layout.ts'
import type { Answered, Asked } from './door.ts'
import { erasedPage, foundPage, type Kept, lookPage, surePage } from './follow.ts'

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
      case 'withdraw-now':
        return { page: foundPage(await withdraw(context, kept), kept, reader), status: 200 }
      case 'erase-now':
        await erase(context, kept)
        return { page: erasedPage(kept, reader), status: 200 }
      default: {
        const told = await follow(context, kept)
        if (!told) throw new NotFound()
        return { page: foundPage(told, kept, reader), status: 200 }
      }
    }
  } catch (error) {
    return notDone(error, kept, asked)
  }
}

async function notDone(error: unknown, kept: Kept, { reader, context, explain }: Asked): Promise<Answered> {
  const strings = stringsFor(reader.languages)
  const look = (status: number, failure: string, retryAfter?: number) => ({ page: lookPage(kept, reader, { failure }), status, retryAfter })
  if (error instanceof NotFound) return look(404, strings.notFound)
  if (error instanceof Conflict) {
    const failure = strings.conflicts[error.conflict]
    const told = await follow(context, kept).catch(() => null)
    return told ? { page: foundPage(told, kept, reader, failure), status: 409 } : look(409, failure)
  }
  if (error instanceof TooManyRequests) {
    return look(429, strings.tooManyRequests(Math.ceil(error.retryAfterSeconds / 60)), error.retryAfterSeconds)
  }
  const away = explain(error)
  return away ? look(503, strings.unavailable, away.retryAfterSeconds) : look(500, wordsOf(reader).callback.failed)
}

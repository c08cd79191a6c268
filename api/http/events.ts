import type { ExecutionResult } from 'graphql'
import { SignInRequired } from '../errors.ts'
import type { Outlet, Stream } from './exchange.ts'

/** In milliseconds: proxies cut what is silent for a minute, or for 30 s. */
const PING_MS = 15_000
/** How often it is asked whether the reader may still read, in milliseconds: who may not any more is let go within a minute. */
const CHECK_MS = 30_000
/** How long a stream lasts at most, in milliseconds: as long as a session. Whoever still may begins another one. */
const LONGEST_MS = 8 * 3_600_000

export const TIMING = { pingMs: PING_MS, checkMs: CHECK_MS, longestMs: LONGEST_MS }

export type EventStreamOptions = {
  /** Whether the reader may still read. */
  stillMay(): Promise<boolean>
  timing?: typeof TIMING
}

/**
 * Results that go on, as server-sent events: GraphQL over SSE in its "distinct connections" mode. Each is an event `next`; the end is an
 * event `complete`, whoever ends it.
 */
export function eventStream(results: AsyncIterable<ExecutionResult>, { stillMay, timing = TIMING }: EventStreamOptions): Stream {
  return async ({ write, end }: Outlet) => {
    const iterator = results[Symbol.asyncIterator]()
    const finish = () => void iterator.return?.()
    end.addEventListener('abort', finish, { once: true })
    if (end.aborted) finish()
    let taken = true
    const tell = async (text: string) => {
      taken = false
      await write(text)
      taken = true
    }
    // Who has not taken the last of it needs no sign of life as well.
    const ping = setInterval(() => void (taken && tell(PING)), timing.pingMs)
    const check = setInterval(checker(stillMay, finish), timing.checkMs)
    const limit = setTimeout(finish, timing.longestMs)
    try {
      // Headers are sent with the first bytes: browsers wait for both.
      await tell(PING)
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        await tell(`event: next\ndata: ${JSON.stringify(next.value)}\n\n`)
      }
    } catch {
      // The results have failed, which their source has told; whoever reads begins again.
    }
    clearInterval(ping)
    clearInterval(check)
    clearTimeout(limit)
    end.removeEventListener('abort', finish)
    finish()
    await write('event: complete\ndata:\n\n')
  }
}

const PING = ':\n\n'

/** Ends it when the reader may no longer read, and when that could not be found out twice in a row: the promise is a minute. */
function checker(stillMay: () => Promise<boolean>, finish: () => void): () => Promise<void> {
  let failed = false
  return async () => {
    try {
      if (!(await stillMay())) finish()
      failed = false
    } catch (error) {
      if (failed || error instanceof SignInRequired) finish()
      failed = true
    }
  }
}

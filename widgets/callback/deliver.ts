import type { RequestCallbackMutation } from '../../schema/generated/callback.ts'
import type { RequestFailed } from '../shared/client.ts'
import type { Input } from './input.ts'

export type Result = RequestCallbackMutation['requestCallback']

/** After a failure of the network, how long until each further attempt, in ms. The network's coming back ends the wait. */
const PAUSES = [2_000, 5_000, 15_000]
/** A server that says it is back within this time, in seconds, is waited for. */
const SOON = 15
/** Challenges solved for one request: a second one comes when the first was too old by then. */
const CHALLENGES = 2

export interface Courier {
  /** One attempt. */
  post(input: Input): Promise<Result>
  /** What happens meanwhile: a name of a text, and the number to call instead. */
  tell(note: 'sending' | 'waiting' | 'retrying' | 'solving', number?: string): void
  /** False once the person has left or begun anew: then an AbortError ends it. */
  going(): boolean
}

/**
 * Sends a request until there is an answer for the person. A network that fails is tried again up to three times, and a proof of work that
 * the server wants is computed. Every attempt has the same key, so the server stores one request whatever got lost.
 * @returns the answer; ChallengeRequired when the proof cannot be computed here
 * @throws RequestFailed when the network does not come back; AbortError
 */
export async function deliver(input: Input, { post, tell, going }: Courier): Promise<Result> {
  let challenge: string | undefined
  let failures = 0
  let challenges = 0
  const check = () => {
    if (!going()) throw new DOMException('', 'AbortError')
  }
  for (;;) {
    tell('sending')
    try {
      const result = await post({ ...input, challenge })
      if (result.__typename !== 'ChallengeRequired' || challenges++ === CHALLENGES) return result
      tell('solving', result.number)
      challenge = await solved(result.challenge, going)
      check()
      if (!challenge) return result
    } catch (error) {
      const { kind, after = 0 } = error as RequestFailed
      const pause = PAUSES[failures++]
      if (!pause || !(kind === 'offline' || kind === 'unreachable' || (after && after <= SOON))) throw error
      tell(kind === 'offline' ? 'waiting' : 'retrying')
      await network(Math.max(pause, after * 1000))
      check()
    }
  }
}

/** The solver is a file of its own: few people ever need it. */
const solved = async (challenge: string, going: () => boolean) => {
  try {
    const { solve } = await import('./solve.ts')
    return await solve(challenge, going)
  } catch {
    // No `crypto.subtle` on a page that is not secure, or the file did not come: the number is the way.
    return
  }
}

/** Settles when the network comes back, or after a time. */
const network = (ms: number) =>
  new Promise<void>((resolve) => {
    const go = () => {
      removeEventListener('online', go)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(go, ms)
    addEventListener('online', go)
  })

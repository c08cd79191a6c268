import type { Context } from '../../context.ts'
import type { Line } from '../../directory/snapshot.ts'
import { ChallengeRequired, TooManyRequests } from '../../errors.ts'
import { addressBlock } from '../../limits/limits.ts'
import { blindIndex } from '../../sealing/seal.ts'
import type { Site } from '../../site/rules/site.ts'
import { makeChallenge, type Proof, readSolution } from '../rules/challenge.ts'
import { type Caller, challengeLimit, freeLimits, levelFor, lookUpLimits, phoneLimit, workedBySite, workedLimits } from '../rules/limits.ts'

/**
 * Lets a request in, as far as its volume goes: it counts for the number, the address and the site, in this order. What is asked to work for
 * it first counts for none of them until it has.
 * @param challenge the solution that came with it
 * @returns the proof of work, to be stored with the request so that it is not used twice; null when none was needed
 * @throws ChallengeRequired when too much has come already, and when a solution was sent that does not hold; TooManyRequests
 */
export async function admitRequest(
  context: Context,
  { site, phone, line, challenge }: { site: Site; phone: string; line: Line; challenge: string | null },
): Promise<Proof | null> {
  const { limits, keys, now } = context
  if (!limits.hold) return null
  const refusal = async () => new ChallengeRequired(await newChallenge(context, site), line.number)
  const proof = challenge === null ? null : await readSolution(secretsOf(keys), challenge, { site: site.key, now })
  if (challenge !== null && !proof) {
    await limits.turn()
    throw await refusal()
  }

  const caller = callerOf(context, site)
  await limits.take(phoneLimit(caller, phone))
  try {
    await limits.take(proof ? workedLimits(caller) : freeLimits(caller))
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error
    await limits.giveBack(phoneLimit(caller, phone))
    throw proof ? error : await refusal()
  }
  return proof
}

/** Nothing was stored of a request that was let in, and nobody need hear of it: it does not count for the number. */
export async function takeBack(context: Context, { site, phone }: { site: Site; phone: string }): Promise<void> {
  await context.limits.giveBack(phoneLimit(callerOf(context, site), phone))
}

/**
 * Lets somebody look for a request by what the citizen kept; found or not, it counts.
 * @throws TooManyRequests; SiteRefused
 */
export async function admitLookUp(context: Context): Promise<void> {
  await context.limits.take(lookUpLimits(callerOf(context, context.site())))
}

/**
 * A proof of work to do, as JSON; harder the more comes from the same address, and for the same site.
 * @throws TooManyRequests when too many were asked for and not done
 */
export async function newChallenge(context: Context, site: Site): Promise<string> {
  const { limits, keys, now } = context
  const caller = callerOf(context, site)
  const given = challengeLimit(caller)
  await limits.take(given)
  const [challenges, worked] = await Promise.all([given[0] ? limits.count(given[0]) : 0, limits.count(workedBySite(caller))])
  return makeChallenge(secretsOf(keys), { site: site.key, now, level: levelFor(caller, { challenges, worked }) })
}

const callerOf = ({ fromPage, address }: Context, site: Site): Caller => ({
  site,
  fromPage,
  address: address === null ? null : addressBlock(address),
})

/** Both follow from the key that finds numbers again: a challenge holds in every process, and one key less is to be kept. */
const secretsOf = (keys: Context['keys']) => ({
  challenge: blindIndex(keys, 'challenge.signature', ''),
  answer: blindIndex(keys, 'challenge.answer', ''),
})

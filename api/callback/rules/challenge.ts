import { createHash, randomInt } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge, Payload } from 'altcha-lib/types'
import type { Level } from './limits.ts'

/**
 * Proof of work as ALTCHA has it (version 2): which counter, after the nonce, gives a key with this beginning? The solver tries 0, 1, 2 … until
 * it finds it. The counter is drawn beforehand, so the most that can be asked of a slow phone is known; every counter is as likely, so
 * nobody saves work by beginning elsewhere.
 */
const ALGORITHM = 'PBKDF2/SHA-256'
/** Rounds of one try: few, since making a challenge costs the server one try too (0.5 ms); enough that calling the function does not count. */
const COST = 2_000
/**
 * The last counter there may be, by level: on average half as many tries. A try takes 0.5 ms on a computer of 2023 and some 6 ms on a phone
 * of 2015, so a phone works 1 s, 3 s and 9 s on average, twice that at most.
 */
const LAST_COUNTER: Record<Level, number> = { 1: 320, 2: 960, 3: 2_880 }
/** How long a challenge may be solved, in milliseconds. */
const VALID_MS = 600_000
/** A solution has some 700 characters. */
const LONGEST = 4_000

/** Keys for signing: what is asked, and its answer, which then need not be worked out again. */
export type ChallengeSecrets = { challenge: string; answer: string }

/** A proof of work that was done: it is stored with what it let in, and never lets in anything else. */
export type Proof = { id: string; expiresAt: Date }

/** @returns a challenge as JSON, good for one request of this site within ten minutes */
export async function makeChallenge(
  secrets: ChallengeSecrets,
  { site, now, level }: { site: string; now: Date; level: Level },
): Promise<string> {
  const challenge = await createChallenge({
    algorithm: ALGORITHM,
    cost: COST,
    counter: randomInt(LAST_COUNTER[level] + 1),
    data: { site, until: now.getTime() + VALID_MS },
    deriveKey,
    hmacSignatureSecret: secrets.challenge,
    hmacKeySignatureSecret: secrets.answer,
  })
  return JSON.stringify(challenge)
}

/**
 * Judges a solution: two HMACs, however hard the work was.
 * @param text what ALTCHA's own widget sends, JSON of `{challenge, solution}` in base64; or that JSON itself
 * @returns null when it is wrong, too late, for another site, or no solution at all
 */
export async function readSolution(
  secrets: ChallengeSecrets,
  text: string,
  { site, now }: { site: string; now: Date },
): Promise<Proof | null> {
  const payload = parse(text)
  if (!payload) return null
  const { challenge, solution } = payload
  const { data } = challenge.parameters
  const until = Number(data?.until)
  if (data?.site !== site || !(now.getTime() < until)) return null
  const signed = { challenge, solution, deriveKey, hmacSignatureSecret: secrets.challenge, hmacKeySignatureSecret: secrets.answer }
  // Whatever else a forger put in place of a text, a number or an object.
  const { verified } = await verifySolution(signed).catch(() => ({ verified: false }))
  if (!verified) return null
  return { id: createHash('sha256').update(challenge.signature).digest('base64url'), expiresAt: new Date(until) }
}

type Signed = { challenge: Challenge & { signature: string }; solution: Payload['solution'] }

/** What can be signed, with the signature of the answer that makes it cheap to judge; null for all else. */
function parse(text: string): Signed | null {
  if (text.length > LONGEST) return null
  try {
    const json = text.trimStart().startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8')
    const payload = JSON.parse(json) as Partial<Signed> | null
    const signed = typeof payload?.challenge?.signature === 'string' && typeof payload.challenge.parameters?.keySignature === 'string'
    return signed ? (payload as Signed) : null
  } catch {
    return null
  }
}

import { randomUUID } from 'node:crypto'
import type { Context } from '../../context.ts'
import { ChallengeRequired, Conflict, SlotTaken } from '../../errors.ts'
import { DEADLOCK, LOCK_NOT_AVAILABLE, sqlStateOf, UNIQUE_VIOLATION } from '../../db/sqlstate.ts'
import { blindIndex, seal } from '../../sealing/seal.ts'
import type { Site } from '../../site/rules/site.ts'
import type { Proof } from '../rules/challenge.ts'
import type { Receipt } from '../rules/receipt.ts'
import { newReference } from '../rules/reference.ts'
import { type CallbackInput, type CheckedCallback, canonical, checkCallback, keyProblem } from '../rules/request.ts'
import { dayAfter } from '../rules/slots.ts'
import { admitRequest, newChallenge, takeBack } from './admit.ts'
import { phoneIndex } from './find.ts'
import { nextFreeSlots } from './slots.ts'
import type { NewRow } from './store.ts'

/** How often a statement is tried again that another one got in the way of: a reference drawn twice, a request made open meanwhile. */
const TRIES = 5

/**
 * Stores a request to be called back. The caller's `idempotencyKey` makes it safe to send again after a lost answer: the same key with the
 * same input gives the stored request, whoever won the race; only the unique index decides.
 * @returns what the person keeps; once returned, the row is on disk
 * @throws InvalidInput with every problem; SlotTaken with others; ChallengeRequired; TooManyRequests; SiteRefused; Conflict when the key came
 * before with another input, or when the same request is still being stored
 */
export async function requestCallback(context: Context, input: CallbackInput): Promise<Receipt> {
  const site = context.site()
  const { keys } = context
  // A challenge is solved after the first refusal: with or without it, it is the same request.
  const { idempotencyKey, challenge, ...said } = input
  const inputDigest = blindIndex(keys, 'callback.input', canonical({ idempotencyKey, ...said }))
  const idempotencyIndex = blindIndex(keys, 'callback.key', idempotencyKey)
  // A double click is one request: the second waits for what comes of the first.
  const same = JSON.stringify(['request', site.id, idempotencyIndex, inputDigest, challenge ?? null])
  return context.together(same, () => requestOnce(context, input, { site, idempotencyIndex, inputDigest }))
}

type Known = { site: Site; idempotencyIndex: string; inputDigest: string }

async function requestOnce(context: Context, input: CallbackInput, { site, idempotencyIndex, inputDigest }: Known): Promise<Receipt> {
  const { requests, now } = context
  const { idempotencyKey, challenge } = input

  /** Before the input is judged: what was accepted once stays accepted, also when the line has closed since. */
  const earlier = async (): Promise<Receipt | null> => {
    const stored = await requests.underKey(site.id, idempotencyIndex)
    if (stored && stored.inputDigest !== inputDigest) throw new Conflict('idempotency_key_reused')
    return stored?.receipt ?? null
  }
  const first = keyProblem(idempotencyKey) ? null : await earlier()
  if (first) return first

  const checked = await checkWithOthers(context, input)
  if (input.website) return pretended(context, checked)
  let proof: Proof | null
  try {
    proof = await admitRequest(context, { site, phone: checked.phone, line: checked.line, challenge: challenge ?? null })
  } catch (error) {
    // It may have been stored meanwhile by another process, and then it counts for nothing.
    const same = await earlier()
    if (same) return same
    throw error
  }
  context.reach('callback.before-store')
  let stored = false
  try {
    for (let attempt = 1; ; attempt++) {
      const row = rowOf(context, { checked, siteId: site.id, idempotencyIndex, inputDigest, proof })
      try {
        const added = await requests.store(row)
        context.reach('callback.stored')
        if (added) {
          stored = true
          return receiptOf(row, added)
        }
        // The last place may have gone to this very request, sent twice at once.
        const same = await earlier()
        if (same) return same
        throw new SlotTaken(await nextFreeSlots(context, checked.line, row.slot?.startsAt ?? now))
      } catch (error) {
        const state = sqlStateOf(error)
        // What it waited for, mostly another request with this key, was held for as long as we may wait.
        if (state === LOCK_NOT_AVAILABLE) throw new Conflict('in_progress')
        if (state !== UNIQUE_VIOLATION && state !== DEADLOCK) throw error
        const same = await earlier()
        if (same) return same
        const { constraint } = error as { constraint?: string }
        if (constraint === 'used_challenge_pkey') throw new ChallengeRequired(await newChallenge(context, site), checked.line.number)
        if (attempt === TRIES) throw error
      }
    }
  } finally {
    // Only what was stored counts for the number; a retry, a lost slot and a database that was away do not.
    if (!stored) await takeBack(context, { site, phone: checked.phone }).catch(() => undefined)
  }
}

/** A slot that was offered a moment ago and no longer is, since it begins too soon, is answered as one that is taken. */
async function checkWithOthers(context: Context, input: CallbackInput): Promise<CheckedCallback> {
  try {
    return checkCallback(context.directory, input, context.now)
  } catch (error) {
    const line = context.directory.linesBySlug.get(input.line)
    if (error instanceof SlotTaken && line) throw new SlotTaken(await nextFreeSlots(context, line, context.now))
    throw error
  }
}

type Parts = { checked: CheckedCallback; siteId: string; idempotencyIndex: string; inputDigest: string; proof: Proof | null }

function rowOf({ keys, now, languages }: Context, { checked, proof, ...known }: Parts): NewRow {
  const id = randomUUID()
  const sealed = (column: string, text: string) => seal(keys, text, { table: 'callback_request', column, row: id })
  const maybe = (column: string, text: string | null) => (text === null ? null : sealed(column, text))
  const { safeContact: wishes, slot } = checked
  return {
    id,
    reference: newReference(),
    ...known,
    lineId: checked.line.id,
    need: checked.need,
    service: checked.service,
    faqEntry: checked.faqEntry,
    language: checked.language,
    postalCode: checked.postalCode,
    phoneSealed: sealed('phone', checked.phone),
    nameSealed: maybe('name', checked.name),
    emailSealed: maybe('email', checked.email),
    messageSealed: maybe('message', checked.message),
    safeNoteSealed: maybe('safe_note', wishes.note),
    phoneIndex: phoneIndex(keys, checked.phone),
    voicemail: wishes.voicemail,
    sms: wishes.sms,
    sayWhoCalls: wishes.sayWhoCalls,
    masked: checked.masked,
    noticeVersion: checked.noticeVersion,
    noticeLanguage: languages[0] ?? 'FR',
    requestedAt: now,
    slot,
    callFrom: slot?.startsAt ?? now,
    putOffTo: dayAfter(now),
    proof,
  }
}

const receiptOf = (
  { id, reference, lineId, requestedAt, slot, masked }: NewRow,
  { position, callFrom }: { position: bigint; callFrom: Date },
): Receipt => ({ id, reference, status: 'NEW', lineId, requestedAt, slot, callFrom, position, masked, outcome: null })

/** A field that people do not see was filled in: a program did, and it is told what it wants to hear. */
function pretended({ now }: Context, { line, slot, masked }: CheckedCallback): Receipt {
  const never = { id: randomUUID(), reference: newReference(), status: 'NEW', position: 0n, outcome: null } as const
  return { ...never, lineId: line.id, requestedAt: now, slot, callFrom: slot?.startsAt ?? now, masked }
}

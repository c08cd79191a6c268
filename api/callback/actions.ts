import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { Prisma } from '../db/generated/client.ts'
import { Conflict, PostRequired } from '../errors.ts'
import { readPhone } from './rules/phone.ts'
import { newReference, readReference } from './rules/reference.ts'
import { type CallbackInput, canonical, checkCallback, keyProblem } from './rules/request.ts'
import { blindIndex, seal } from '../sealing/seal.ts'

/** A reference is drawn at random; one drawn twice is drawn again. Five times in a row does not happen. */
const DRAWS = 5

/**
 * Stores a request to be called back. The caller's `idempotencyKey` makes it safe to send again after a lost answer: the same key with
 * the same input gives the stored request, whoever won the race; only the unique index decides.
 * @returns the id of the stored row; once returned, the row is on disk
 * @throws InvalidInput with every problem; Conflict when the key came before with another input; SiteRefused
 */
export async function requestCallback(context: Context, input: CallbackInput): Promise<{ id: string }> {
  const site = context.site()
  const { keys, db } = context
  const { idempotencyKey } = input
  const inputDigest = blindIndex(keys, 'callback.input', canonical(input))
  /** Before the input is judged: what was accepted once stays accepted, also when the line has closed since. */
  const earlier = async () => {
    const where = { siteId_idempotencyKey: { siteId: site.id, idempotencyKey } }
    const stored = await db.callbackRequest.findUnique({ where, select: { id: true, inputDigest: true } })
    if (stored && stored.inputDigest !== inputDigest) throw new Conflict('idempotency_key_reused')
    return stored && { id: stored.id }
  }
  const first = keyProblem(idempotencyKey) ? null : await earlier()
  if (first) return first
  const checked = checkCallback(context.directory, input, context.now)

  for (let draw = 1; ; draw++) {
    const id = randomUUID()
    const sealed = (column: string, text: string | null) =>
      text === null ? null : seal(keys, text, { table: 'callback_request', column, row: id })
    try {
      return await db.callbackRequest.create({
        select: { id: true },
        data: {
          id,
          reference: newReference(),
          siteId: site.id,
          lineId: checked.line.id,
          needCode: checked.need,
          serviceSlug: checked.service,
          faqEntrySlug: checked.faqEntry,
          language: checked.language,
          postalCode: checked.postalCode,
          phoneSealed: seal(keys, checked.phone, { table: 'callback_request', column: 'phone', row: id }),
          nameSealed: sealed('name', checked.name),
          messageSealed: sealed('message', checked.message),
          safeNoteSealed: sealed('safe_note', checked.safeContact.note),
          phoneIndex: phoneIndex(keys, checked.phone),
          safeVoicemail: checked.safeContact.voicemail,
          safeSms: checked.safeContact.sms,
          safeSayWhoCalls: checked.safeContact.sayWhoCalls,
          noticeVersion: checked.noticeVersion,
          noticeLanguage: context.languages[0] ?? 'FR',
          idempotencyKey,
          inputDigest,
          requestedAt: context.now,
        },
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      // Another call with the same key came first; if not, the reference exists.
      const stored = await earlier()
      if (stored) return stored
      if (draw === DRAWS) throw error
    }
  }
}

/**
 * Finds a request by what the citizen kept. Null unless reference and phone both match; which of the two was wrong cannot be told, and
 * the same work is done in each case.
 * @throws PostRequired when the phone number came in an address
 */
export async function findCallback(context: Context, reference: string, phone: string): Promise<{ id: string } | null> {
  if (context.byAddress) throw new PostRequired()
  const reading = readPhone(phone.slice(0, 100))
  const index = phoneIndex(context.keys, 'e164' in reading ? reading.e164 : '')
  return context.db.callbackRequest.findFirst({
    select: { id: true },
    where: { reference: readReference(reference.slice(0, 100)) ?? '', phoneIndex: index },
  })
}

const phoneIndex = (keys: Context['keys'], e164: string): string => blindIndex(keys, 'callback.phone', e164)

const isUniqueViolation = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'

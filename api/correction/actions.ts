import type { Context } from '../context.ts'
import { sqlStateOf, UNIQUE_VIOLATION } from '../db/sqlstate.ts'
import { addressBlock } from '../limits/limits.ts'
import { blindIndex, seal } from '../sealing/seal.ts'
import { type CheckedCorrection, type CorrectionInput, checkCorrection, limitsFor, SAME_MS } from './rules.ts'

/** What is said back: when it was received, the first time, and whether a number was taken out of the message. */
export type Receipt = { suggestedAt: Date; masked: boolean }

/**
 * Stores what a visitor says is wrong with a service or a question, for an editor to read; her words are sealed, since people write about
 * themselves. The same report from the same site within the hour is stored once, answered alike, and counts for no limit.
 * @returns once it is on disk
 * @throws InvalidInput with every problem; TooManyRequests; SiteRefused
 */
export async function suggestCorrection(context: Context, input: CorrectionInput): Promise<Receipt> {
  const { db, keys, now, address, fromPage, limits } = context
  const site = context.site()
  const checked = checkCorrection(context.directory, input, context.languages[0] ?? 'FR')

  // The id is made from the report and the hour, so that the primary key itself tells a report that came before, also at the same moment.
  const hour = Math.floor(now.getTime() / SAME_MS)
  const id = idOf(keys, site.id, checked, hour)
  const earlier = () =>
    db.correction.findFirst({
      select: { suggestedAt: true },
      where: { id: { in: [id, idOf(keys, site.id, checked, hour - 1)] }, suggestedAt: { gt: new Date(now.getTime() - SAME_MS) } },
    })
  const { service, faqEntry, topic, message, masked, language } = checked
  const first = await earlier()
  if (first) return { ...first, masked }
  await limits.take(limitsFor({ fromPage, site: site.id, address: address && addressBlock(address) }))
  try {
    const stored = await db.correction.create({
      select: { suggestedAt: true },
      data: {
        id,
        siteId: site.id,
        serviceSlug: service,
        faqEntrySlug: faqEntry,
        topic,
        messageSealed: message === null ? null : seal(keys, message, { table: 'correction', column: 'message', row: id }),
        language,
        suggestedAt: now,
      },
    })
    return { ...stored, masked }
  } catch (error) {
    const stored = sqlStateOf(error) === UNIQUE_VIOLATION ? await earlier() : null
    if (!stored) throw error
    return { ...stored, masked }
  }
}

/** A UUID (version 8, RFC 9562: made by a rule of one's own) from an HMAC, which tells nothing of the message to who has the database. */
function idOf(keys: Context['keys'], siteId: string, { service, faqEntry, topic, message }: CheckedCorrection, hour: number): string {
  const report = JSON.stringify([siteId, service, faqEntry, topic, message, hour])
  const bytes = Buffer.from(blindIndex(keys, 'correction.report', report), 'base64url').subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

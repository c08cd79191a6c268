import type { Context } from '../../context.ts'
import type { CallbackRequest, LanguageCode, Prisma } from '../../db/generated/client.ts'
import { heededOf } from '../../desk/actions/repeats.ts'
import { opened } from '../../desk/actions/rows.ts'
import type { Wishes } from '../../desk/rules/wishes.ts'
import { sharesOf } from '../rules/shared.ts'

/** Whom a case is about, as its partner sees it: the number and the wishes, and of the rest what the person agreed to. */
export type CaseContact = {
  /** E.164 */
  phone: string
  name: string | null
  email: string | null
  postalCode: string | null
  message: string | null
  language: LanguageCode
  wishes: Wishes
  /** Hours or precautions, in her words. */
  safeNote: string | null
}

/**
 * Opens what goes along with a case. Of everybody who shares the phone the strictest wishes count, whatever line they asked: a partner calls
 * the same phone, and is told nothing else of them.
 * @returns null once the request is erased
 */
export async function contactOf(
  { keys }: Pick<Context, 'keys'>,
  db: Pick<Prisma.TransactionClient, 'callbackRequest' | '$queryRaw'>,
  request: CallbackRequest,
  stored: readonly string[],
): Promise<CaseContact | null> {
  const shares = sharesOf(stored)
  const phone = opened({ keys }, request, 'phone')
  if (phone === null) return null
  return {
    phone,
    name: shares.includes('NAME') ? opened({ keys }, request, 'name') : null,
    email: shares.includes('EMAIL') ? opened({ keys }, request, 'email') : null,
    postalCode: shares.includes('PLACE') ? request.postalCode : null,
    message: shares.includes('MESSAGE') ? opened({ keys }, request, 'message') : null,
    language: request.language,
    wishes: (await heededOf(db, [request.id], null))(request).wishes,
    safeNote: opened({ keys }, request, 'safe_note'),
  }
}

import type { Context } from '../../context.ts'
import { NotFound, PostRequired } from '../../errors.ts'
import { blindIndex } from '../../sealing/seal.ts'
import { readPhone } from '../rules/phone.ts'
import type { Receipt } from '../rules/receipt.ts'
import { readReference } from '../rules/reference.ts'
import { admitLookUp } from './admit.ts'
import { storedUnderReference } from './store.ts'

/** What a person kept of her request. */
export type Claim = { reference: string; phone: string }

/** Under which name a number is found again. */
export const phoneIndex = (keys: Context['keys'], e164: string): string => blindIndex(keys, 'callback.phone', e164)

/**
 * Finds a request by what the citizen kept. Null unless reference and phone both match; which of the two was wrong cannot be told, and
 * the same work is done in each case.
 * @throws PostRequired when the phone number came in an address; TooManyRequests; SiteRefused
 */
export async function findCallback(context: Context, { reference, phone }: Claim): Promise<Receipt | null> {
  if (context.byAddress) throw new PostRequired()
  await admitLookUp(context)
  const reading = readPhone(phone.slice(0, 100))
  const index = phoneIndex(context.keys, 'e164' in reading ? reading.e164 : '')
  return storedUnderReference(context.sql, readReference(reference.slice(0, 100)) ?? '', index)
}

/** The same, for what cannot be done without it. @throws NotFound */
export async function claimedCallback(context: Context, claim: Claim): Promise<Receipt> {
  const found = await findCallback(context, claim)
  if (!found) throw new NotFound()
  return found
}

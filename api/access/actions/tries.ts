import { addressBlock, type Counted } from '../../limits/limits.ts'
import { PASSWORDS_BY_ACCOUNT, PASSWORDS_BY_PAIR, TRIES_BY_ADDRESS } from '../rules/limits.ts'

/** What one more try counts for where no account is known yet. */
export const triesOf = (address: string | null): Counted[] =>
  address === null ? [] : [{ limit: TRIES_BY_ADDRESS, by: addressBlock(address) }]

/**
 * What one more password counts for, known address or not. The narrowest first: who is refused at his own address takes nothing from the others
 * of this account.
 * @param email in small letters
 */
export const passwordTriesOf = (email: string, address: string | null): Counted[] => [
  { limit: PASSWORDS_BY_PAIR, by: `${email} ${address === null ? '' : addressBlock(address)}` },
  ...triesOf(address),
  { limit: PASSWORDS_BY_ACCOUNT, by: email },
]

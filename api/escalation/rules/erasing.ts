import type { CancelReason } from '../../db/generated/enums.ts'

/** What must be known of a case to say whether its partner has something to erase. */
export type Erasing = {
  /** Since when: the person took her agreement back, or the request was erased. */
  erasureWantedAt: Date | null
  /** The partner said that it did. */
  erasureConfirmedAt: Date | null
}

/** Whether a case was ended by the person herself: she took her agreement back, or had her data erased. */
export const isHerWish = (reason: CancelReason | null): boolean => reason === 'AGREEMENT_WITHDRAWN' || reason === 'ERASED'

/** Whether its partner is to erase what it has of the person, and has not said that it did. */
export const isErasureWanted = ({ erasureWantedAt, erasureConfirmedAt }: Erasing): boolean =>
  erasureWantedAt !== null && erasureConfirmedAt === null

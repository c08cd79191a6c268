import type { UnmetReason } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { Conflict, InvalidInput, type Problem } from '../../errors.ts'

/** What may come of a request; stored in small letters, as the receipt shows it. */
export const OUTCOMES = [
  'RESOLVED',
  'PARTLY',
  'NO_HELP_AVAILABLE',
  'NOT_REACHABLE',
  'NOT_ELIGIBLE',
  'DECLINED_BY_PERSON',
  'REFERRED_ON',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Outcomes that say that somebody was not helped: why is recorded, by need and commune, without her. */
const UNHELPED: readonly Outcome[] = ['NO_HELP_AVAILABLE', 'NOT_ELIGIBLE']

export type CloseInput = { outcome: Outcome; unmet?: UnmetReason | null; need?: string | null; note?: string | null }

/**
 * Checks how a request is to be closed.
 * @param tried how many calls there were
 * @throws InvalidInput when nobody was helped and it is not said why, and for a need that does not exist; Conflict when nobody tried to call
 */
export function checkClosing({ needsByCode }: Pick<Snapshot, 'needsByCode'>, { outcome, unmet, need }: CloseInput, tried: number): void {
  const problems: Problem[] = []
  if (UNHELPED.includes(outcome) && unmet == null) problems.push({ path: ['input', 'unmet'], code: 'required' })
  if (need != null && !needsByCode.has(need))
    problems.push({ path: ['input', 'need'], code: 'unknown', params: { value: need.slice(0, 60) } })
  if (problems.length > 0) throw new InvalidInput(problems)
  if (outcome === 'NOT_REACHABLE' && tried === 0) throw new Conflict('not_tried')
}

/** The commune of a postal code, where it has only one: its NIS code, else empty. */
export function communeOf({ communesByPostalCode }: Pick<Snapshot, 'communesByPostalCode'>, postalCode: string | null): string {
  const communes = postalCode === null ? [] : (communesByPostalCode.get(postalCode) ?? [])
  return communes.length === 1 ? (communes[0]?.nisCode ?? '') : ''
}

import { isEmail } from '../../callback/rules/request.ts'
import type { AreaKind, HandOver, LanguageCode } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Problem } from '../../errors.ts'

/** Areas and needs of one partner at most: all communes of the country are fewer. */
const MOST = 600
/** Open cases at a time, at most. */
const MOST_CASES = 100_000

export type PartnerInput = {
  organization: string
  accepting: boolean
  capacity?: number | null
  needs: readonly string[]
  languages: readonly LanguageCode[]
  areas: readonly { kind: AreaKind; code: string }[]
  handOver: HandOver
  email?: string | null
}

/** What is wrong with what somebody wants an organization to take over; paths begin with `input`. */
export function problemsOf({ needsByCode, communesByNis, communes }: Snapshot, input: PartnerInput): Problem[] {
  const problems: Problem[] = []
  const { capacity, needs, areas, handOver } = input
  if (capacity != null && (capacity < 1 || capacity > MOST_CASES))
    problems.push({ path: ['input', 'capacity'], code: 'out_of_range', params: { min: 1, max: MOST_CASES } })
  for (const name of ['needs', 'areas'] as const)
    if (input[name].length > MOST) problems.push({ path: ['input', name], code: 'too_many', params: { max: MOST } })
  const email = input.email?.trim() || null
  if (email !== null && !isEmail(email)) problems.push({ path: ['input', 'email'], code: 'email_malformed' })
  if (email === null && handOver === 'EMAIL') problems.push({ path: ['input', 'email'], code: 'required' })
  if (problems.length > 0) return problems
  for (const [index, code] of needs.entries())
    if (!needsByCode.has(code))
      problems.push({ path: ['input', 'needs', String(index)], code: 'unknown', params: { value: code.slice(0, 60) } })
  const provinces = new Set(communes.map(({ province }) => province))
  const regions = new Set(communes.map(({ region }) => region))
  const exists: Record<AreaKind, (code: string) => boolean> = {
    COMMUNE: (code) => communesByNis.has(code),
    PROVINCE: (code) => provinces.has(code),
    REGION: (code) => regions.has(code),
    COUNTRY: () => true,
  }
  for (const [index, { kind, code }] of areas.entries())
    if (!exists[kind](code))
      problems.push({ path: ['input', 'areas', String(index), 'code'], code: 'unknown', params: { value: code.slice(0, 60) } })
  return problems
}

/** Where the cases of a partner go. */
type Way = { handOver: HandOver; email: string | null }

/** Whoever was no partner had the inbox, and no address. */
export const goesElsewhere = (before: Way | null, { handOver, email }: Way): boolean =>
  handOver !== (before?.handOver ?? 'INBOX') || email !== (before?.email ?? null)

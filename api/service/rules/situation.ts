import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { readPlaces } from '../../place/rules.ts'
import { readNeeds, unknownCode } from '../../taxonomy/rules.ts'
import type { Facts } from './eligibility.ts'

export type Situation = {
  needs?: readonly string[] | null
  audiences?: readonly string[] | null
  age?: number | null
  postalCode?: string | null
  nisCode?: string | null
  languages?: readonly LanguageCode[] | null
}

const OLDEST = 130

/**
 * The facts of a situation, codes checked.
 * @throws InvalidInput with every code that does not exist
 */
export function readSituation(directory: Snapshot, situation: Situation): Facts {
  const { communes, problems } = readPlaces(directory, situation, ['situation'])
  problems.push(...readNeeds(directory, situation.needs ?? [], ['situation', 'needs']).problems)
  for (const code of situation.audiences ?? []) {
    if (!directory.audiencesByCode.has(code)) problems.push(unknownCode(['situation', 'audiences'], code))
  }
  const age = situation.age ?? null
  if (age !== null && (age < 0 || age > OLDEST))
    problems.push({ path: ['situation', 'age'], code: 'out_of_range', params: { min: 0, max: OLDEST } })
  if (problems.length > 0) throw new InvalidInput(problems)
  return {
    age,
    audiences: situation.audiences?.length ? situation.audiences : null,
    communes,
    languages: situation.languages?.length ? situation.languages : null,
  }
}

import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { readPlaces } from '../../place/rules.ts'
import { readAudiences, readNeeds, tooMany } from '../../taxonomy/rules.ts'
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
 * The facts of a situation, read once: many services are weighed for one person. A cache by the argument's own object, which nobody
 * changes after it has been read.
 * @throws InvalidInput as `readSituation`
 */
export function factsOf(directory: Snapshot, situation: Situation): Facts {
  const known = read.get(situation)
  if (known?.directory === directory) return known.facts
  const facts = readSituation(directory, situation)
  read.set(situation, { directory, facts })
  return facts
}
const read = new WeakMap<Situation, { directory: Snapshot; facts: Facts }>()

/**
 * The facts of a situation, codes checked.
 * @throws InvalidInput for codes that do not exist, lists of more than 50, or a place that contradicts itself
 */
export function readSituation(directory: Snapshot, situation: Situation): Facts {
  const { communes, problems } = readPlaces(directory, situation, ['situation'])
  problems.push(
    ...readNeeds(directory, situation.needs, ['situation', 'needs']).problems,
    ...readAudiences(directory, situation.audiences, ['situation', 'audiences']).problems,
    ...tooMany(situation.languages, ['situation', 'languages']),
  )
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

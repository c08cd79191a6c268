import { SENIORS, type Rule } from '../../service/rules/eligibility.ts'

/**
 * Whether anybody can fulfil an eligibility rule, and whether everybody does. A person has one age and lives in one commune; whatever else a
 * rule asks of her (an audience, a language, a condition, what the service decides) may be so or not, each by itself. Only the seniors are an
 * age.
 */
type Limits = { minimumAge: number | null; maximumAge: number | null }

/** A rule with its denials carried down to the single facts (De Morgan), as the verdict is made. */
type Formula =
  | { all: Formula[]; path: string[] }
  | { any: Formula[]; path: string[] }
  | { ages: readonly [min: number, max: number]; negated: boolean; path: string[] }
  | { communes: ReadonlySet<string>; negated: boolean; path: string[] }
  | { fact: string; negated: boolean; path: string[] }

const YOUNGEST = 0
const OLDEST = 130

function formulaOf(rule: Rule, negated = false, path: string[] = []): Formula {
  if ('all' in rule || 'any' in rule) {
    const name = 'all' in rule ? 'all' : 'any'
    const list = 'all' in rule ? rule.all : rule.any
    const parts = list.map((part, index) => formulaOf(part, negated, [...path, name, String(index)]))
    return (name === 'all') !== negated ? { all: parts, path } : { any: parts, path }
  }
  if ('not' in rule) return formulaOf(rule.not, !negated, [...path, 'not'])
  if ('age' in rule) return { ages: [rule.age.min ?? YOUNGEST, rule.age.max ?? OLDEST], negated, path }
  if ('audience' in rule && rule.audience === SENIORS.code) return { ages: [SENIORS.from, OLDEST], negated, path }
  if ('commune' in rule) return { communes: new Set(rule.commune), negated, path }
  if ('audience' in rule) return { fact: `audience ${rule.audience}`, negated, path }
  if ('language' in rule) return { fact: `language ${rule.language}`, negated, path }
  if ('condition' in rule) return { fact: `condition ${rule.condition.code}`, negated, path }
  return { fact: `assessed ${JSON.stringify(Object.entries(rule.assessed).sort())}`, negated, path }
}

const within = (limits: Limits, formula: Formula): Formula => ({
  all: [{ ages: [limits.minimumAge ?? YOUNGEST, limits.maximumAge ?? OLDEST], negated: false, path: [] }, formula],
  path: [],
})

const NO_LIMITS: Limits = { minimumAge: null, maximumAge: null }

/** Whether somebody within the age limits can fulfil it. */
export const isPossible = (rule: Rule, limits: Limits = NO_LIMITS): boolean => canHold(within(limits, formulaOf(rule)))

/** Whether everybody fulfils it, whoever she is: then it asks nothing. */
export const isAlways = (rule: Rule): boolean => !canHold(formulaOf(rule, true))

/** Looks made at most, lest a rule of many facts take long; beyond them a rule is taken for possible. */
const MOST_LOOKS = 20_000

function canHold(formula: Formula): boolean {
  const looks = { left: MOST_LOOKS }
  const places = placesIn(formula)
  return agesIn(formula).some((age) => places.some((commune) => solve(formula, { age, commune, facts: new Map() }, looks)))
}

type Person = { age: number; commune: string | null; facts: Map<string, boolean> }

function solve(formula: Formula, person: Person, looks: { left: number }): boolean {
  if (looks.left-- <= 0) return true
  const truth = truthOf(formula, person)
  if (typeof truth === 'boolean') return truth
  return [true, false].some((value) => solve(formula, { ...person, facts: new Map(person.facts).set(truth, value) }, looks))
}

/** What a formula says of a person; the name of a fact that decides and is not settled yet, when it depends on one. */
function truthOf(formula: Formula, person: Person): boolean | string {
  if ('all' in formula || 'any' in formula) {
    const decisive = 'any' in formula
    let open: string | null = null
    for (const part of decisive ? formula.any : formula.all) {
      const truth = truthOf(part, person)
      if (truth === decisive) return decisive
      if (typeof truth === 'string') open ??= truth
    }
    return open ?? !decisive
  }
  if ('ages' in formula) return (formula.ages[0] <= person.age && person.age <= formula.ages[1]) !== formula.negated
  if ('communes' in formula) return (person.commune !== null && formula.communes.has(person.commune)) !== formula.negated
  const fact = person.facts.get(formula.fact)
  return fact === undefined ? formula.fact : fact !== formula.negated
}

const leavesOf = (formula: Formula): Formula[] =>
  'all' in formula ? formula.all.flatMap(leavesOf) : 'any' in formula ? formula.any.flatMap(leavesOf) : [formula]

/** One age of each stretch of ages that a formula cannot tell apart. */
function agesIn(formula: Formula): number[] {
  const starts = leavesOf(formula).flatMap((leaf) => ('ages' in leaf ? [leaf.ages[0], leaf.ages[1] + 1] : []))
  return [...new Set([YOUNGEST, ...starts])].filter((age) => age >= YOUNGEST && age <= OLDEST)
}

/** One commune of each group that a formula cannot tell apart; null stands for all that it does not name. */
function placesIn(formula: Formula): (string | null)[] {
  const sets = leavesOf(formula).flatMap((leaf) => ('communes' in leaf ? [leaf.communes] : []))
  const groups = new Map<string, string | null>([['', null]])
  for (const commune of sets.flatMap((set) => [...set])) {
    const group = sets.flatMap((set, index) => (set.has(commune) ? [index] : [])).join()
    if (!groups.has(group)) groups.set(group, commune)
  }
  return [...groups.values()]
}

/**
 * Where a rule asks for ages that no one has together: "both over 65 and under 60".
 * @returns for each such part the way to it, and the two ages
 */
export function impossibleAges(rule: Rule, limits: Limits = NO_LIMITS): { path: string[]; min: number; max: number }[] {
  const found: { path: string[]; min: number; max: number }[] = []
  const look = (formula: Formula, above: readonly Formula[]): void => {
    if ('any' in formula) {
      for (const part of formula.any) look(part, above)
      return
    }
    const together = 'all' in formula ? togetherIn(formula) : [formula]
    const ages = agesTogether([...above, ...together])
    if (ages) found.push({ path: formula.path, ...ages })
    else for (const part of together) if ('any' in part) look(part, [...above, ...together])
  }
  look(within(limits, formulaOf(rule)), [])
  return found
}

/** All that must hold together with a formula's parts, however they are nested. */
const togetherIn = (formula: Formula): Formula[] => ('all' in formula ? formula.all.flatMap(togetherIn) : [formula])

/** The two bounds that exclude each other, if any. A denial counts where it leaves one stretch of ages. */
function agesTogether(parts: readonly Formula[]): { min: number; max: number } | null {
  let min = YOUNGEST
  let max = OLDEST
  for (const part of parts) {
    if (!('ages' in part)) continue
    const [from, to] = part.ages
    if (!part.negated) [min, max] = [Math.max(min, from), Math.min(max, to)]
    else if (to >= OLDEST && from > YOUNGEST) max = Math.min(max, from - 1)
    else if (from <= YOUNGEST && to < OLDEST) min = Math.max(min, to + 1)
  }
  return min > max ? { min, max } : null
}

import { LanguageCode } from '../../db/generated/enums.ts'
import { type Texts, tagOf } from '../../directory/language.ts'
import { covers, isFromAfar } from '../../directory/offered.ts'
import type { Commune, Service } from '../../directory/snapshot.ts'

/**
 * Who may use a service, as data. A rule answers yes, no or unknown over what a person told us; what she did not tell never excludes her.
 * `condition` is a fact nobody can read off a form ("being in quarantine"); `assessed` is a decision of the service's own staff.
 */
export type Rule =
  | { all: Rule[] }
  | { any: Rule[] }
  | { not: Rule }
  | { age: { min?: number; max?: number } }
  | { audience: string }
  | { commune: string[] }
  | { language: LanguageCode }
  | { condition: { code: string; texts: LowerCaseTexts } }
  | { assessed: LowerCaseTexts }

/** Texts as the seed and the editors write them: keys fr, de, nl, en. */
export type LowerCaseTexts = { fr: string; de: string; nl: string; en: string }

export type Truth = 'yes' | 'no' | 'unknown'

const LANGUAGES = Object.values(LanguageCode)

/**
 * What a person told us. Null means she did not say. Each list is one fact. `audiences` are those she recognized herself in, and there may be
 * more: one that is missing, or an empty list, tells nothing. `languages` are all that she speaks: one that is missing she does not.
 */
export type Facts = {
  age: number | null
  audiences: readonly string[] | null
  communes: readonly Commune[] | null
  languages: readonly LanguageCode[] | null
}

/**
 * One plain reason behind the verdict, in code form; `reasons.ts` has the words. `negated` when the rule wants the contrary ("not for
 * people of 65 or over"); `truth` is that of what the rule wants, so it never contradicts the verdict. `communes` are those she may live in.
 */
export type Reason = { truth: Truth; negated?: true } & (
  | { kind: 'age'; min: number | null; max: number | null }
  | { kind: 'audience'; code: string }
  | { kind: 'area'; communes: readonly Commune[] }
  | { kind: 'afar'; areas: Service['serviceAreas'] }
  | { kind: 'language'; language: LanguageCode }
  | { kind: 'condition' | 'assessed'; texts: Texts<string> }
)

export type Verdict = 'ELIGIBLE' | 'NOT_ELIGIBLE' | 'TO_BE_ASSESSED'

/** The verdict on one service: its area, its age limits and its rule must all hold. Reasons are those that decide the verdict. */
export function assess(service: Service, facts: Facts): { verdict: Verdict; reasons: Reason[] } {
  const parts = [
    areaTruth(service, facts),
    ageLimits(service, facts),
    ...(service.eligibility ? [evaluate(service.eligibility as Rule, facts)] : []),
  ]
  const whole = combineAll(parts)
  const verdict = whole.truth === 'yes' ? 'ELIGIBLE' : whole.truth === 'no' ? 'NOT_ELIGIBLE' : 'TO_BE_ASSESSED'
  return { verdict, reasons: whole.reasons }
}

type Outcome = { truth: Truth; reasons: Reason[] }

/** Rules nested deeper than this are not read: no editor writes them, and a rule must not be able to exhaust the stack. */
const DEEPEST = 32

/**
 * What a rule says of the facts. Rules are edited in the database: a part that does not follow the grammar, or lies deeper than 32 levels,
 * is unknown, without a reason, and excludes nobody. An empty `all` asks nothing and holds; an empty `any` names no way in, which is an
 * unfinished rule: unknown. So an empty list never excludes, under `not` either.
 */
export const evaluate = (rule: Rule, facts: Facts): Outcome => weigh(rule, facts, { negated: false, depth: 0 })

/** `not` is carried down to the single facts, after De Morgan, so that each reason says what the rule wants of that fact. */
function weigh(rule: unknown, facts: Facts, { negated, depth }: { negated: boolean; depth: number }): Outcome {
  if (depth > DEEPEST) return UNKNOWN
  const parts = objectOf(rule)
  const list = 'all' in parts ? parts.all : parts.any
  if ('all' in parts || 'any' in parts) {
    if (!Array.isArray(list)) return UNKNOWN
    if (list.length === 0) return 'all' in parts && !negated ? NOTHING_ASKED : UNKNOWN
    const outcomes = list.map((part) => weigh(part, facts, { negated, depth: depth + 1 }))
    return 'all' in parts !== negated ? combineAll(outcomes) : combineAny(outcomes)
  }
  if ('not' in parts) return weigh(parts.not, facts, { negated: !negated, depth: depth + 1 })
  const reason = factOf(parts, facts)
  if (!reason) return UNKNOWN
  return one(negated ? { ...reason, truth: OPPOSITE[reason.truth], negated: true } : reason)
}

const OPPOSITE = { yes: 'no', no: 'yes', unknown: 'unknown' } as const

/** What one fact says; null when the part does not follow the grammar. */
function factOf(parts: Record<string, unknown>, facts: Facts): Reason | null {
  if ('age' in parts) {
    const { min = null, max = null } = objectOf(parts.age)
    return isLimit(min) && isLimit(max) && (min !== null || max !== null) ? ageWithin(min, max, facts) : null
  }
  const { audience, commune, language } = parts
  if (typeof audience === 'string') {
    return { kind: 'audience', truth: belongsTo(audience, facts), code: audience }
  }
  if (Array.isArray(commune)) return livesIn(facts, ({ nisCode }) => commune.includes(nisCode))
  if (isLanguage(language)) {
    const truth = facts.languages === null ? 'unknown' : facts.languages.includes(language) ? 'yes' : 'no'
    return { kind: 'language', truth, language }
  }
  if ('condition' in parts) return inWords('condition', objectOf(parts.condition).texts)
  return 'assessed' in parts ? inWords('assessed', parts.assessed) : null
}

const NOTHING_ASKED: Outcome = { truth: 'yes', reasons: [] }
const UNKNOWN: Outcome = { truth: 'unknown', reasons: [] }

const objectOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})
const isLimit = (value: unknown): value is number | null => value === null || typeof value === 'number'
const isLanguage = (value: unknown): value is LanguageCode => (LANGUAGES as unknown[]).includes(value)

/** What only a person can judge, in the words there are; without any it is no reason to show. */
function inWords(kind: 'condition' | 'assessed', value: unknown): Reason | null {
  const words = objectOf(value)
  const texts: Texts<string> = {}
  for (const language of LANGUAGES) {
    const text = words[tagOf(language)]
    if (typeof text === 'string') texts[language] = text
  }
  return Object.keys(texts).length > 0 ? { kind, truth: 'unknown', texts } : null
}

/** The audience that is an age, and from which one: its label says so ("Seniors (65+)"). */
export const SENIORS = { code: 'seniors', from: 65 }

/** What follows from her age follows from it alone: an audience that she named with another age in mind changes nothing. */
function belongsTo(audience: string, { age, audiences }: Facts): Truth {
  if (audience === SENIORS.code && age !== null) return age >= SENIORS.from ? 'yes' : 'no'
  return audiences?.includes(audience) ? 'yes' : 'unknown'
}

function ageWithin(min: number | null, max: number | null, facts: Facts): Reason {
  const truth = facts.age === null ? 'unknown' : (min === null || facts.age >= min) && (max === null || facts.age <= max) ? 'yes' : 'no'
  return { kind: 'age', truth, min, max }
}

const ageLimits = (service: Service, facts: Facts): Outcome =>
  service.minimumAge === null && service.maximumAge === null ? NOTHING_ASKED : one(ageWithin(service.minimumAge, service.maximumAge, facts))

/** A service for the whole country asks nothing of the place; elsewhere an untold commune leaves it open, and so does a phone. */
function areaTruth(service: Service, facts: Facts): Outcome {
  if (service.serviceAreas.length === 0 || service.serviceAreas.some((area) => area.kind === 'COUNTRY')) return NOTHING_ASKED
  const reason = livesIn(facts, (commune) => covers(service, commune))
  // Anybody may call and ask; it is only made for others.
  if (reason.truth === 'no' && isFromAfar(service)) return one({ kind: 'afar', truth: 'unknown', areas: service.serviceAreas })
  return one(reason)
}

function livesIn({ communes }: Facts, test: (commune: Commune) => boolean): Reason {
  const known = [...(communes ?? [])].sort((a, b) => (a.nisCode < b.nisCode ? -1 : 1))
  const inside = known.filter(test).length
  const truth = known.length === 0 ? 'unknown' : inside === known.length ? 'yes' : inside === 0 ? 'no' : 'unknown'
  return { kind: 'area', truth, communes: known }
}

const one = (reason: Reason): Outcome => ({ truth: reason.truth, reasons: [reason] })

/** Kleene's strong conjunction; the reasons kept are those of the parts that give the result. */
function combineAll(parts: Outcome[]): Outcome {
  const truth: Truth = parts.some((part) => part.truth === 'no') ? 'no' : parts.some((part) => part.truth === 'unknown') ? 'unknown' : 'yes'
  return { truth, reasons: reasonsOf(parts, truth) }
}

/** Kleene's strong disjunction. */
function combineAny(parts: Outcome[]): Outcome {
  const truth: Truth = parts.some((part) => part.truth === 'yes')
    ? 'yes'
    : parts.some((part) => part.truth === 'unknown')
      ? 'unknown'
      : 'no'
  return { truth, reasons: reasonsOf(parts, truth) }
}

const reasonsOf = (parts: Outcome[], truth: Truth): Reason[] => parts.filter((part) => part.truth === truth).flatMap((part) => part.reasons)

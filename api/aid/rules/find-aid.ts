import type { LanguageCode, Urgency } from '../../db/generated/enums.ts'
import { given } from '../../directory/search.ts'
import type { Audience, Commune, FaqEntry, Line, Need, Service, Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { factsOf, type Situation as Told } from '../../service/rules/situation.ts'
import { readAudiences } from '../../taxonomy/rules.ts'
import { type Asked, readAsked } from './asked.ts'
import { candidatesFor, isOfferedElsewhere } from './candidates.ts'
import { dangersIn } from './danger.ts'
import { lineToCall } from './line.ts'
import { type Match, type Person, rank } from './rank.ts'
import { type Unmet, unmetReason } from './unmet.ts'
import { linesToCallFirst, urgencyOf } from './urgency.ts'

export type Situation = Told & { text?: string | null; openNow?: boolean | null }

export type Finding = {
  urgency: Urgency
  linesToCallFirst: readonly Line[]
  commune: Commune | null
  needs: readonly Need[]
  matches: readonly Match[]
  /** How many there are, of which `matches` are the first. */
  total: number
  faqEntries: readonly FaqEntry[]
  line: Line | null
  unmet: Unmet | null
}

/** As many as a page of any other list. */
export const MOST_MATCHES = 100
const MOST_QUESTIONS = 5
/** The centre of the commune stands at this place at the latest, where the need is one it serves. */
const CENTRE_AT_LATEST = 2

/**
 * Who can help in a situation: what must be done first, the services with verdict and reasons, the questions, and whom to call.
 * A pure function of the content, the situation, the languages of the request and the moment.
 * @param first how many matches, 0 to 100
 * @throws InvalidInput for codes that do not exist, lists that are too long, a place that contradicts itself, or a page that is too long
 */
export function findAid(
  directory: Snapshot,
  situation: Situation,
  { now, languages: requested, first }: { now: Date; languages: readonly LanguageCode[]; first: number },
): Finding {
  const facts = factsOf(directory, situation)
  if (first < 0 || first > MOST_MATCHES)
    throw new InvalidInput([{ path: ['first'], code: 'out_of_range', params: { min: 0, max: MOST_MATCHES } }])
  const { communes } = facts
  const { audiences } = readAudiences(directory, situation.audiences, ['situation', 'audiences'])
  const languages = facts.languages ?? requested.slice(0, 1)
  const person: Person = { facts, audiences: withAge(directory, audiences, facts.age), languages, openNow: false, now }
  const today = dayIn(now)

  const chosen = situation.needs ?? []
  const dangers = dangersIn(directory, given(situation.text) ?? '')
  // A danger is as good as chosen: those who help with it come before those whose texts share more words with hers.
  const asked = readAsked(directory, [...chosen, ...dangers.map(({ code }) => code)], situation.text, { communes })
  const faqEntries = questionsFor(directory, asked)
  const needs = needsOf(directory, chosen, dangers, asked)
  const question = asked.faqEntries.size > 0 ? faqEntries.slice(0, 1).find((entry) => isAbout(entry, needs)) : undefined
  const urgency = chosen.length > 0 ? urgencyOf(dangers, needs, [], question) : urgencyOf(dangers, [], needs, question)

  const candidates = candidatesFor(directory, asked, audiences, { communes }).filter(({ service }) =>
    isForThis(directory, service, urgency),
  )
  const ranked = (openNow: boolean) => centreFirst(rank(candidates, { ...person, openNow }), asked, communes)
  const possible = ranked(false)
  const matches = situation.openNow ? ranked(true) : possible
  const reason = asked.anything
    ? unmetReason(matches, {
        elsewhere: communes !== null && isOfferedElsewhere(directory, asked),
        closedOnly: possible.some(({ eligibility }) => eligibility.verdict !== 'NOT_ELIGIBLE'),
      })
    : null
  return {
    urgency,
    linesToCallFirst: linesToCallFirst(directory, { urgency, needs: [...dangers, ...needs], languages, now, today }),
    commune: communes?.length === 1 ? (communes[0] as Commune) : null,
    needs,
    matches: matches.slice(0, first),
    total: matches.length,
    faqEntries,
    line: lineToCall(directory, { needs: new Set(asked.needs.keys()), communes, languages, now, today }),
    unmet: reason && {
      reason,
      needCodes: needs.map(({ code }) => code),
      nisCode: communes?.length === 1 ? (communes[0]?.nisCode ?? '') : '',
    },
  }
}

/** Who one is follows from one's age, too: 65 as in the eligibility rules, 26 as in the aids for the young. */
function withAge(directory: Snapshot, told: ReadonlySet<Audience>, age: number | null): ReadonlySet<Audience> {
  const code = age === null ? undefined : age >= 65 ? 'seniors' : age < 26 ? 'youth' : undefined
  const audience = code === undefined ? undefined : directory.audiencesByCode.get(code)
  return audience ? new Set([...told, audience]) : told
}

/** Emergency services are for emergencies: nobody is sent to them with a damp wall, and they do not make up for what is not there. */
const isForThis = ({ lines }: Snapshot, { organization }: Service, urgency: Urgency): boolean =>
  urgency === 'DANGER' || urgency === 'CRISIS' || !lines.some((line) => line.kind === 'EMERGENCY' && line.organization === organization)

/** The needs it is about: the chosen ones, else the dangers and what the words are about most. */
function needsOf(directory: Snapshot, chosen: readonly string[], dangers: readonly Need[], asked: Asked): Need[] {
  if (chosen.length > 0) return [...new Set(chosen)].flatMap((code) => directory.needsByCode.get(code) ?? [])
  const guessed = [...asked.needs].sort((a, b) => b[1] - a[1]).slice(0, 1)
  return [...new Set([...dangers, ...guessed.map(([need]) => need)])]
}

/** Whether a question is about one of these needs, its parts or its whole; what they are is unknown when there are none. */
const isAbout = (question: FaqEntry, needs: readonly Need[]): boolean =>
  needs.length === 0 || question.needs.some((one) => needs.some((need) => one === need || one.parent === need || need.parent === one))

/** Questions that fit the words, else those about the needs, the chosen need itself before its kin. */
function questionsFor(directory: Snapshot, asked: Asked): FaqEntry[] {
  if (asked.faqEntries.size > 0) return [...asked.faqEntries.keys()].slice(0, MOST_QUESTIONS)
  const closeness = (entry: FaqEntry): number =>
    Math.max(0, ...entry.needs.map((need, position) => (asked.needs.get(need) ?? 0) - position * 0.05))
  return directory.faqEntries
    .map((entry) => ({ entry, closeness: closeness(entry) }))
    .filter((one) => one.closeness > 0)
    .sort((a, b) => b.closeness - a.closeness)
    .slice(0, MOST_QUESTIONS)
    .map(({ entry }) => entry)
}

/** The public welfare centre of the commune among the first results, where the need is one it serves. */
function centreFirst(matches: Match[], asked: Asked, communes: readonly Commune[] | null): Match[] {
  if (communes === null || ![...asked.needs.keys()].some(({ servedByCpas }) => servedByCpas)) return matches
  const centres = new Set(communes.map(({ cpas }) => cpas))
  const at = matches.findIndex(({ service, eligibility }) => eligibility.verdict !== 'NOT_ELIGIBLE' && centres.has(service.organization))
  if (at <= CENTRE_AT_LATEST) return matches
  const centre = matches[at] as Match
  return [...matches.slice(0, CENTRE_AT_LATEST), centre, ...matches.slice(CENTRE_AT_LATEST).filter((match) => match !== centre)]
}

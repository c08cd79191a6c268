import type { FinderAidQuery, FinderCommunesQuery, FinderStartQuery } from '../../schema/generated/finder.ts'

export type Start = FinderStartQuery
export type Need = Start['needs'][number]['children'][number]
export type Line = Start['lines'][number]
/** A line as a number to call. */
export type Call = Need['emergencyLines'][number]
/** What a search gave: the first services of all that were weighed, the questions, and whom to call. */
export type Found = FinderAidQuery['findAid']
export type Match = Found['matches'][number]
export type Service = Match['service']
export type Question = Found['faqEntries'][number]
/** `label` is how it stands in the field: with the postal code that was typed, else its first. */
export type Commune = FinderCommunesQuery['communes'][number] & { label: string }

/** The groups of results, in the order they are shown; each is also the name of its title in the texts. */
export const GROUPS = ['near', 'everywhere', 'byPhone', 'local', 'unlikely'] as const
export type Group = (typeof GROUPS)[number]

/** Where a match belongs. Nothing is near while the commune is not known: what single communes offer then comes after what all may use. */
export function groupOf({ service, eligibility }: Match, nisCode?: string): Group {
  const { serviceAreas, locations, phones } = service
  if (eligibility.verdict === 'NOT_ELIGIBLE') return 'unlikely'
  if (serviceAreas[0] && serviceAreas.every(({ kind }) => kind === 'COMMUNE')) return nisCode ? 'near' : 'local'
  if (locations.some(({ commune }) => commune.nisCode === nisCode)) return 'near'
  return phones[0] && !locations[0] ? 'byPhone' : 'everywhere'
}

/** Whom to call before anything else: what the answer says, and until it is there what the chosen need says. */
export function pressingLines(chosen?: Need, found?: Found): Call[] {
  const { urgency, emergencyLines } = found ?? chosen ?? {}
  return /DANGER|CRISIS/.test(urgency ?? '') ? (emergencyLines ?? []) : []
}

/** The lines that anybody here may call, those that speak the language first; a commune's own only for its people. */
export function linesFor(lines: Line[], language: string, nisCode?: string): Line[] {
  const foreign = (line: Line) => Number(!line.languages.some((code) => code.toLowerCase() === language))
  return lines
    .filter((line) => line.kind === 'SOCIAL' && line.serviceAreas.some(({ kind, code }) => kind !== 'COMMUNE' || code === nisCode))
    .sort((a, b) => foreign(a) - foreign(b))
}

import type { FinderCommunesQuery, FinderSearchQuery, FinderStartQuery } from '../../schema/generated/finder.ts'

export type Start = FinderStartQuery
export type Need = Start['needs'][number]['children'][number]
export type Line = Start['lines'][number]
export type Service = FinderSearchQuery['services']['edges'][number]['node']
export type Question = NonNullable<FinderSearchQuery['faqEntries']>['edges'][number]['node']
/** `label` is how it stands in the field: with the postal code that was typed, else its first. */
export type Commune = FinderCommunesQuery['communes'][number] & { label: string }

/** What a search gave so far, page by page. */
export interface Found {
  services: Service[]
  questions: Question[]
  total: number
  /** Where the next page starts; nothing when all is there. */
  after?: string | null
}

/** What is found once this answer is there: all of it, or one more page of what was found `before`. */
export function foundWith({ services: { edges, totalCount, pageInfo }, faqEntries }: FinderSearchQuery, before?: Found): Found {
  return {
    services: [...(before?.services ?? []), ...edges.map(({ node }) => node)],
    questions: faqEntries?.edges.map(({ node }) => node) ?? before?.questions ?? [],
    total: totalCount,
    after: pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
  }
}

/** The groups of results, in the order they are shown; each is also the name of its title in the texts. */
export const GROUPS = ['near', 'everywhere', 'byPhone', 'local'] as const
export type Group = (typeof GROUPS)[number]

/** Where a service belongs. Nothing is near while the commune is not known: what single communes offer then comes last. */
export function groupOf({ serviceAreas, locations, phones }: Service, commune?: Commune): Group {
  if (serviceAreas.every(({ kind }) => kind === 'COMMUNE')) return commune ? 'near' : 'local'
  if (locations.some((location) => location.commune.nisCode === commune?.nisCode)) return 'near'
  return phones[0] && !locations[0] ? 'byPhone' : 'everywhere'
}

/** The needs that make a search pressing: the chosen one, else those behind any dangerous answer to the person's words. */
export function pressingNeeds(needs: Need[], chosen: string | undefined, questions: Question[] = []): Need[] {
  const dangers = questions.filter(({ urgency }) => urgency === 'DANGER')
  const codes = chosen ? [chosen] : dangers.flatMap((question) => question.needs.map(({ code }) => code))
  return needs.filter(({ code, urgency }) => codes.includes(code) && /DANGER|CRISIS/.test(urgency ?? ''))
}

/** The lines that anybody here may call, those that speak the language first; a commune's own only for its people. */
export function linesFor(lines: Line[], language: string, commune?: Commune): Line[] {
  const foreign = (line: Line) => Number(!line.languages.some((code) => code.toLowerCase() === language))
  return lines
    .filter((line) => line.kind === 'SOCIAL' && line.serviceAreas.some(({ kind, code }) => kind !== 'COMMUNE' || code === commune?.nisCode))
    .sort((a, b) => foreign(a) - foreign(b))
}

/** The first sentence of a description, and the rest. */
export function firstSentence(text: string): [first: string, rest: string] {
  const first = /^.{30,}?[.!?](?= \p{Lu})/u.exec(text)?.[0] ?? text
  return [first, text.slice(first.length)]
}

/** Older than this, a record is shown with the advice to check. */
const OLD_MS = 2 * 365 * 24 * 3600 * 1000

export const isOld = (date: string, now = Date.now()): boolean => now - Date.parse(date) > OLD_MS

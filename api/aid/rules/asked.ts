import { given } from '../../directory/search.ts'
import type { Commune, FaqEntry, Need, Service, Snapshot } from '../../directory/snapshot.ts'

/** Where the person lives: her commune, the two that her postal code may mean, or null when she did not say. */
export type Area = { communes: readonly Commune[] | null }

/** What the person asks about, however she said it. Numbers are weights between 0 and 1. */
export type Asked = {
  /** Needs that she chose, with their sub-needs, and needs that her words are about. */
  needs: ReadonlyMap<Need, number>
  /** Services and questions that her words name. */
  services: ReadonlyMap<Service, number>
  faqEntries: ReadonlyMap<FaqEntry, number>
  /** She said something: a need or words. */
  anything: boolean
}

/** A need that is part of the chosen one, and the one that the chosen one is part of. */
const PART = 0.8
const WHOLE = 0.5
/** A need that was guessed from words counts less than one that was chosen. */
const GUESSED = 0.7
/** Of the needs that words may be about, only those nearly as good as the best count. */
const NEARLY = 0.5
const MOST_GUESSED = 3
/** Services that answer a question which fits the words: editors linked them, best first. */
const LINKED = 0.8
const MOST_QUESTIONS = 3
/** From this weight on a need is what the words are about, and not one of several they may be. */
const LIKELY = 0.6
/** What fits so much less than the best has a word in common by chance. */
const BY_CHANCE = 0.3

/**
 * Reads what was asked: the chosen needs, and what the words are about.
 * @param chosen codes, known to exist
 */
export function readAsked(directory: Snapshot, chosen: readonly string[], words: string | null | undefined, area: Area): Asked {
  const needs = new Map<Need, number>()
  const weigh = <T>(weights: Map<T, number>, record: T, weight: number) => {
    if (weight > (weights.get(record) ?? 0)) weights.set(record, weight)
  }
  const withKin = (need: Need, weight: number) => {
    weigh(needs, need, weight)
    for (const child of need.children) weigh(needs, child, weight * PART)
    if (need.parent) weigh(needs, need.parent, weight * WHOLE)
  }
  for (const code of chosen) {
    const need = directory.needsByCode.get(code)
    if (need) withKin(need, 1)
  }
  const text = given(words)
  if (text === null) return { needs, services: new Map(), faqEntries: new Map(), anything: needs.size > 0 }

  const { search } = directory
  for (const [need, score] of relative(search.needs.hits(text), NEARLY).slice(0, MOST_GUESSED)) withKin(need, score * GUESSED)
  const faqEntries = relative(search.faqEntries.hits(text), BY_CHANCE)
  const here = area.communes && new Set(area.communes.map(({ nisCode }) => nisCode))
  const services = new Map(servicesNamed(directory, text, here, needs))
  for (const [entry, score] of faqEntries.slice(0, MOST_QUESTIONS)) {
    for (const [position, service] of entry.services.entries()) weigh(services, service, (score * LINKED) / (1 + position * 0.2))
  }
  return { needs, services, faqEntries: new Map(faqEntries), anything: true }
}

/**
 * What the words name in her commune. Where the best of it helps with none of the needs they are about, it is held against what they name
 * anywhere: where little is offered, a word in common by chance would be the best there is, and a suicide line the answer to a bailiff.
 */
function servicesNamed(directory: Snapshot, text: string, here: ReadonlySet<string> | null, needs: ReadonlyMap<Need, number>) {
  const { services } = directory.search
  if (here === null) return relative(services.hits(text), BY_CHANCE)
  const hits = services.hits(text, here)
  const [first] = hits
  if (!first || needs.size === 0 || first.record.needs.some((need) => (needs.get(need) ?? 0) >= LIKELY)) return relative(hits, BY_CHANCE)
  return relative(hits, BY_CHANCE, Math.max(first.score, services.hits(text)[0]?.score ?? 0))
}

/** Scores in parts of the best one, down to the least that counts. */
function relative<T>(hits: readonly { record: T; score: number }[], least: number, best = hits[0]?.score ?? 1): [T, number][] {
  return hits.map(({ record, score }): [T, number] => [record, score / best]).filter(([, score]) => score >= least)
}

import type { LanguageCode } from '../../db/generated/enums.ts'
import { languagesFrom, choose, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { type Delay, fatesOf, type Report, RETURNS } from '../rules/demand.ts'
import type { Count, Group, Table } from '../rules/publication.ts'
import { reasonsOf, rowsOf, totalOf } from '../rules/rows.ts'
import { FEWEST } from '../rules/suppress.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { fr, type ReportWords } from './words/fr.ts'
import { nl } from './words/nl.ts'

export const REPORT_WORDS: Record<LanguageCode, ReportWords> = { FR: fr, DE: de, NL: nl, EN: en }

/** What stands in a table: words, a number, a count that may be hidden, or nothing. */
export type Cell = string | number | Count | null

/** One table of the report: a file, and mostly a part of the page. `name` is the file's, without its ending. */
export type ReportTable = { name: string; title: string; columns: readonly string[]; rows: readonly (readonly Cell[])[] }

export type TableName =
  | 'needs'
  | 'weeks'
  | 'communes'
  | 'needs-weeks'
  | 'needs-communes'
  | 'outcomes'
  | 'needs-outcomes'
  | 'delays'
  | 'partners'
  | 'returned'
  | 'said'
  | 'unmet'
  | 'needs-unmet'
  | 'communes-unmet'

/** A count as it is written. */
export const labelOf = ({ shown, value }: Count, format: (value: number) => string = String): string =>
  shown === 'EXACT' ? format(value ?? 0) : shown === 'FEW' ? `<${FEWEST}` : '…'

/** All tables of a report, in the words of a language; one fact a row. */
export function tablesOf(demand: Report, directory: Snapshot, language: LanguageCode): Record<TableName, ReportTable> {
  const words = REPORT_WORDS[language]
  const { columns, sections } = words
  const languages = languagesFrom(tagOf(language))
  const needName = (code: string | null): string => {
    const need = code ? directory.needsByCode.get(code) : undefined
    return code === null ? words.others : need ? choose(need.texts, languages).text.label : words.unsaid
  }
  const placeOf = (nis: string): [string, string] => {
    const commune = directory.communesByNis.get(nis)
    return commune ? [choose(commune.texts, languages).text.name, nis] : [words.unknownPlace, '']
  }
  const places = ({ keys, totals }: Table) =>
    keys
      .map((nis, index) => ({ place: placeOf(nis), count: totals[index] as Count }))
      .sort((a, b) => rank(b.count) - rank(a.count) || a.place[0].localeCompare(b.place[0], tagOf(language)))
      .map(({ place, count }) => [...place, count])
  const { requests, partners, unmet } = demand
  const total = totalOf(demand)
  // Of many first, and all others together at the end.
  const grouped = (some: readonly Group[]) =>
    some
      .map(({ need, count }, index) => ({ name: needName(need), index, order: need === null ? -1 : count }))
      .sort((a, b) => b.order - a.order || a.name.localeCompare(b.name, tagOf(language)))
  const groups = grouped(requests.groups)
  const crossed = (by: 'NEED_AND_WEEK' | 'NEED_AND_COMMUNE') => rowsOf(demand, by)
  return {
    needs: {
      name: 'needs',
      title: sections.needs,
      columns: [columns.need, columns.requests],
      rows: requests.needs
        .map(({ need, count }) => [needName(need), count] as const)
        .sort(([a, one], [b, other]) => rank(other) - rank(one) || a.localeCompare(b, tagOf(language))),
    },
    weeks: {
      name: 'weeks',
      title: sections.weeks,
      columns: [columns.week, columns.requests],
      rows: everyWeek(requests.tables.week),
    },
    communes: {
      name: 'communes',
      title: sections.communes,
      columns: [columns.commune, columns.nis, columns.requests],
      rows: places(requests.tables.commune),
    },
    'needs-weeks': {
      name: 'needs-weeks',
      title: sections.needsWeeks,
      columns: [columns.need, columns.week, columns.requests],
      rows: crossed('NEED_AND_WEEK').map(({ need, week, requests: count }) => [needName(need), week, count]),
    },
    'needs-communes': {
      name: 'needs-communes',
      title: sections.needsCommunes,
      columns: [columns.need, columns.commune, columns.nis, columns.requests],
      rows: crossed('NEED_AND_COMMUNE').map(({ need, commune, requests: count }) => [needName(need), ...placeOf(commune ?? ''), count]),
    },
    outcomes: {
      name: 'outcomes',
      title: sections.became,
      columns: [columns.became, columns.requests],
      rows: (total.fates ?? []).map(({ fate, count }) => [words.fates[fate], count]),
    },
    'needs-outcomes': {
      name: 'needs-outcomes',
      title: sections.needsBecame,
      columns: [columns.need, columns.became, columns.requests],
      rows: groups.flatMap(({ name: need, index }) =>
        (fatesOf(demand, index) ?? []).flatMap(({ fate, count }) => (count.value === 0 ? [] : [[need, words.fates[fate], count]])),
      ),
    },
    delays: {
      name: 'delays',
      title: sections.delays,
      columns: [columns.of, columns.median, columns.ninetieth],
      rows: [
        ...delay(words.all, demand.delays.total),
        ...groups.flatMap(({ name: need, index }) => delay(need, demand.delays.groups[index] ?? null)),
        ...[...demand.delays.weeks].flatMap(([week, one]) => delay(`${columns.week} ${week}`, one)),
      ],
    },
    partners: {
      name: 'partners',
      title: sections.partners,
      columns: [columns.until, columns.median, columns.ninetieth],
      rows: [...delay(words.answer, partners.answer), ...delay(words.outcome, partners.outcome)],
    },
    returned: {
      name: 'returned',
      title: sections.returned,
      columns: [columns.ended, columns.cases],
      rows: RETURNS.flatMap((reason) =>
        partners.returned.counts.flatMap(({ key, count }) => (key === reason ? [[words.returns[reason], count]] : [])),
      ),
    },
    said: {
      name: 'said',
      title: sections.said,
      columns: [columns.said, columns.share],
      rows: SAID.flatMap((answer) => {
        const share = partners.said?.[answer] ?? null
        return share === null ? [] : [[words.said[answer], share]]
      }),
    },
    unmet: {
      name: 'unmet',
      title: sections.unmet,
      columns: [columns.reason, columns.times],
      rows: reasonsOf(unmet, null).map(({ reason, count }) => [words.reasons[reason], count]),
    },
    'needs-unmet': {
      name: 'needs-unmet',
      title: sections.needsUnmet,
      columns: [columns.need, columns.reason, columns.times],
      rows: grouped(unmet.groups).flatMap(({ name: need, index }) =>
        reasonsOf(unmet, index).flatMap(({ reason, count }) => (count.value === 0 ? [] : [[need, words.reasons[reason], count]])),
      ),
    },
    'communes-unmet': {
      name: 'communes-unmet',
      title: sections.unmetCommunes,
      columns: [columns.commune, columns.nis, columns.times],
      rows: places(unmet.tables.commune),
    },
  }
}

const SAID = ['contacted', 'useful', 'stillNeeded'] as const

const delay = (of: string, one: Delay | null): Cell[][] => (one ? [[of, one.median, one.ninetieth]] : [])

/** Largest first; then what is withheld, then what is few: in an order that tells nothing of them. */
const rank = ({ shown, value }: Count): number => (shown === 'EXACT' ? (value ?? 0) : shown === 'WITHHELD' ? -1 : -2)

const WEEK_MS = 7 * 86_400_000

/** The weeks from the first to the last in which somebody asked, with those in which nobody did. */
function everyWeek({ keys, totals }: Table): [string, Count][] {
  const counts = new Map(keys.map((key, index) => [key, totals[index] as Count]))
  const rows: [string, Count][] = []
  const last = keys.at(-1)
  for (let week = keys[0]; week !== undefined && last !== undefined && week <= last; ) {
    rows.push([week, counts.get(week) ?? { shown: 'EXACT', value: 0 }])
    week = new Date(Date.parse(week) + WEEK_MS).toISOString().slice(0, 10)
  }
  return rows
}

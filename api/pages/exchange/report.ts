import type { ContentKind } from '../../db/generated/enums.ts'
import type { ImportTold, ImportView } from '../../exchange/rules/door.ts'
import type { ImportProblem, Outcome } from '../../exchange/rules/entry.ts'
import { noteSentence, problemSentence, type Report, type ReportRow } from '../../exchange/rules/report.ts'
import { WORDS } from '../../exchange/rules/words.ts'
import { inFront } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import { languageOf, type Reader } from '../layout.ts'
import { staffLink } from '../staff/asked.ts'
import { filledOf, formPath } from './read.ts'
import { backLink, namesLabel, repeatForm, wayOf } from './views.ts'
import { exchangeWords, momentLabel, numberLabel } from './words.ts'

/** Whether it still waits or goes on. */
export const isUnderWay = ({ state }: Pick<ImportView, 'state'>): boolean => state === 'WAITING' || state === 'RUNNING'

const isSame = ({ counts: { MADE, CHANGED } }: Report): boolean => MADE + CHANGED === 0

/** What became of it, in a few words: the heading of its page. */
export function titleOf({ view, report }: Pick<ImportTold, 'view' | 'report'>, reader: Reader): string {
  const words = exchangeWords(reader)
  if (isUnderWay(view)) return view.dryRun ? words.running.trial : words.running.other
  if (view.state === 'REFUSED') return words.refused
  if (view.state === 'FAILED') return words.failed
  return report && isSame(report) ? words.nothingNew.title : words.done[wayOf(view)].title
}

/** Everything about one import. */
export function importView(told: ImportTold, reader: Reader): Html {
  const { view, report } = told
  const words = exchangeWords(reader)
  const whose = html`<p class="whose">${namesLabel(view.names)} · ${words.way[wayOf(view)]} · ${words.by(view.actorName, momentLabel(view.createdAt, reader))}</p>`
  if (isUnderWay(view)) return html`${whose}\n${runningPart(view, reader)}\n${backLink(reader)}`
  return html`${whose}
${outcomePart(told, reader)}
${report && reportPart(view, report, reader)}
${backLink(reader)}`
}

/** The script puts a new one of these in its place. */
function runningPart({ done, total }: ImportView, reader: Reader): Html {
  const words = exchangeWords(reader)
  const told = total > 0 ? words.progress(numberLabel(done, reader), numberLabel(total, reader)) : words.begins
  return html`<div class="card" id="running">
<p><strong id="progress-label">${told}</strong></p>
<progress aria-labelledby="progress-label"${total > 0 && html` max="${total}" value="${done}"`}></progress>
<p>${words.runningText}</p>
<noscript><p><a class="step" href="">${words.lookAgain}</a></p></noscript>
</div>`
}

/** What became of it, and what may be done now. */
function outcomePart({ view, report, kept }: ImportTold, reader: Reader): Html {
  const words = exchangeWords(reader)
  const form = (text: string) => html`<p><a class="step" href="${staffLink(reader, formPath(filledOf(view)))}#bring">${text}</a></p>`
  const workshop = html`<p><a class="step" href="${staffLink(reader, '/edit')}">${words.workshop}</a></p>`
  if (view.state === 'REFUSED') {
    return html`<div class="card wrong" role="alert" tabindex="-1" autofocus><p><strong>${words.refusedText(numberLabel(report?.problemCount ?? 0, reader))}</strong></p>
${form(words.sendAgain)}</div>`
  }
  if (view.state === 'FAILED')
    return html`<div class="card wrong" role="alert" tabindex="-1" autofocus><p>${words.failedText}</p>\n${form(words.sendAgain)}</div>`
  if (report && isSame(report)) return html`<div class="card" role="status"><p>${words.nothingNew.text}</p>\n${form(words.another)}</div>`
  const { text } = words.done[wayOf(view)]
  if (!view.dryRun) return html`<div class="card" role="status"><p>${text}</p>\n${workshop}</div>`
  return html`<div class="card"><p role="status">${text}</p>
${kept ? repeatForm(view, reader) : html`<p>${words.goneText}</p>`}
${form(words.another)}</div>`
}

const OUTCOMES: readonly Outcome[] = ['MADE', 'CHANGED', 'UNCHANGED', 'WRONG']

function reportPart(view: ImportView, report: Report, reader: Reader): Html {
  const words = exchangeWords(reader)
  const { rows, notes } = report
  return html`${faultsPart(report, view.names.length > 1, reader)}
${countsPart(report, reader)}
${
  notes.length > 0 &&
  html`<section>
<h2>${words.notes}</h2>
<ul class="bullets">${notes.map((note) => html`<li>${noteSentence(note, reader.languages)}</li>\n`)}</ul>
</section>`
}
<section>
${view.state === 'DONE' && lacksPart(report, view.names.length > 1, reader)}
${rowsPart(words.changed, 'CHANGED', report, view, rows, reader)}
${rowsPart(words.made, 'MADE', report, view, rows, reader)}
</section>`
}

function countsPart({ counts, kinds = {} }: Report, reader: Reader): Html {
  const words = exchangeWords(reader)
  const told = OUTCOMES.filter((one) => one !== 'WRONG' || counts.WRONG > 0)
  const cells = (of: Record<Outcome, number>) =>
    told.map(
      (one) =>
        html`<td role="cell" data-label="${words.outcomes[one]} "${of[one] === 0 && html` class="nought"`}>${numberLabel(of[one], reader)}</td>`,
    )
  const known = (Object.keys(words.kinds) as ContentKind[]).flatMap((kind) => (kinds[kind] ? [{ kind, of: kinds[kind] }] : []))
  return html`<section>
<h2>${words.counts}</h2>
<table class="counts" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${words.kind}</th>${told.map((one) => html`<th role="columnheader" scope="col">${words.outcomes[one]}</th>`)}</tr></thead>
<tbody role="rowgroup">${known.length > 1 && known.map(({ kind, of }) => html`<tr role="row"><th role="rowheader" scope="row">${words.kinds[kind]}</th>${cells(of)}</tr>\n`)}
<tr class="last" role="row"><th role="rowheader" scope="row">${known.length === 1 && known[0] ? words.kinds[known[0].kind] : words.all}</th>${cells(counts)}</tr></tbody>
</table>
</section>`
}

/** A mistake, and the record in which it is; null: in none. */
type Fault = { problem: ImportProblem; title: string | null }

/** Where, what, and what stands there. Small screens show tables as lists: roles keep them tables for who hears them. */
function faultsTable(faults: readonly Fault[], named: boolean, reader: Reader): Html {
  const words = exchangeWords(reader)
  const { row: rowLabel } = WORDS[languageOf(reader)]
  return html`<table class="faults" role="table">
<thead role="rowgroup"><tr role="row">${[words.where, words.column, words.what, words.found].map((one) => html`<th role="columnheader" scope="col">${one}</th>`)}</tr></thead>
<tbody role="rowgroup">${faults.map(
    ({ problem, title }) => html`<tr role="row">
<th role="rowheader" scope="row">${named && html`${problem.file}, `}${rowLabel(problem.row)}${title && html`<small>${title}</small>`}</th>
<td role="cell" data-label="${inFront(words.column, reader)} ">${problem.column === null ? '–' : html`<code>${breakable(problem.column)}</code>`}</td>
<td role="cell">${problemSentence(problem, reader.languages)}</td>
<td role="cell" data-label="${inFront(words.found, reader)} ">${foundOf(problem) ?? html`<span class="nought">${problem.column === null ? '–' : words.nothingFound}</span>`}</td>
</tr>\n`,
  )}</tbody>
</table>`
}

/** A path may go on in the next line after each dot. */
const breakable = (column: string): Html[] => column.split('.').map((part, index) => (index === 0 ? html`${part}` : html`.<wbr>${part}`))

/** What stands there; reports of older servers know it only where the sentence needs it. */
const foundOf = ({ found, params }: ImportProblem): string | null => found ?? (params?.value === undefined ? null : String(params.value))

function faultsPart(report: Report, named: boolean, reader: Reader): Html | null {
  const words = exchangeWords(reader)
  const { problems, rows, problemCount } = report
  if (problemCount === 0) return null
  const faults: Fault[] = [
    ...problems.map((problem) => ({ problem, title: null })),
    ...rows.flatMap((row) => row.problems.map((problem) => ({ problem, title: nameOf(row) }))),
  ]
  return html`<section>
<h2>${words.wrong}</h2>
${faults.length < problemCount && html`<p>${words.firstOf(numberLabel(faults.length, reader), numberLabel(problemCount, reader))}</p>`}
${faultsTable(faults, named, reader)}
</section>`
}

function lacksPart({ rows, lacking }: Report, named: boolean, reader: Reader): Html | null {
  if (lacking === 0) return null
  const words = exchangeWords(reader)
  const faults = rows.flatMap((row) => row.lacks.map((problem) => ({ problem, title: nameOf(row) })))
  return html`<details><summary>${words.lacks(numberLabel(lacking, reader))}</summary>
<p>${words.lacksText}</p>
${faultsTable(faults, named, reader)}
</details>`
}

const nameOf = ({ title, slug, id }: ReportRow): string => title || slug || id || ''

/** The records of one outcome; once they are stored, they lead to the workshop. */
function rowsPart(
  heading: string,
  outcome: 'MADE' | 'CHANGED',
  report: Report,
  view: ImportView,
  rows: readonly ReportRow[],
  reader: Reader,
): Html | null {
  const some = rows.filter((row) => row.outcome === outcome)
  if (some.length === 0) return null
  const words = exchangeWords(reader)
  const isStored = view.state === 'DONE' && !view.dryRun
  const name = (row: ReportRow) =>
    isStored && row.id ? html`<a href="${staffLink(reader, '/edit')}#${row.id}">${nameOf(row)}</a>` : html`${nameOf(row)}`
  const all = report.counts[outcome]
  const count = some.length < all ? `${numberLabel(some.length, reader)} / ${numberLabel(all, reader)}` : numberLabel(all, reader)
  return html`<details><summary>${heading} (${count})</summary>
<ul class="rows">${some.map(
    (row) =>
      html`<li>${name(row)} <small>${words.kindOne[row.kind]}${outcome === 'CHANGED' && html` · ${row.changed.join(', ')}`}</small></li>\n`,
  )}</ul>
</details>`
}

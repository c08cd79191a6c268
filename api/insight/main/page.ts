import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { type Html, html, styleElement } from '../../pages/html.ts'
import { STYLE } from '../../pages/style.ts'
import type { Report } from '../rules/demand.ts'
import type { Count } from '../rules/publication.ts'
import { totalOf } from '../rules/rows.ts'
import { FEWEST } from '../rules/suppress.ts'
import { barsOf, columnsOf, spansOf, type Told } from './plots.ts'
import { REPORT_STYLE } from './style.ts'
import { type Cell, labelOf, REPORT_WORDS, type ReportTable, type TableName } from './tables.ts'

/** Bars of a plot at most; the table beside it has all. */
const MOST_BARS = 15
/** So many weeks have their own day written below them; of more only the months are told, of many by one letter. */
const MOST_DAYS = 9
const MOST_MONTHS = 30

/** The policy of the page, wherever it is put: it needs nothing but its own style, and nothing can be slipped in. */
const POLICY = html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`

/** A report and its tables as one page that needs nothing else: no script, no picture, no font from anywhere. */
export function pageOf(demand: Report, tables: Record<TableName, ReportTable>, language: LanguageCode): string {
  const words = REPORT_WORDS[language]
  const { sections, notes, figures } = words
  const locale = `${tagOf(language)}-BE`
  const number = new Intl.NumberFormat(locale)
  const format = (value: number) => number.format(value)
  const share = new Intl.NumberFormat(locale, { style: 'percent' })
  const percent = (value: number) => share.format(value / 100)
  const day = dateIn(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  const show = showIn(format, words.withheld, words.fewer(FEWEST))
  const total = totalOf(demand)
  const told = (name: string, title: string, bars: readonly { label: string; words: string }[]): Told => {
    const [first] = bars
    return { id: name, title, description: first ? words.plot(bars.length, first.label, first.words) : words.nothing }
  }
  const section = (name: TableName, note: string, plot: Html | null, rows?: ReportTable): Html => {
    const table = rows ?? tables[name]
    return html`<section aria-labelledby="${name}">
<h2 id="${name}">${table.title}</h2>
<p class="whose">${note}</p>
<div class="card">${plot ? html`<div class="pair"><div>${plot}</div><div>${tableElement(table, words.table(table.title), show)}</div></div>` : html`<p>${words.nothing}</p>`}
${plot && html`<p class="file"><a href="${tables[name].name}.csv">${words.file} (CSV)</a></p>`}</div>
</section>
`
  }
  const bars = (name: TableName, write = format): Html | null => {
    const { rows, title } = tables[name]
    const drawn = rows.slice(0, MOST_BARS).map((row) => ({ label: String(row[0]), count: countIn(row.at(-1)) }))
    const inWords = longestFirst(drawn).map(({ count, ...one }) => ({ ...one, words: labelOf(count, write) }))
    return rows.length > 0 ? barsOf(told(`plot-${name}`, title, inWords), drawn, write) : null
  }
  const weekName = dateIn(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const weeks = { ...tables.weeks, rows: tables.weeks.rows.map(([week, count]) => [weekName(String(week)), count as Count]) }
  // Those of weeks stand in the file only.
  const delays = { ...tables.delays, rows: tables.delays.rows.slice(0, tables.delays.rows.length - demand.delays.weeks.size) }
  return html`<!doctype html>
<html lang="${tagOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${POLICY}
<meta name="referrer" content="no-referrer">
<title>${words.title}, ${words.period(day(demand.from), day(demand.to))}</title>
${styleElement(STYLE + REPORT_STYLE)}
</head>
<body>
<main class="frame">
<h1>${words.title}</h1>
<p class="whose">${words.period(day(demand.from), day(demand.to))}</p>
<p class="lead">${words.lead}</p>
<dl class="figures">
<div><dt>${figures.requests}</dt><dd>${show(total.requests)}</dd></div>
${total.reached?.shown === 'EXACT' && html`<div><dt>${figures.reached}</dt><dd>${show(total.reached)}</dd></div>`}
${total.escalated?.shown === 'EXACT' && html`<div><dt>${figures.escalated}</dt><dd>${show(total.escalated)}</dd></div>`}
${total.delay && html`<div><dt>${figures.median}</dt><dd>${words.minutes(format(total.delay.median))}</dd></div>`}
</dl>
${section('needs', notes.needs, bars('needs'))}
${section('weeks', notes.weeks, weekColumns(tables.weeks, locale, weekName, format, told), weeks)}
${section(
  'communes',
  tables.communes.rows.length > MOST_BARS ? notes.communes(MOST_BARS) : words.period(day(demand.from), day(demand.to)),
  bars('communes'),
)}
${section('outcomes', notes.became, bars('outcomes'))}
${section('delays', delays.rows.length > 0 ? notes.delays : words.tooFew, delaySpans('delays', delays, format, words.minutes, told), delays)}
${section(
  'partners',
  tables.partners.rows.length > 0 ? notes.partners : words.tooFewCases,
  delaySpans('partners', tables.partners, format, words.minutes, told),
)}
${section('returned', notes.returned, bars('returned'))}
${section('said', tables.said.rows.length > 0 ? notes.said : words.tooFewAnswers, bars('said', percent))}
${section('unmet', notes.unmet, bars('unmet'))}
<section aria-labelledby="how"><h2 id="how">${sections.how}</h2>
<ul class="bullets stack">${words.how(FEWEST).map((line) => html`<li>${line}</li>`)}</ul>
</section>
<section class="files" aria-label="${notes.files}"><p>${notes.files}</p>
<ul>${FILES_ONLY.map((name) => html`<li><a href="${name}.csv">${tables[name].title} (CSV)</a></li>\n`)}</ul></section>
</main>
</body>
</html>
`.markup
}

/** Tables that have no plot. */
const FILES_ONLY: readonly TableName[] = ['needs-weeks', 'needs-communes', 'needs-outcomes', 'needs-unmet', 'communes-unmet']

const countIn = (cell: Cell | undefined): Count => (typeof cell === 'number' ? { shown: 'EXACT', value: cell } : (cell as Count))

const longestFirst = <T extends { count: Count }>(bars: readonly T[]): T[] =>
  [...bars].sort((a, b) => (b.count.value ?? -1) - (a.count.value ?? -1))

type Tell = (name: string, title: string, bars: readonly { label: string; words: string }[]) => Told

function weekColumns(
  { rows, title }: ReportTable,
  locale: string,
  name: (date: string) => string,
  format: (value: number) => string,
  told: Tell,
): Html | null {
  if (rows.length === 0) return null
  const weeks = rows.map(([week, count]) => ({ week: String(week), count: count as Count }))
  const short = dateIn(
    locale,
    rows.length <= MOST_DAYS ? { day: 'numeric', month: 'numeric' } : { month: rows.length <= MOST_MONTHS ? 'short' : 'narrow' },
  )
  const isNew = (index: number) => weeks[index]?.week.slice(0, 7) !== weeks[index - 1]?.week.slice(0, 7)
  const marked = weeks.map(({ week, count }, index) => {
    // A month that has hardly begun to be shown would stand in the next one's place.
    const begins = rows.length <= MOST_DAYS || (isNew(index) && !(index === 0 && (isNew(1) || isNew(2))))
    return { mark: begins ? short(week) : null, count }
  })
  const largest = longestFirst(weeks).map(({ week, count }) => ({ label: name(week), words: labelOf(count, format) }))
  return columnsOf(told('plot-weeks', title, largest), marked, format)
}

function delaySpans(
  name: TableName,
  { rows, title }: ReportTable,
  format: (value: number) => string,
  minutes: (count: string) => string,
  told: Tell,
): Html | null {
  if (rows.length === 0) return null
  const spans = rows.map(([of, half, most]) => ({
    label: String(of),
    half: Number(half),
    most: Number(most),
    words: `${format(Number(half))} – ${minutes(format(Number(most)))}`,
  }))
  const longestFirst = [...spans].sort((a, b) => b.most - a.most)
  return spansOf(told(`plot-${name}`, title, longestFirst), spans)
}

/** A cell in words; what a sign stands for is told to who hears it. */
const showIn =
  (format: (value: number) => string, withheld: string, few: string) =>
  (cell: Cell): Html | string => {
    if (cell === null) return ''
    if (typeof cell === 'number') return format(cell)
    if (typeof cell === 'string') return cell
    if (cell.shown === 'EXACT') return labelOf(cell, format)
    return html`<abbr title="${cell.shown === 'FEW' ? few : withheld}">${labelOf(cell)}</abbr>`
  }

function tableElement({ columns, rows }: ReportTable, caption: string, show: (cell: Cell) => Html | string): Html {
  const isNumber = (cell: Cell | undefined) => cell !== null && typeof cell !== 'string'
  const place = (cell: Cell | undefined): Html | null => (isNumber(cell) ? html` class="number"` : null)
  const [example = []] = rows
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column, index) => html`<th scope="col"${place(example[index])}>${column}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, index) => (index === 0 ? html`<th scope="row">${show(cell)}</th>` : html`<td${place(cell)}>${show(cell)}</td>`))}</tr>\n`)}</tbody>
</table></div>`
}

/** Calendar days have no time zone. */
function dateIn(locale: string, options: Intl.DateTimeFormatOptions): (date: string) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return (date) => format.format(new Date(`${date}T00:00:00Z`))
}

import { type Html, html } from '../../pages/html.ts'
import type { Count } from '../rules/publication.ts'
import { labelOf } from './tables.ts'

/** What is drawn, in words, for who cannot see it. `id` is the page's own. */
export type Told = { id: string; title: string; description: string }

/** Room for a line of words, and for a bar with its gap, in pixels. */
const WORDS = 20
const BAR = 14
const ROW = WORDS + BAR + 12
/** The longest bar, in per cent of the width: its number stands behind it. */
const LONGEST = 82
/** What is drawn of a count that is hidden: always the same. */
const HIDDEN = 3

/** Lengths are in per cent and words in pixels, so that a plot fits a telephone and its words stay as large as they are. */
const frame = ({ id, title, description }: Told, height: number, drawn: Html | readonly Html[]): Html =>
  html`<svg class="plot" role="img" aria-labelledby="${id}-title ${id}-description" width="100%" height="${height}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${drawn}
</svg>`

const kind = ({ shown }: Count): string => (shown === 'EXACT' ? 'bar' : shown === 'FEW' ? 'bar few' : 'bar withheld')
const largestOf = (counts: readonly Count[]): number => Math.max(1, ...counts.map(({ value }) => value ?? 0))
const percent = (value: number): string => `${Math.round(value * 100) / 100}%`

/** One bar a row, its words above it. */
export function barsOf(told: Told, bars: readonly { label: string; count: Count }[], format: (value: number) => string): Html {
  const largest = largestOf(bars.map(({ count }) => count))
  return frame(
    told,
    bars.length * ROW,
    bars.map(({ label, count }, index) => {
      const width = count.value === null ? HIDDEN : (count.value / largest) * LONGEST
      const top = index * ROW
      return html`<text x="0" y="${top + 15}">${label}</text>
<rect class="${kind(count)}" x="0" y="${top + WORDS}" width="${percent(width)}" height="${BAR}"/>
<text class="value" x="${percent(width)}" dx="8" y="${top + WORDS + 12}">${labelOf(count, format)}</text>
`
    }),
  )
}

const HIGH = 220
const ABOVE = 22
const BELOW = 24
/** On either side, in per cent, so that the name of a month stays within. */
const MARGIN = 4

/** One column a week; `mark` is written below it, where there is one. */
export function columnsOf(told: Told, weeks: readonly { mark: string | null; count: Count }[], format: (value: number) => string): Html {
  const largest = largestOf(weeks.map(({ count }) => count))
  const each = (100 - 2 * MARGIN) / Math.max(weeks.length, 1)
  const ground = ABOVE + HIGH
  const heights = [largest, ...(largest > 1 ? [Math.round(largest / 2)] : [])].map((value) => ({
    value,
    y: Math.round(ground - (value / largest) * HIGH),
  }))
  return frame(told, ground + BELOW, [
    ...heights.map(({ y }) => html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/>\n`),
    ...weeks.map(({ mark, count }, index) => {
      const height = count.value === null ? 8 : (count.value / largest) * HIGH
      return html`<rect class="${kind(count)}" x="${percent(MARGIN + index * each + each * 0.12)}" y="${Math.round((ground - height) * 10) / 10}" width="${percent(each * 0.76)}" height="${Math.round(height * 10) / 10}"/>
${mark && html`<text x="${percent(MARGIN + index * each + each / 2)}" y="${ground + 18}" text-anchor="middle">${mark}</text>\n`}`
    }),
    html`<line class="ground" x1="0" x2="100%" y1="${ground}" y2="${ground}"/>`,
    // In front of the columns, with an edge of the ground's colour.
    ...heights.map(({ value, y }) => html`<text class="value halo" x="0" y="${y - 5}">${format(value)}</text>\n`),
  ])
}

/** From nought to nine tenths, with a dot at the half. */
export function spansOf(told: Told, spans: readonly { label: string; half: number; most: number; words: string }[]): Html {
  const largest = Math.max(1, ...spans.map(({ most }) => most))
  // A dot at either end stays whole.
  const at = (value: number): string => percent(1.5 + (value / largest) * 97)
  return frame(
    told,
    spans.length * ROW,
    spans.map(({ label, half, most, words }, index) => {
      const top = index * ROW
      const y = top + WORDS + BAR / 2
      return html`<text x="0" y="${top + 15}">${label}</text>
<text class="value" x="100%" y="${top + 15}" text-anchor="end">${words}</text>
<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><line class="span" x1="${at(0)}" x2="${at(most)}" y1="${y}" y2="${y}"/>
<circle class="dot" cx="${at(half)}" cy="${y}" r="6"/><line class="end" x1="${at(most)}" x2="${at(most)}" y1="${y - 6}" y2="${y + 6}"/>
`
    }),
  )
}

import { CASES, type Letter } from './options.ts'
import { medians, type Sample } from './measure.ts'
import type { SizeFigures } from './sizes.ts'

export type Samples = ReadonlyMap<string, readonly Sample[]>

/** A goal of the project, and what came out. */
export type Goal = { text: string; wanted: string; found: string; byCpu?: string; met: boolean }

const of = (samples: Samples, key: string): Sample | undefined => {
  const found = samples.get(key)
  return found && found.length > 0 ? medians(found) : undefined
}

/** Below this share of computing time a server was not the limit, and CPU a request says more than requests a second. */
const NOT_BUSY = 0.85

/** Lines of cells as a table, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

export const count = (value: number | undefined): string => (value === undefined ? '' : Math.round(value).toLocaleString('en'))
export const ratio = (value: number): string => value.toFixed(value < 10 ? 2 : 1)
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ms`
const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '' : `${Math.round(bytes / 1e6)} MB`)

/** The comparison: one line a case, list and by slug side by side. */
export function comparison(letters: readonly Letter[], samples: Samples, memory: ReadonlyMap<Letter, number>): string {
  const limit = { list: of(samples, 'a list'), slug: of(samples, 'a slug') }
  const rows = letters
    .filter((letter) => letter !== 'g' && letter !== 'h')
    .map((letter) => {
      const cells = (['list', 'slug'] as const).flatMap((question) => {
        const found = of(samples, `${letter} ${question}`)
        if (!found) return ['', '', '', '']
        const busy = found.busy < NOT_BUSY && letter !== 'b' && letter !== 'c' && letter !== 'd' ? '*' : ''
        const share = limit[question] ? ratio(found.rate / limit[question].rate) : ''
        return [`${count(found.rate)}${busy}`, share, count(found.cpu), count(found.databaseCpu ?? undefined)]
      })
      return [`(${letter}) ${CASES[letter]}`, ...cells, megabytes(memory.get(letter))]
    })
  const columns = (question: string) => [`${question}/s`, 'of (a)', 'CPU µs', 'DB µs']
  return `${table(['', ...columns('list'), ...columns('slug'), 'memory'], rows)}
CPU and DB: of the server's process and of PostgreSQL, a request.
* The server was not busy all the time: the machine had other work, or the load generator was the limit. Then the CPU says more.`
}

const DIFFERENT = { slug: 'by slug', list: 'list', findAid: 'findAid' } as const

/** Latencies of different requests at few connections, by size. */
export function latencies(samples: Samples, sizes: readonly number[]): string {
  const rows = sizes.flatMap((size) =>
    (['slug', 'list', 'findAid'] as const).flatMap((question) => {
      const found = of(samples, `${size} ${question}`)
      if (!found) return []
      const name = `${count(size)} services: ${DIFFERENT[question]}`
      return [[name, milliseconds(found.median), milliseconds(found.p99), count(found.cpu), count(found.rate)]]
    }),
  )
  return table(['', 'median', 'p99', 'CPU µs', 'a second'], rows)
}

export function sizeTable(figures: readonly SizeFigures[]): string {
  return table(
    ['services', 'start', 'swap', 'longest block', 'longest wait', 'memory', 'most'],
    figures.map((one) => [
      count(one.services),
      milliseconds(one.start),
      milliseconds(one.swap),
      milliseconds(one.block),
      milliseconds(one.longestWait),
      megabytes(one.memory),
      megabytes(one.mostMemory),
    ]),
  )
}

/** All that a request costs. */
const work = ({ cpu, databaseCpu }: Sample): number => cpu + (databaseCpu ?? 0)

/** The goals of the project for which there are figures. */
export function goals(samples: Samples, sizes: readonly number[]): Goal[] {
  const found: Goal[] = []
  const compare = (text: string, wanted: number, above: string, below: string) => {
    const [one, other] = [of(samples, above), of(samples, below)]
    if (!one || !other) return
    const value = one.rate / other.rate
    const byCpu = ratio(work(other) / work(one))
    found.push({ text, wanted: `at least ${wanted}`, found: ratio(value), byCpu, met: value >= wanted })
  }
  compare('(e) / (a), list', 0.8, 'e list', 'a list')
  compare('(e) / (a), by slug', 0.8, 'e slug', 'a slug')
  compare('(f) / (c), list', 4, 'f list', 'c list')
  compare('(f) / (c), by slug', 2, 'f slug', 'c slug')
  compare('(f) / (d), list', 10, 'f list', 'd list')
  compare('(f) / (d), by slug', 10, 'f slug', 'd slug')
  const least = Math.min(...sizes)
  const most = Math.max(...sizes)
  const [slug, aid, aidOfMost] = [of(samples, `${least} slug`), of(samples, `${least} findAid`), of(samples, `${most} findAid`)]
  if (slug && aid) {
    const value = aid.p99 / slug.median
    found.push({ text: '(g) p99 / by-slug median', wanted: 'under 10', found: ratio(value), met: value < 10 })
  }
  if (aid && most > least) {
    // A server that did not start with so many has not met it either.
    const value = aidOfMost ? aidOfMost.median / aid.median : Number.NaN
    const text = `(g) median, ${count(most)} / ${count(least)} services`
    found.push({ text, wanted: 'at most 4', found: aidOfMost ? ratio(value) : 'nothing', met: value <= 4 })
  }
  return found
}

export const goalTable = (found: readonly Goal[]): string =>
  table(
    ['goal', 'wanted', 'found', 'by CPU', ''],
    found.map(({ text, wanted, found: value, byCpu = '', met }) => [text, wanted, value, byCpu, met ? 'met' : 'NOT MET']),
  )

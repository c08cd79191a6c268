import type { ContentKind, LanguageCode } from '../../db/generated/enums.ts'
import type { ProblemCode } from '../../errors.ts'
import { stringsFor } from '../../strings/strings.ts'
import { WORDS } from './words.ts'
import { cut, type ExchangeCode, type ImportProblem, type Note, type Outcome, type Place } from './entry.ts'

/** A record in the report. `lacks`: what does not stand in the way of a draft, but of publishing it. */
export type ReportRow = Place & {
  outcome: Outcome
  kind: ContentKind
  id: string | null
  slug: string | null
  title: string
  /** Names of the values that change, as the file calls them. */
  changed: string[]
  problems: ImportProblem[]
  lacks: ImportProblem[]
}

/** What an import did, or would do. Rows are told up to a bound; the counts are of all. */
export type Report = {
  counts: Record<Outcome, number>
  /** The same for each kind of which there are some; not in reports of older servers. */
  kinds?: Partial<Record<ContentKind, Record<Outcome, number>>>
  /** Records that could not be published as they are. */
  lacking: number
  rows: ReportRow[]
  /** Wrong, and of no record: of a file, or of a row that belongs to none. */
  problems: ImportProblem[]
  /** How many problems there are in all. */
  problemCount: number
  notes: Note[]
}

/** Nobody reads more, and a report of 10,000 wrong rows would be longer than the file. */
export const MOST_TOLD = 200
const MOST_OF_ROW = 10
const MOST_NOTES = 50
const LONGEST_TITLE = 120

const none = (): Record<Outcome, number> => ({ MADE: 0, CHANGED: 0, UNCHANGED: 0, WRONG: 0 })

/** Collects what becomes of each record, and keeps what is told. */
export class Reporting {
  private readonly counts = none()
  private readonly kinds: NonNullable<Report['kinds']> = {}
  private readonly told: Record<'WRONG' | 'CHANGED' | 'MADE', ReportRow[]> = { WRONG: [], CHANGED: [], MADE: [] }
  private lacking = 0
  private problemCount = 0

  row(row: ReportRow): void {
    const { outcome, kind, problems, lacks } = row
    this.counts[outcome]++
    this.kinds[kind] ??= none()
    this.kinds[kind][outcome]++
    this.problemCount += problems.length
    if (lacks.length > 0) this.lacking++
    if (outcome === 'UNCHANGED' || this.told[outcome].length >= MOST_TOLD) return
    const short = { problems: problems.slice(0, MOST_OF_ROW), lacks: lacks.slice(0, MOST_OF_ROW) }
    this.told[outcome].push({ ...row, ...short, title: cut(row.title, LONGEST_TITLE) })
  }

  /** @param problems those of no record */
  end(problems: readonly ImportProblem[], notes: readonly Note[]): Report {
    const { WRONG, CHANGED, MADE } = this.told
    const most = [...notes].sort((a, b) => b.count - a.count).slice(0, MOST_NOTES)
    return {
      counts: this.counts,
      kinds: this.kinds,
      lacking: this.lacking,
      rows: [...WRONG, ...CHANGED, ...MADE].slice(0, 2 * MOST_TOLD),
      problems: problems.slice(0, MOST_TOLD),
      problemCount: this.problemCount + problems.length,
      notes: most,
    }
  }
}

const isOurs = (code: ExchangeCode | ProblemCode): code is ExchangeCode => Object.hasOwn(WORDS.FR.problems, code)

/** What is wrong, for the person who sent it. */
export function problemSentence({ code, params = {} }: ImportProblem, languages: readonly LanguageCode[]): string {
  const words = WORDS[languages[0] ?? 'FR']
  return isOurs(code) ? words.problems[code](params) : stringsFor(languages).problems[code](params)
}

export const noteSentence = ({ code, value, count }: Note, languages: readonly LanguageCode[]): string =>
  WORDS[languages[0] ?? 'FR'].notes[code](value, count)

/** The whole report as lines of text, for a console. */
export function reportLines(report: Report, languages: readonly LanguageCode[], stored: boolean): string[] {
  const words = WORDS[languages[0] ?? 'FR']
  const where = ({ file, row, column }: Pick<ImportProblem, 'file' | 'row' | 'column'>) =>
    [file, words.row(row), column].filter(Boolean).join(', ')
  const lines = report.problems.map((problem) => `${where(problem)}: ${problemSentence(problem, languages)}`)
  for (const row of report.rows) {
    lines.push(`${words.outcomes[row.outcome]}  ${where({ ...row, column: null })}  ${row.title || row.slug || row.id || ''}`)
    if (row.changed.length > 0 && row.outcome === 'CHANGED') lines.push(`    ${row.changed.join(', ')}`)
    for (const problem of row.problems) lines.push(`    ${where({ ...problem, file: '' })}: ${problemSentence(problem, languages)}`)
    for (const problem of row.lacks) lines.push(`    ${words.lacks} ${problem.column ?? ''}: ${problemSentence(problem, languages)}`)
  }
  const { MADE, CHANGED, UNCHANGED, WRONG } = report.counts
  lines.push(...report.notes.map((note) => noteSentence(note, languages)))
  lines.push(words.summary({ made: MADE, changed: CHANGED, unchanged: UNCHANGED, wrong: WRONG, problems: report.problemCount }))
  lines.push(report.problemCount > 0 ? words.nothingChanged : stored ? words.stored : words.trial)
  return lines
}

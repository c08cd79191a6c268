import { LanguageCode, Urgency } from '../../db/generated/enums.ts'
import { fold } from '../../directory/words.ts'
import { type QuestionDocument, TAGS, type Tag } from '../../editing/rules/documents.ts'
import { stringsFor } from '../../strings/strings.ts'
import { WORDS } from './words.ts'
import { csvOf, parseCsv } from './csv.ts'
import { cut, type Entry, type ImportProblem, MOST_ROWS, type Place, type ReadFiles, type Said, type SentFile } from './entry.ts'
import { readDay } from './values.ts'

/** A question as a row has it: a document without the times of its texts. */
export type QuestionRow = { document: QuestionDocument; version: number }

type Column = {
  /** For programs; a table may have it for its heading in any language. */
  name: string
  heading(language: LanguageCode): string
  write(row: QuestionRow, language: LanguageCode): string
  /** Absent: the value is not taken over. Undefined is returned for a cell that cannot be read. */
  read?(cell: string): { value: unknown; apply(document: QuestionDocument): void } | undefined
}

const fieldOf =
  (name: 'slug' | 'organization' | 'urgency' | 'position' | 'needs' | 'services' | 'related' | 'source' | 'reviewedAt' | 'language') =>
  (language: LanguageCode) =>
    stringsFor([language]).content.fields[name]

const codes = (cell: string): string[] => cell.split(/[\s,;]+/).filter(Boolean)

/** Windows-1252 has no narrow space, which stands before French question marks: Excel would write “?” for it. A wide one says the same. */
const widened = (text: string): string => text.replaceAll('\u202F', '\u00A0')

const textColumn = (tag: Tag, name: 'question' | 'answer'): Column => ({
  name: `${name}_${tag}`,
  heading: (language) => `${stringsFor([language]).content.fields[name]} (${tag})`,
  write: ({ document }) => widened(document.texts[tag]?.[name] ?? ''),
  read: (cell) => ({
    value: widened(cell.replaceAll('\r\n', '\n').trim()) || null,
    apply(document) {
      document.texts[tag] = { question: null, answer: null, changedAt: '', ...document.texts[tag], [name]: cell.trim() || null }
    },
  }),
})

const urgencyOf = (cell: string): Urgency | undefined =>
  Object.values(Urgency).find((code) =>
    [code, ...Object.values(LanguageCode).map((language) => stringsFor([language]).content.values[code] ?? code)].some(
      (word) => fold(word) === fold(cell.trim()),
    ),
  )

/** From left to right: what a row is known by, its texts, then what belongs to it. */
const COLUMNS: readonly Column[] = [
  {
    name: 'slug',
    heading: fieldOf('slug'),
    write: ({ document }) => document.slug,
    read: (cell) => ({
      value: cell.trim(),
      apply(document) {
        if (cell.trim()) document.slug = cell.trim()
      },
    }),
  },
  { name: 'version', heading: (language) => WORDS[language].version, write: ({ version }) => String(version) },
  {
    name: 'organization',
    heading: fieldOf('organization'),
    write: ({ document }) => document.organization,
    read: (cell) => ({
      value: cell.trim(),
      apply(document) {
        document.organization = cell.trim()
      },
    }),
  },
  ...TAGS.flatMap((tag) => [textColumn(tag, 'question'), textColumn(tag, 'answer')]),
  {
    name: 'urgency',
    heading: fieldOf('urgency'),
    write: ({ document }, language) => stringsFor([language]).content.values[document.urgency] ?? document.urgency,
    read(cell) {
      const value = cell.trim() === '' ? Urgency.INFO : urgencyOf(cell)
      if (!value) return undefined
      const apply = (document: QuestionDocument) => {
        document.urgency = value
      }
      return { value, apply }
    },
  },
  ...(['needs', 'services', 'related'] as const).map(
    (name): Column => ({
      name,
      heading: fieldOf(name),
      write: ({ document }) => document[name].join(', '),
      read: (cell) => ({
        value: codes(cell),
        apply(document) {
          document[name] = codes(cell)
        },
      }),
    }),
  ),
  {
    name: 'source',
    heading: fieldOf('source'),
    write: ({ document }) => widened(document.source ?? ''),
    read: (cell) => ({
      value: widened(cell.trim()) || null,
      apply(document) {
        document.source = cell.trim() || null
      },
    }),
  },
  {
    name: 'reviewedAt',
    heading: fieldOf('reviewedAt'),
    write: ({ document }) => document.reviewedAt ?? '',
    read(cell) {
      const value = cell.trim() === '' ? null : readDay(cell)
      if (cell.trim() !== '' && value === null) return undefined
      const apply = (document: QuestionDocument) => {
        document.reviewedAt = value
      }
      return { value, apply }
    },
  },
  {
    name: 'language',
    heading: fieldOf('language'),
    write: ({ document }) => document.language.toLowerCase(),
    read(cell) {
      const value = Object.values(LanguageCode).find((code) => code === cell.trim().toUpperCase())
      if (!value && cell.trim() !== '') return undefined
      const apply = (document: QuestionDocument) => {
        if (value) document.language = value
      }
      return { value, apply }
    },
  },
]

/** The spreadsheet of questions, its headings in one language. */
export const questionsFile = (rows: readonly QuestionRow[], language: LanguageCode): SentFile => ({
  name: 'questions.csv',
  text: csvOf([COLUMNS.map(({ heading }) => heading(language)), ...rows.map((row) => COLUMNS.map(({ write }) => write(row, language)))]),
})

/** What a row would say of a question as it is, for comparing: an equal value changes nothing. */
export const saidOfQuestion = (row: QuestionRow): Map<string, unknown> =>
  new Map(COLUMNS.flatMap(({ name, write, read }) => (read ? [[name, read(write(row, 'FR'))?.value]] : [])))

export type QuestionParts = { language: LanguageCode; source: string | null; organization: string | null }

/**
 * Reads a spreadsheet of questions. A column that is not there is left as it is, and so is a cell where a row ends early, as spreadsheets write rows
 * whose last cells are empty; a cell that is there and empty says that there is nothing.
 */
export function readQuestions(files: readonly SentFile[], parts: QuestionParts): ReadFiles {
  const problems: ImportProblem[] = []
  const entries = files.flatMap((file) => readFile(file, parts, problems))
  const slugs = new Set<string>()
  for (const { slug, place } of entries) {
    if (slug === null) continue
    if (slugs.has(slug)) problems.push({ ...place, column: headingOf('slug', parts.language), code: 'row_twice', params: { value: slug } })
    slugs.add(slug)
  }
  return { entries, problems, notes: () => [] }
}

const headingOf = (name: string, language: LanguageCode): string =>
  COLUMNS.find((column) => column.name === name)?.heading(language) ?? name

function readFile(file: SentFile, parts: QuestionParts, problems: ImportProblem[]): Entry[] {
  const { rows, openQuote } = parseCsv(file.text)
  const refuse = (row: number, column: string | null, code: ImportProblem['code'], params?: ImportProblem['params']) =>
    problems.push({ file: file.name, row, column, code, ...(params ? { params } : {}) })
  if (openQuote !== null) refuse(openQuote, null, 'quote_open')
  const [head, ...body] = rows
  if (!head) refuse(1, null, 'file_empty')
  if (!head || openQuote !== null) return []
  const headings = head.cells.map((cell) => cell.trim())
  const columns = headings.map((heading) => COLUMNS.find((column) => isCalled(column, heading)))
  const before = problems.length
  for (const [index, column] of columns.entries()) {
    const heading = headings[index] ?? ''
    if (!column && heading !== '') refuse(head.line, cut(heading, 80), 'column_unknown')
    if (column && columns.indexOf(column) !== index) refuse(head.line, heading, 'column_twice', { value: heading })
  }
  if (problems.length === before && !columns.some((column) => column?.name === 'slug' || column?.name.startsWith('question')))
    refuse(head.line, null, 'columns_missing', {
      value: `${headingOf('slug', parts.language)}, ${headingOf('question_fr', parts.language)}`,
    })
  if (body.length > MOST_ROWS) refuse(1, null, 'rows_too_many', { max: MOST_ROWS })
  if (problems.length > before) return []
  return body.map(({ line, cells }) => entryOf({ file: file.name, row: line }, columns, headings, cells, parts, problems))
}

const isCalled = ({ name, heading }: Column, text: string): boolean =>
  name === text || Object.values(LanguageCode).some((language) => fold(heading(language)) === fold(text))

function entryOf(
  place: Place,
  columns: readonly (Column | undefined)[],
  headings: readonly string[],
  cells: readonly string[],
  { language, source, organization }: QuestionParts,
  problems: ImportProblem[],
): Entry {
  const refuse = (column: string | null, code: ImportProblem['code'], value?: string) =>
    problems.push({ ...place, column, code, ...(value === undefined ? {} : { params: { value: cut(value, 80) } }) })
  if (cells.some((cell, index) => !columns[index] && cell.trim() !== '')) refuse(null, 'cells_too_many')
  const cellOf = (name: string) => cells[columns.findIndex((column) => column?.name === name)]?.trim() ?? ''
  const said = columns.flatMap((column, index): Said[] => {
    const cell = cells[index]
    if (!column?.read || cell === undefined) return []
    const found = column.read(cell)
    if (found) return [{ column: column.name, value: found.value, apply: found.apply as Said['apply'] }]
    refuse(headings[index] ?? null, 'value_shape', cell)
    return []
  })
  const versionCell = cellOf('version')
  if (versionCell !== '' && !/^\d{1,9}$/.test(versionCell)) refuse(WORDS[language].version, 'value_shape', versionCell)
  const first = TAGS.find((tag) => cellOf(`question_${tag}`) !== '') ?? (language.toLowerCase() as Tag)
  return {
    place,
    kind: 'QUESTION',
    id: null,
    slug: cellOf('slug') || null,
    title: cellOf(`question_${first}`),
    version: /^\d{1,9}$/.test(versionCell) ? Number(versionCell) : null,
    said: () => said,
    blank: (): QuestionDocument => ({
      kind: 'QUESTION',
      language: cellOf(`question_${language.toLowerCase()}`) ? language : (first.toUpperCase() as LanguageCode),
      slug: '',
      organization: organization ?? '',
      urgency: 'INFO',
      position: -1,
      source,
      reviewedAt: null,
      needs: [],
      services: [],
      related: [],
      texts: {},
    }),
    columnOf([name = '', ...rest]) {
      const wanted = name === 'texts' ? `${rest[1]}_${rest[0]}` : name
      const index = columns.findIndex((column) => column?.name === wanted)
      return headings[index] ?? headingOf(wanted, language)
    },
    foundAt: (column) => cells[headings.indexOf(column)]?.trim() || null,
  }
}

import type { ContentKind, LanguageCode } from '../../db/generated/enums.ts'
import type { ContentDocument } from '../../editing/rules/documents.ts'
import type { ProblemCode } from '../../errors.ts'

/** Where something stands in what was sent: a line of a table, or the place of a record in a list, from 1. */
export type Place = { file: string; row: number }

/** What becomes of a record. */
export type Outcome = 'MADE' | 'CHANGED' | 'UNCHANGED' | 'WRONG'

/** What is wrong, beside what may be wrong with any record. */
export type ExchangeCode =
  | 'file_unreadable'
  | 'file_empty'
  | 'file_malformed'
  | 'quote_open'
  | 'table_unknown'
  | 'table_twice'
  | 'column_unknown'
  | 'column_twice'
  | 'columns_missing'
  | 'cells_too_many'
  | 'rows_too_many'
  | 'value_shape'
  | 'row_twice'
  | 'row_changed'
  | 'row_retired'
  | 'row_unknown'
  | 'draft_waiting'
  | 'id_of_other'
  | 'reference_missing'

/** One value that cannot be accepted. `column` is the name that it has in the file; null: the row or the file as a whole. */
export type ImportProblem = Place & {
  column: string | null
  code: ExchangeCode | ProblemCode
  params?: Record<string, string | number>
  /** What stands there, as far as it is one short text. */
  found?: string
}

/** What was read without being taken over: properties that have no place here, terms of other taxonomies. */
export type Note = { code: 'left_out' | 'terms_unknown' | 'read_as' | 'retired' | 'drafted'; value: string; count: number }

/** What a record of a file names: slugs of other records, by what the file knows them by. */
export type World = {
  /** The slug of the record of a kind that has this id, in the file or here; null when there is none. */
  slugOf(kind: ContentKind, id: string): string | null
  /** The language of the texts where they do not say. */
  language: LanguageCode
}

/** A value that a file gives to a record. */
export type Said = {
  /** Its name in the file. */
  column: string
  /** The same value in the same words if nothing is changed by it. */
  value: unknown
  apply(document: ContentDocument, world: World): void
}

/** One record of a file. */
export type Entry = {
  place: Place
  kind: ContentKind
  /** Null for a spreadsheet: its rows are known by their slugs. */
  id: string | null
  slug: string | null
  /** For the report, and for the slug of a new one. */
  title: string
  /** The version from which the row was made, where it says so. */
  version: number | null
  /** What it says; called once. It is long work for 10,000 records, which others must not wait for, so it is done one by one. */
  said(): readonly Said[]
  /** A new document, with nothing said yet. */
  blank(world: World): ContentDocument
  /** What this value of a document is called in the file. */
  columnOf(path: readonly string[]): string
  /** Where it stands, if that is not where the record stands. */
  placeOf?(path: readonly string[]): Place
  /** What stands in the file under this name; null when that is nothing, or no single text. */
  foundAt(column: string): string | null
}

/** What files hold. Problems and notes are added as the entries say what they say. */
export type ReadFiles = { entries: Entry[]; problems: ImportProblem[]; notes(): Note[] }

/** A file by its name. */
export type SentFile = { name: string; text: string }

/** The beginning of a text, as it is told; never half of a letter, which the database does not take. */
export const cut = (text: string, length: number): string => text.slice(0, length).replace(/\p{Surrogate}$/u, '')

/** Rows of one import at most, of one kind: ten provinces' directories. */
export const MOST_ROWS = 20_000
/** Problems that are counted; of more, nobody could say what is wrong with the file. */
export const MOST_PROBLEMS = 100_000

import type { ContentImport, ImportFormat, LanguageCode } from '../../db/generated/client.ts'
import type { Report } from './report.ts'

/** A file as it was sent. */
export type BroughtFile = { name: string; bytes: Uint8Array }

/** What somebody brings in. */
export type Upload = {
  format: ImportFormat
  files: readonly BroughtFile[]
  language: LanguageCode
  source: string | null
  dryRun: boolean
  publish: boolean
}

/** Tables of a data package, and some to spare. */
export const MOST_FILES = 40

/** An import without its files and its report. */
export type ImportView = Omit<ContentImport, 'files' | 'report'>

/** An import and what became of it; the report is null until that is known. `kept`: a trial of hers, whose files can be brought in as they are. */
export type ImportTold = { view: ImportView; report: Report | null; kept: boolean }

/** What an editor brings in and takes home. */
export type ImportDoor = {
  /** The last ones of hers and of her colleagues, the newest first. */
  list(): Promise<ImportView[]>
  /** Null: there is none of that id, or none of hers. */
  find(id: string): Promise<ImportTold | null>
  /** @returns its id @throws Forbidden; Conflict `in_progress` while another one of hers runs */
  start(upload: Upload): Promise<string>
  /** Brings in what a trial of hers has tried. @returns the id of the new one @throws Forbidden; NotFound when its files are gone; Conflict `in_progress` */
  repeat(id: string): Promise<string>
  /** Names of the tables that there are to take home. @throws Forbidden */
  tables(): Promise<string[]>
}

import type {
  ContentConcern,
  ContentKind,
  WorkshopHistoryQuery,
  WorkshopRecordFragment,
  WorkshopRowFragment,
  WorkshopStartQuery,
} from '../../schema/generated/workshop.ts'
import type { Language } from '../shared/languages.ts'
import type { StaffFailure } from '../shared/staff.ts'
import type { Editing } from './editing.ts'
import type { Words } from './strings/fr.ts'

export type Start = WorkshopStartQuery
export type Row = WorkshopRowFragment
export type ContentRecord = WorkshopRecordFragment
export type Problem = ContentRecord['problems'][number]
export type Revision = NonNullable<WorkshopHistoryQuery['contentRecord']>['revisions']['edges'][number]['node']
export type Change = Revision['changes'][number]
export type Count = { kind: ContentKind; concern: ContentConcern | null; count: number }

export const KINDS: readonly ContentKind[] = ['SERVICE', 'QUESTION', 'LINE', 'ORGANIZATION', 'LOCATION', 'CLOSING_DAY']
export const CONCERNS: readonly ContentConcern[] = ['REPORTED', 'DRAFT', 'STALE', 'MISSING_TRANSLATION', 'BEHIND_TRANSLATION', 'DEAD_LINK']

export interface Filter {
  kind: ContentKind | ''
  concern: ContentConcern | ''
  language: string
  search: string
  retired: boolean
}

/** A record of which this tab holds words that are not saved; its name is what comes after `#` in the address. */
export interface Unsaved {
  name: string
  title: string
}

/** A sentence to the editor: what was done, or why not. */
export interface Note {
  text: string
  bad?: boolean
}

/** What the views show, and the verbs they call: the element implements it. */
export interface Model {
  t: Words
  language: Language
  phase: 'loading' | 'ready' | 'forbidden' | 'failed'
  failure?: StaffFailure
  signedOut: boolean
  away: boolean
  start?: Start
  note?: Note
  /** The name of what is being sent; empty: nothing. */
  busy: string

  filter: Filter
  rows?: readonly Row[]
  total: number
  hasMore: boolean
  counts: readonly Count[]
  creating: boolean
  unsaved: readonly Unsaved[]

  /** The record that is open. */
  editing?: Editing
  missing: boolean

  begin(): void
  narrow(change: Partial<Filter>): void
  more(): void
  /** Asks what a new record is to describe. */
  toCreate(shown: boolean): void
  create(kind: ContentKind): void
  open(id: string): void
  close(): void
  /** `lang` for a text whose language is not the element's. */
  langOf(code: string): string | undefined
  requestUpdate(): void
}

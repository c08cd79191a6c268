import type {
  AttemptOutcome,
  CallbackOutcome,
  DeskAidQuery,
  DeskAuditQuery,
  DeskCallFragment,
  DeskDayQuery,
  DeskNowQuery,
  DeskRevealMutation,
  DeskRowFragment,
  DeskStartQuery,
  DeskTeamQuery,
  LanguageCode,
  NoticeChannel,
  UnmetReason,
  Urgency,
} from '../../schema/generated/desk.ts'
import type { Language } from '../shared/languages.ts'
import type { Handing } from './handing.ts'
import type { Help } from './help.ts'
import type { Link } from './live.ts'
import type { Notes } from './notes.ts'
import type { CasesPage } from './lent.ts'
import type { StaffFailure } from '../shared/staff.ts'
import type { Words } from './strings/fr.ts'

export type Start = DeskStartQuery
export type Row = DeskRowFragment
export type Call = DeskCallFragment
export type Numbers = NonNullable<DeskNowQuery['deskNumbers']>
export type Session = NonNullable<DeskNowQuery['viewer']>
export type Contact = Extract<DeskRevealMutation['result'], { __typename: 'Contact' }>
export type Outcome = AttemptOutcome
export type Colleague = NonNullable<DeskTeamQuery['colleagues']>[number]
export type Trail = NonNullable<DeskAuditQuery['auditEvents']>['edges'][number]['node'][]
export type DayRow = NonNullable<DeskDayQuery['callbackRequests']>['edges'][number]['node']
export type Aid = DeskAidQuery['findAid']
export type Match = Aid['matches'][number]

/** What the middle of the screen is about, or what a phone shows. */
export type Tab = 'queue' | 'call' | 'help'
export type Page = 'work' | 'team' | 'day' | 'cases'

/** Why a call is no longer the viewer's though she did not end it. */
export type Loss = 'lostWithdrawn' | 'lostErased' | 'lostLease' | 'lostOther' | 'lostOver' | 'lostHanded'

export interface Filter {
  line: string
  language: LanguageCode | ''
  mine: boolean
}

/** A sentence to the agent: what was done, or why not. */
export interface Note {
  text: string
  bad?: boolean
}

/** A question before something that cannot be taken back, or that needs a moment in time. */
export type Asking = { outcome: Outcome; problem?: string } | undefined

export interface Closing {
  outcome: CallbackOutcome
  unmet?: UnmetReason
}

/** What the views show, and the verbs they call: the element implements it. */
export interface Model {
  t: Words
  language: Language
  now: Date
  phase: 'loading' | 'ready' | 'forbidden' | 'failed'
  /** Why the start failed. */
  failure?: StaffFailure
  /** The session is over; of the call only what was typed stays on the screen. */
  signedOut: boolean
  link: Link
  start?: Start
  session?: Session
  supervisor: boolean
  page: Page
  tab: Tab
  note?: Note
  /** The name of what is being sent; empty: nothing. */
  busy: string

  rows: readonly Row[]
  total: number
  numbers?: Numbers
  /** A supervisor is told that more are late, or nearly, until she has seen it. */
  reminded: boolean
  filter: Filter

  call?: Call
  contact?: Contact
  asking: Asking
  /** The problem beside the closing form. */
  closeProblem: string
  lost?: { call: Call; why: Loss; name: string; draft: string }
  /** Minutes until the lease ends, when that is soon. */
  leaseMinutes?: number
  /** The session ends soon: when, and whether being there helps. */
  sessionEnd?: { at: string; last: boolean }
  notes: Notes
  help: Help
  handing: Handing
  /** The page of what partners have, once it is fetched. */
  cases?: CasesPage
  /** What was typed for a partner, or by one, and is not sent. */
  typed: string
  /** Cases that are new for a partner, or late for a line. */
  waitingCases: number
  /** She works on cases only: there is no queue for her. */
  partner: boolean

  team?: readonly Colleague[]
  trail?: { row: Row; events: Trail }
  day: string
  dayRows?: readonly DayRow[]

  keysShown: boolean
  keysOn: boolean

  /** `lang` for a text whose language is not the element's. */
  langOf(code: string): unknown
  go(page: Page): void
  /** The reminder was read. */
  seen(): void
  show(tab: Tab): void
  toggleKeys(shown?: boolean): void
  switchKeys(on: boolean): void
  begin(): void
  refresh(): void
  narrow(change: Partial<Filter>): void
  more(): void

  claim(id?: string): void
  reveal(): void
  attempt(outcome: Outcome, sure?: boolean): void
  later(event: Event): void
  unask(): void
  orient(sendBy?: NoticeChannel): void
  close(event: Event): void
  release(): void
  stillHere(): void
  dismiss(): void
  copy(text: string): void

  reassign(row: Row, to: string | null): void
  setTarget(line: string, urgency: Urgency, minutes: number): void
  openTrail(row?: Row): void
  openDay(day: string): void
}

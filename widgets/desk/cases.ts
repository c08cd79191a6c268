import {
  type CallbackOutcome,
  DeskCaseAcceptDocument,
  DeskCaseCompleteDocument,
  DeskCaseDocument,
  DeskCaseErasedDocument,
  DeskCaseFailDocument,
  type DeskCaseFragment,
  DeskCaseHoldDocument,
  DeskCaseProgressDocument,
  DeskCaseReceiveDocument,
  DeskCaseRejectDocument,
  DeskCaseRevealDocument,
  type DeskCaseRevealMutation,
  type DeskCaseRowFragment,
  DeskCasesDocument,
  DeskOffersDocument,
  DeskReplayDocument,
  DeskRerouteDocument,
  DeskTakeBackDocument,
  type EscalationState,
  type FailReason,
  type RejectReason,
} from '../../schema/generated/desk.ts'
import { edition } from '../shared/strings/fr.ts'
import { type Group, groupOf, isOpen, OPEN, OVER } from './case-states.ts'
import { actsOf, isStuck } from './case-acts.ts'
import { casesView } from './cases-view.ts'
import type { Offer } from './handing.ts'
import type { CasesPage, Lent } from './lent.ts'
import { words } from './strings/cases/words.ts'

export { edition }

export type CaseRow = DeskCaseRowFragment
export type Case = DeskCaseFragment
export type CaseContact = Extract<DeskCaseRevealMutation['result'], { __typename: 'CaseContact' }>

/** What somebody of the partner, and of the line, does with a case by a form of its own. */
export type Act = 'reject' | 'progress' | 'hold' | 'complete' | 'fail' | 'takeBack' | 'reroute'

type Changed = ({ __typename: 'Escalation' } & Case) | { __typename: 'Conflict'; code: string; message: string } | Refused
type Refused = { __typename: 'NotFound' | 'InvalidInput'; message: string }

/** Open cases are read to the end, in pages of so many; of what is over the last ones. */
const PAGE = 100
const PAGES = 10
const LAST_OVER = 30

/** The late ones first, then by when something is due. */
const byDue = (a: CaseRow, b: CaseRow): number =>
  Number(b.overdue) - Number(a.overdue) || (a.dueAt ?? a.requestedAt).localeCompare(b.dueAt ?? b.requestedAt)

/** What is shown, and the verbs of the page: the views see nothing else. */
export interface Cases {
  host: Lent
  w: ReturnType<typeof words>
  /** Undefined until it was read. */
  rows?: readonly CaseRow[]
  group(group: Group): readonly CaseRow[]
  one?: Case
  contact?: CaseContact
  /** She works for the partner of the case that is open, or for its line. */
  ofPartner: boolean
  ofLine: boolean
  act: Act | ''
  /** The reason, the outcome or the partner that was chosen in the form. */
  choice: string
  /** What was typed for the case that is open: it stays until it is sent or thrown away, in whatever form. */
  draft: string
  /** The problem beside the form. */
  problem: string
  /** What was typed for a case that is no longer to be seen. */
  left: string
  /** All that was typed and is not sent, to be copied. */
  unsaved: string
  hasDraft(id: string): boolean
  offers?: readonly Offer[]
  open(id: string): void
  back(): void
  /** Opens a form, or none; with what is chosen in it, where that is known. */
  choose(act: Act | '', choice?: string): void
  pick(choice: string): void
  type(draft: string): void
  /** What was typed, and stands in no form any more, is not wanted. */
  discard(): void
  /** The same of a case that is no longer to be seen. */
  dismiss(): void
  reveal(): void
  accept(): void
  send(event: Event): void
  confirmErasure(): void
  replay(id: string): void
}

/** The page of what partners have: for case workers of a partner, and for those whose line handed it over. */
export function createCases(host: Lent): CasesPage {
  const { m } = host
  let rows: readonly CaseRow[] | undefined
  let one: Case | undefined
  let contact: CaseContact | undefined
  let act: Act | '' = ''
  let choice = ''
  /** By the id of the case. */
  const drafts = new Map<string, string>()
  let problem = ''
  let left = ''
  let offers: readonly Offer[] | undefined
  /** Counts what was opened or done: what was asked before shows no more. */
  let turn = 0

  const isPartnerOf = ({ partner }: Pick<Case, 'partner'>) =>
    !!m.start?.viewer?.memberships.some(({ role, organization }) => role === 'PARTNER' && organization?.slug === partner.slug)

  const draftOf = ({ id }: Pick<Case, 'id'>) => drafts.get(id) ?? ''

  /** What was typed is kept: it may be wanted in the next form. */
  const closeForm = () => {
    act = choice = problem = ''
  }

  /** No case is shown. */
  const leave = () => {
    closeForm()
    one = contact = offers = undefined
  }

  /** Shows a case as it is now. Whoever may not see the person any more does not go on seeing her. */
  const show = (next: Case) => {
    if (!isOpen(next) && next.state !== 'COMPLETED') contact = undefined
    one = next
    rows = rows?.map((row) => (row.id === next.id ? next : row))
  }

  /** Somebody else was here: what was typed is kept where it can be copied. */
  const overtaken = (before: Case, next: Case | undefined) => {
    if (next) {
      show(next)
      if (!act || actsOf(page, next).includes(act)) return
      closeForm()
      host.focusOn('#case-title')
    } else {
      leave()
      left = [left, draftOf(before)].filter(Boolean).join('\n\n')
      drafts.delete(before.id)
    }
  }

  const readAll = async (states: EscalationState[], first: number, pages: number, erasureWanted: boolean | null = null) => {
    const all: CaseRow[] = []
    let after: string | null | undefined
    for (let page = 0; page < pages; page++) {
      const { escalations } = await host.ask(DeskCasesDocument, { states, erasureWanted, first, after })
      all.push(...(escalations?.edges.map(({ node }) => node) ?? []))
      if (!escalations?.pageInfo.hasNextPage) break
      after = escalations.pageInfo.endCursor
    }
    return all
  }

  const read = async () => {
    const before = turn
    const open = await readAll(OPEN, PAGE, PAGES)
    const over = await readAll(OVER, LAST_OVER, 1)
    // What is to be erased is not forgotten below the last ones.
    const unerased = over.length < LAST_OVER ? [] : await readAll(OVER, PAGE, PAGES, true)
    if (before !== turn) return
    rows = [...open.sort(byDue), ...over, ...unerased.filter(({ id }) => !over.some((one) => one.id === id))]
    const shown = one
    if (shown) {
      const { escalation } = await host.ask(DeskCaseDocument, { id: shown.id })
      if (before !== turn || one !== shown) return
      if (!escalation) {
        overtaken(shown, undefined)
        host.tell(words(m.language).gone, true)
      } else if (escalation.version !== shown.version) {
        overtaken(shown, escalation)
        host.tell(words(m.language).changed)
      } else show(escalation)
    }
    host.redraw()
  }

  const reread = () => read().catch(host.failed)

  const open = async (id: string) => {
    const before = ++turn
    const { escalation } = (await host.act(id, () => host.ask(DeskCaseDocument, { id }))) ?? {}
    if (before !== turn || escalation === undefined) return
    leave()
    if (!escalation) {
      host.tell(words(m.language).gone, true)
      return void reread()
    }
    one = escalation
    host.redraw()
    host.focusOn('#case-title')
    if (isStuck(page, escalation)) readOffers()
    // Whoever opens it has it.
    if (escalation.state === 'REQUESTED' && isPartnerOf(escalation))
      await change('receive', () => host.ask(DeskCaseReceiveDocument, { id, version: null }))
  }

  const back = () => {
    turn++
    const id = one?.id
    leave()
    host.redraw()
    host.focusOn(`#case-${id}`)
  }

  const choose = (next: Act | '', chosen = '') => {
    const before = act
    closeForm()
    act = next
    choice = chosen
    host.redraw()
    host.focusOn(next ? '#act' : `#act-${before}`)
    if (next === 'reroute') readOffers()
  }

  /** To whom the case may go instead. */
  const readOffers = async () => {
    const shown = one
    const callback = shown?.request?.id
    if (!callback) return
    try {
      const answer = await host.ask(DeskOffersDocument, { callback })
      if (one?.id === shown.id) offers = answer.offers ?? []
    } catch (error) {
      host.failed(error)
    }
    host.redraw()
  }

  /** Changes the case that is open; true when it was done. What was typed stays until then. */
  const change = async (name: string, work: () => Promise<{ result: Changed | null }>): Promise<boolean> => {
    const { id } = one ?? {}
    const { result } = (await host.act(name, work)) ?? {}
    turn++
    if (!result || one?.id !== id) return false
    if (result.__typename === 'Escalation') {
      // Another partner has it now: what is shown is the new case.
      show(result)
      host.redraw()
      return true
    }
    if (result.__typename === 'InvalidInput') {
      problem = result.message
      host.redraw()
      host.focusOn('#act')
      return false
    }
    host.tell(result.message, true)
    await reread()
    return false
  }

  const accept = async () => {
    const { id, version } = one ?? {}
    if (!id) return
    if (await change('accept', () => host.ask(DeskCaseAcceptDocument, { id, version }))) done(words(m.language).accepted)
  }

  const done = (text: string) => {
    closeForm()
    host.tell(text)
    host.redraw()
    host.focusOn('#case-title')
    reread()
  }

  const send = async (event: Event) => {
    event.preventDefault()
    const w = words(m.language)
    const sent = one && draftOf(one)
    const note = sent?.trim() || null
    problem = act === 'hold' ? (note ? '' : w.holdMissing) : CHOOSING.includes(act) && !choice ? w.choiceMissing : ''
    if (problem) {
      host.redraw()
      return void host.focusOn(act === 'hold' ? '#act-note' : '#act [name=choice]')
    }
    const { id, version } = one ?? {}
    if (!id) return
    const doing = act
    const work = (): Promise<{ result: Changed | null }> => {
      switch (doing) {
        case 'reject':
          return host.ask(DeskCaseRejectDocument, { id, version, input: { reason: choice as RejectReason, note } })
        case 'hold':
          return host.ask(DeskCaseHoldDocument, { id, version, input: { note: note ?? '' } })
        case 'complete':
          return host.ask(DeskCaseCompleteDocument, { id, version, input: { outcome: choice as CallbackOutcome, note } })
        case 'fail':
          return host.ask(DeskCaseFailDocument, { id, version, input: { reason: choice as FailReason, note } })
        case 'takeBack':
          return host.ask(DeskTakeBackDocument, { id, note })
        case 'reroute':
          return host.ask(DeskRerouteDocument, { id, partner: choice })
        default:
          return host.ask(DeskCaseProgressDocument, { id, version, input: { note } })
      }
    }
    if (!(await change('send', work))) return
    // What was typed while it was on its way is kept.
    if (doing !== 'reroute' && drafts.get(id) === sent) drafts.delete(id)
    done(w.done[doing || 'progress'])
  }

  const reveal = async () => {
    const { id } = one ?? {}
    if (!id || contact) return
    const { result } = (await host.act('reveal', () => host.ask(DeskCaseRevealDocument, { id, reason: 'case' }))) ?? {}
    turn++
    if (!result || one?.id !== id) return
    if (result.__typename === 'CaseContact') {
      contact = result
      host.redraw()
      host.focusOn('#number')
    } else host.tell(result.message, true)
    await reread()
  }

  const confirmErasure = async () => {
    const { id } = one ?? {}
    if (!id) return
    if (await change('erased', () => host.ask(DeskCaseErasedDocument, { id }))) done(words(m.language).erased)
  }

  const replay = async (id: string) => {
    const { result } = (await host.act(id, () => host.ask(DeskReplayDocument, { id }))) ?? {}
    turn++
    if (!result) return
    if (result.__typename === 'EscalationDelivery') host.tell(words(m.language).replayed)
    else host.tell(result.message, true)
    // The button that was pressed may be gone.
    host.focusOn('#deliveries-title')
    await reread()
  }

  const page: Cases = {
    host,
    get w() {
      return words(m.language)
    },
    get rows() {
      return rows
    },
    group: (group) => rows?.filter((row) => groupOf(row) === group) ?? [],
    get one() {
      return one
    },
    get contact() {
      return contact
    },
    get ofPartner() {
      return !!one && isPartnerOf(one)
    },
    get ofLine() {
      return !!one?.request
    },
    get act() {
      return act
    },
    get choice() {
      return choice
    },
    get draft() {
      return one ? draftOf(one) : ''
    },
    get problem() {
      return problem
    },
    get left() {
      return left
    },
    get unsaved() {
      return [left, ...drafts.values()].filter(Boolean).join('\n\n')
    },
    hasDraft: (id) => drafts.has(id),
    get offers() {
      return offers
    },
    open,
    back,
    choose,
    pick: (value) => {
      choice = value
      host.redraw()
    },
    type: (text) => {
      if (one && text.trim()) drafts.set(one.id, text)
      else if (one) drafts.delete(one.id)
    },
    discard: () => {
      if (one) drafts.delete(one.id)
      host.redraw()
      host.focusOn('#case-title')
    },
    dismiss: () => {
      left = ''
      host.redraw()
      host.focusOn('#page-title')
    },
    reveal,
    accept,
    send,
    confirmErasure,
    replay,
  }

  return {
    draw: () => casesView(page),
    read,
    get fresh() {
      return page.group('fresh').length
    },
    escape: () => {
      if (act) choose('')
      else if (one) back()
      else return false
      return true
    },
    shut: () => {
      contact = undefined
      closeForm()
      host.redraw()
    },
    get unsaved() {
      return page.unsaved
    },
  }
}

/** Acts for which one of several things must be chosen. */
const CHOOSING: readonly string[] = ['reject', 'complete', 'fail', 'reroute'] satisfies Act[]

import type { Case } from '../cases.ts'
import type { Call, Row } from '../model.ts'
import type { SendOptions } from '../../shared/staff.ts'
import type { QueueEvent } from '../stream.ts'
import {
  agreement,
  aid,
  caseContact,
  colleagues,
  contact,
  day,
  makeCall,
  NOW,
  numbers,
  offers,
  preview,
  rows,
  start,
  trail,
} from './made.ts'

type Variables = { id?: string; input?: Record<string, unknown> } & Record<string, unknown>
export interface Asked {
  operation: string
  variables: Variables
  options: SendOptions
}

/** A server with one agent's view of it, as the tests want it: what it holds, what it answers, and what it was asked. */
export function makeServer() {
  const server = {
    asked: [] as Asked[],
    viewer: start.viewer as object | null,
    session: { endsAt: '2026-11-23T15:00:00.000Z', idleAt: '2026-11-23T09:30:00.000Z' },
    rows: rows as Row[],
    numbers,
    call: undefined as Call | undefined,
    /** What a request is for who does not hold it. */
    found: null as Call | null,
    cases: [] as Case[],
    answers: {} as Record<string, (variables: Variables, asked: Asked) => unknown>,
    of: (operation: string) => server.asked.filter((one) => one.operation === operation),
    async send(document: { toString(): string }, variables: unknown, options: SendOptions): Promise<never> {
      const operation = /(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? ''
      const one = { operation, variables: variables as Variables, options }
      server.asked.push(one)
      return (await (server.answers[operation] ?? usual[operation])?.(one.variables, one)) as never
    },
  }
  /** A mutation that leaves the call with the viewer, or takes it from her. */
  const changed = (change: (variables: Variables) => Partial<Call>) => (variables: Variables) => {
    const result = { __typename: 'CallbackRequest', ...(server.call ?? makeCall(variables.id)), ...change(variables) } as Call
    server.call = result.mine ? result : undefined
    return { result }
  }
  /** What is done with a case: the server has it from then on. */
  const worked = (change: (variables: Variables, before: Case) => Partial<Case>) => (variables: Variables) => {
    const before = server.cases.find(({ id }) => id === variables.id)
    if (!before) return { result: { __typename: 'NotFound', message: 'Ce dossier n’existe pas.' } }
    const { version } = before
    if (variables.version && variables.version !== version)
      return { result: { __typename: 'Conflict', code: 'case_changed', message: 'Ce dossier a changé entre-temps.' } }
    const changed = change(variables, before)
    const step = { version: version + 1, at: NOW, actorName: 'Paul Renson', state: changed.state ?? before.state, note: null }
    const note = (variables.input?.note as string) ?? null
    const after = { ...before, ...changed, version: version + 1, steps: [...before.steps, { ...step, note }] }
    server.cases = server.cases.map((one) => (one === before ? after : one))
    return { result: { __typename: 'Escalation', ...after } }
  }
  const ended = { endedAt: NOW, dueAt: null }
  const over = { mine: false, holder: null, heldUntil: null }
  const usual: typeof server.answers = {
    DeskStart: () => ({ ...start, viewer: server.viewer }),
    DeskNow: () => ({
      viewer: server.viewer && server.session,
      deskNumbers: server.numbers,
      callbackRequests: { totalCount: server.rows.length, edges: server.rows.map((node) => ({ node })) },
      myCall: server.call ?? null,
      lateCases: { totalCount: server.cases.filter(({ overdue }) => overdue).length },
    }),
    DeskRequest: () => ({ callbackRequest: server.found }),
    DeskClaim: changed(({ id }) => ({ id })),
    DeskClaimNext: changed(() => ({})),
    DeskKeep: changed(() => ({ heldUntil: '2026-11-23T09:30:00.000Z' })),
    DeskStay: () => ({ staySignedIn: server.viewer && { id: 'me' } }),
    DeskRelease: changed(() => ({ ...over, status: 'NEW' })),
    DeskReveal: () => ({ result: contact }),
    DeskAttempt: changed(({ input }) =>
      input?.outcome === 'REACHED'
        ? {
            status: 'REACHED',
            attempts: [...(server.call?.attempts ?? []), { id: 'reached', at: NOW, outcome: 'REACHED', nextAt: null, member: null }],
          }
        : { ...over, status: 'NEW', callFrom: (input?.callAt as string) ?? '2026-11-23T11:00:00.000Z' },
    ),
    DeskNote: changed(({ input }) => ({
      notes: [
        ...(server.call?.notes ?? []),
        { id: `n${server.asked.length}`, at: NOW, text: String(input?.text), member: { id: 'me', name: 'Ada Lovelace' } },
      ],
    })),
    DeskOrient: changed(({ input }) => ({
      referrals: ((input?.services ?? []) as string[]).map((slug) => ({
        id: slug,
        at: NOW,
        sentBy: (input?.sendBy as 'SMS') ?? null,
        service: { slug, name: slug, language: 'FR' },
      })),
    })),
    DeskClose: changed(() => ({ ...over, status: 'CLOSED', closedAt: NOW })),
    DeskReassign: changed(() => ({ ...over, holder: { id: 'm3', name: 'Karl-Heinz Müllenmeister' } })),
    DeskTarget: ({ input }) => ({
      result: { __typename: 'Line', slug: input?.line, targets: [{ urgency: input?.urgency, minutes: input?.minutes }] },
    }),
    DeskTeam: () => ({ colleagues }),
    DeskAudit: () => ({ auditEvents: { edges: trail } }),
    DeskDay: () => ({ callbackRequests: { totalCount: day.length, pageInfo: { hasNextPage: false, endCursor: null }, edges: day } }),
    DeskCommunes: () => ({ communes: [{ nisCode: '62063', name: 'Liège', postalCodes: ['4000'] }] }),
    DeskAid: () => ({ findAid: aid }),
    DeskOffers: () => ({ offers }),
    DeskAgreement: ({ partner, language, shares }) => ({ text: agreement(String(partner), String(language), shares as string[]) }),
    DeskPreview: ({ input }) => ({ preview: { ...preview, object: input?.object, shares: input?.shares } }),
    DeskEscalate: () => {
      server.call = undefined
      return { result: { __typename: 'Escalation', id: 'c1', partner: preview.partner } }
    },
    DeskPartnerStart: () => ({ viewer: server.viewer }),
    DeskCases: ({ states, erasureWanted, first }) => {
      const isAsked = ({ state, ...one }: Case) => (states as string[]).includes(state) && (!erasureWanted || one.erasureWanted)
      const found = server.cases.filter(isAsked).slice(0, Number(first))
      return {
        escalations: {
          totalCount: found.length,
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: found.map((node) => ({ node })),
        },
      }
    },
    DeskCase: ({ id }) => ({ escalation: server.cases.find((one) => one.id === id) ?? null }),
    DeskCaseReveal: () => ({ result: caseContact }),
    DeskCaseReceive: worked(() => ({ state: 'RECEIVED' })),
    DeskCaseAccept: worked(() => ({ state: 'ACCEPTED', acceptedAt: NOW })),
    DeskCaseReject: worked(({ input }) => ({ ...ended, state: 'REJECTED', rejectReason: input?.reason as 'OTHER', object: null })),
    DeskCaseProgress: worked(() => ({ state: 'IN_PROGRESS' })),
    DeskCaseHold: worked(() => ({ state: 'ON_HOLD', dueAt: null })),
    DeskCaseComplete: worked(({ input }) => ({ ...ended, state: 'COMPLETED', outcome: input?.outcome as 'RESOLVED' })),
    DeskCaseFail: worked(({ input }) => ({ ...ended, state: 'FAILED', failReason: input?.reason as 'OTHER', object: null })),
    DeskCaseErased: worked(() => ({ erasureWanted: false, erasureConfirmedAt: NOW })),
    DeskTakeBack: worked(() => ({ ...ended, state: 'CANCELLED', cancelReason: 'TAKEN_BACK' })),
    DeskReroute: worked(({ partner }) => ({ partner: { slug: String(partner), name: String(partner), language: 'FR' } })),
    DeskReplay: ({ id }) => ({ result: { __typename: 'EscalationDelivery', id } }),
  }
  return server
}

/** The stream of the queue, in the hands of a test. */
export function makeStream() {
  let wake = () => {}
  const stream = {
    opened: 0,
    waiting: [] as (QueueEvent | Error | 'complete')[],
    send(...what: (QueueEvent | Error | 'complete')[]) {
      stream.waiting.push(...what)
      wake()
    },
    event: (version: string): QueueEvent => ({ at: NOW, version, waiting: 1, due: 1, overdue: 0 }),
    async *listen({ signal }: SendOptions) {
      stream.opened++
      for (;;) {
        const next = stream.waiting.shift()
        if (next === 'complete' || signal?.aborted) return
        if (next instanceof Error) throw next
        if (next) yield next
        else
          await new Promise<void>((resolve) => {
            wake = resolve
            signal?.addEventListener('abort', () => resolve())
          })
      }
    },
  }
  return stream
}

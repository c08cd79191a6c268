import { StaffMemberType } from '../../access/graphql/staff.ts'
import { AuditEventType } from '../../audit/graphql.ts'
import { builder } from '../../graphql/builder.ts'
import { DEFAULT_PAGE, LONGEST_PAGE } from '../../graphql/connection.ts'
import { CallbackStatusEnum, LanguageCodeEnum, UrgencyEnum } from '../../graphql/enums.ts'
import { LineType } from '../../line/graphql.ts'
import { listRequests } from '../actions/list.ts'
import { deskNumbers, type DeskNumbers, type LineNumbers } from '../actions/numbers.ts'
import { heldBy, holdings, requestAmongOthers, requestById } from '../actions/rows.ts'
import { linesOfMember } from '../actions/skills.ts'
import { CallbackRequestType } from './request.ts'

const CallbackOrderEnum = builder.enumType('CallbackOrder', {
  description: 'The order of a list of requests.',
  values: {
    QUEUE: {
      description:
        'Open ones only, as they are to be called: by the half of the day from which on (in Belgium), then urgency, then the moment, then who ' +
        'asked first.',
    },
    OVERDUE: { description: 'Open ones only, those that are to be called first by their target first.' },
    RECENT: { description: 'What was closed, or changed, last comes first.' },
  },
})

const CallbackRequestFilterInput = builder.inputType('CallbackRequestFilter', {
  description:
    'Parts combine with AND, values of one list with OR; an empty list asks nothing. What does not exist, and a line of another ' +
    'organization, finds nothing.',
  fields: (t) => ({
    lines: t.stringList({ description: 'Slugs of lines.' }),
    statuses: t.field({ type: [CallbackStatusEnum], description: 'Where they stand.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'The languages people want to speak.' }),
    urgencies: t.field({ type: [UrgencyEnum], description: 'How pressing they are.' }),
    needs: t.stringList({ description: 'Codes of needs; a need includes its sub-needs.' }),
    due: t.boolean({ description: 'May be called now, or not yet. Says something of open ones only.' }),
    overdue: t.boolean({ description: 'Later than their target, or not. Says something of open ones only.' }),
    mine: t.boolean({ description: 'Held by the viewer, or not.' }),
    reference: t.string({ description: 'As somebody says it: case, spaces and hyphens do not matter.' }),
    day: t.field({ type: 'Date', description: 'Closed or called on this day in Belgium.' }),
  }),
})

const CallbackRequestEdge = builder.edgeObject({
  type: CallbackRequestType,
  name: 'CallbackRequestEdge',
  description: 'A request in a page.',
})
const CallbackRequestConnection = builder.connectionObject(
  { type: CallbackRequestType, name: 'CallbackRequestConnection', description: 'A page of requests.' },
  CallbackRequestEdge,
)

const numbers = {
  waiting: 'Open, and nobody is at it.',
  due: 'Of these, may be called now.',
  overdue: 'Of these, should have been called by now.',
} as const

const LineNumbersType = builder.objectRef<LineNumbers>('LineNumbers').implement({
  description: 'How the queue of a line stands. Who asked twice counts once.',
  fields: (t) => ({
    line: t.field({ type: LineType, description: 'The line.', resolve: ({ line }) => line }),
    waiting: t.exposeInt('waiting', { description: numbers.waiting }),
    due: t.exposeInt('due', { description: numbers.due }),
    overdue: t.exposeInt('overdue', { description: numbers.overdue }),
  }),
})

const DeskNumbersType = builder.objectRef<DeskNumbers>('DeskNumbers').implement({
  description: 'How the queues of the viewer’s lines stand, and what was done today in Belgium. Who asked twice counts once.',
  fields: (t) => ({
    waiting: t.exposeInt('waiting', { description: numbers.waiting }),
    due: t.exposeInt('due', { description: numbers.due }),
    overdue: t.exposeInt('overdue', { description: numbers.overdue }),
    soonOverdue: t.exposeInt('soonOverdue', { description: 'Of these, a quarter of the target or less is left.' }),
    claimed: t.exposeInt('claimed', { description: 'Somebody is at it.' }),
    reachedToday: t.exposeInt('reachedToday', { description: 'People spoken with.' }),
    closedToday: t.exposeInt('closedToday', { description: 'Requests closed.' }),
    unreachableToday: t.exposeInt('unreachableToday', { description: 'Requests given up.' }),
    attemptsToday: t.exposeInt('attemptsToday', { description: 'Calls made.' }),
    referralsToday: t.exposeInt('referralsToday', { description: 'Orientations to a service.' }),
    lines: t.field({ type: [LineNumbersType], description: 'The same by line.', resolve: ({ lines }) => lines }),
  }),
})

builder.queryFields((t) => ({
  callbackRequests: t.field({
    type: CallbackRequestConnection,
    nullable: true,
    description:
      'The requests of the viewer’s lines, without those that only add to another one. Open ones in the order of the queue, unless something ' +
      'else is asked for; with a day or with a status that is over: most recent first.',
    args: {
      first: t.arg.int({ description: `How many, 0 to ${LONGEST_PAGE}; ${DEFAULT_PAGE} when absent.` }),
      after: t.arg.string({ description: 'Only what follows this cursor, of the same order. It holds while others come and go.' }),
      filter: t.arg({ type: CallbackRequestFilterInput, description: 'Which ones.' }),
      order: t.arg({ type: CallbackOrderEnum, description: 'In which order.' }),
    },
    resolve: (_root, { filter, order, ...page }, context) => listRequests(context, filter ?? {}, order ?? null, page),
  }),
  callbackRequest: t.field({
    type: CallbackRequestType,
    nullable: true,
    description: 'One request, or null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, context) => requestById(context, id),
  }),
  myCall: t.field({
    type: CallbackRequestType,
    nullable: true,
    description: 'What the viewer holds now: a screen that was loaded anew goes on from it. Null when she holds nothing.',
    resolve: (_root, _args, context) => heldBy(context),
  }),
  deskNumbers: t.field({
    type: DeskNumbersType,
    nullable: true,
    description: 'How the viewer’s queues stand.',
    resolve: (_root, _args, context) => deskNumbers(context),
  }),
}))

builder.objectField(StaffMemberType, 'lines', (t) =>
  t.field({
    type: [LineType],
    description: 'The lines she calls for, those of the viewer’s organizations; none: all of these.',
    resolve: async ({ id }, _args, context) => [...(await linesOfMember(context, id))],
  }),
)

builder.objectField(StaffMemberType, 'holds', (t) =>
  t.field({
    type: CallbackRequestType,
    nullable: true,
    description: 'What she is at now, on the viewer’s lines; null when nothing.',
    resolve: async ({ id }, _args, context) => (await holdings(context)).get(id) ?? null,
  }),
)

builder.objectField(AuditEventType, 'request', (t) =>
  t.field({
    type: CallbackRequestType,
    nullable: true,
    description: 'The request it is about; null when it is about something else, or about one that the viewer may not see.',
    resolve: ({ subjectId }, _args, context) => requestAmongOthers(context, subjectId),
  }),
)

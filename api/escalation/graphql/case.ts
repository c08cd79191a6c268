import { CallbackOutcomeEnum } from '../../desk/graphql/call.ts'
import { CallbackRequestType, SafeContactType } from '../../desk/graphql/request.ts'
import type { Outcome } from '../../desk/rules/close.ts'
import { builder } from '../../graphql/builder.ts'
import { pageOfFound, wantedOf } from '../../graphql/connection.ts'
import { LanguageCodeEnum, UrgencyEnum } from '../../graphql/enums.ts'
import { LineType } from '../../line/graphql.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { CommuneType } from '../../place/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { numberOf } from '../rules/number.ts'
import { noteOf } from '../actions/change.ts'
import { objectOf } from '../actions/deal.ts'
import { caseById, casesOfRequest, type CaseView, keyOfCase, listCases, namesOf, requestOf } from '../actions/rows.ts'
import { AgreementWayEnum, CancelReasonEnum, EscalationStateEnum, FailReasonEnum, RejectReasonEnum, SharedDetailEnum } from './enums.ts'

const MINUTE_MS = 60_000

const AgreementType = builder.objectRef<CaseView>('Agreement').implement({
  description: 'That, and how, the person agreed that a partner is told.',
  fields: (t) => ({
    way: t.field({ type: AgreementWayEnum, description: 'How.', resolve: ({ agreementWay }) => agreementWay }),
    version: t.string({ description: 'To which text.', resolve: ({ agreementVersion }) => agreementVersion }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'In which language it was read to her.',
      resolve: ({ agreementLanguage }) => agreementLanguage,
    }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ agreedAt }) => agreedAt }),
    by: t.string({
      nullable: true,
      description: 'The name of who heard it; null for partners, and for a member who is no longer known.',
      resolve: async (row, _args, context) => (row.ofLine ? ((await namesOf(context, row)).get(row.agreementBy) ?? null) : null),
    }),
    anyone: t.boolean({
      description: 'It is also for another partner, should this one not take it.',
      resolve: ({ agreementAnyone }) => agreementAnyone,
    }),
  }),
})

type Step = CaseView['steps'][number]

const EscalationStepType = builder.objectRef<{ of: CaseView; step: Step }>('EscalationStep').implement({
  description: 'One thing that happened to a case.',
  fields: (t) => ({
    version: t.int({ description: 'Version of the case after it.', resolve: ({ step }) => step.version }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ step }) => step.at }),
    actorName: t.string({
      nullable: true,
      description: 'Who did it, by name: for partners those of their own organization. Null for the person, for systems and for others.',
      resolve: async ({ of, step }, _args, context) => (await namesOf(context, of)).get(step.actor) ?? null,
    }),
    state: t.field({ type: EscalationStateEnum, description: 'Where it stood then.', resolve: ({ step }) => step.state }),
    note: t.string({
      nullable: true,
      description: 'What was noted, among professionals. For a partner as long as the case is its own.',
      resolve: ({ of, step }, _args, { keys }) => (of.close ? noteOf(keys, step) : null),
    }),
  }),
})

export const EscalationType = builder.objectRef<CaseView>('Escalation').implement({
  description:
    'A request that was handed to a partner: a case. Those who work for its line see it, and the case workers of that partner; nobody else.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    number: t.string({
      description: 'What the partner and the line call it by on the phone: "4KQ-7XM". It opens nothing.',
      resolve: ({ id }) => numberOf(id),
    }),
    state: t.expose('state', { type: EscalationStateEnum, description: 'Where it stands.' }),
    version: t.exposeInt('version', { description: 'One more at every change.' }),
    urgency: t.expose('urgency', { type: UrgencyEnum, description: 'Of the request, as it was: deadlines go by it.' }),
    need: t.field({
      type: NeedType,
      nullable: true,
      description: 'What is missing, if it is known. For a partner as long as the case is its own.',
      resolve: ({ needCode, close }, _args, { directory }) =>
        needCode !== null && close ? (directory.needsByCode.get(needCode) ?? null) : null,
    }),
    commune: t.field({
      type: CommuneType,
      nullable: true,
      description:
        'Where the person lives, if it is known; for a partner only if she agreed to tell it, and as long as the case is its own.',
      resolve: ({ communeNis, ofLine, close, shares }, _args, { directory }) =>
        communeNis !== null && (ofLine || (close && shares.includes('PLACE'))) ? (directory.communesByNis.get(communeNis) ?? null) : null,
    }),
    partner: t.field({ type: OrganizationType, description: 'Who is to take it over.', resolve: ({ organization }) => organization }),
    partnerReachable: t.exposeBoolean('reachable', {
      description:
        'The partner can be told of it at present: its system is not paused, and has passed a test, if that is how it is told. Else messages wait.',
    }),
    line: t.field({
      type: LineType,
      nullable: true,
      description: 'The line it comes from, if it is published.',
      resolve: ({ line }) => line,
    }),
    request: t.field({
      type: CallbackRequestType,
      nullable: true,
      description: 'The request; null for partners.',
      resolve: (row, _args, context) => requestOf(context, row),
    }),
    object: t.string({
      nullable: true,
      description: 'What the partner is asked for. Null once it is erased, and for a partner when the case is not its own any more.',
      resolve: (row, _args, { keys }) => (row.close ? objectOf(keys, row) : null),
    }),
    safeContact: t.field({
      type: SafeContactType,
      nullable: true,
      description: 'How to reach her safely, to be read before the number; her words on it stand with the number, in `revealCase`.',
      resolve: ({ wishes, close }) => (close ? { wishes, note: () => null } : null),
    }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language she wants to speak.',
      resolve: ({ request }) => request.language,
    }),
    shares: t.field({
      type: [SharedDetailEnum],
      description: 'What the partner is given beside the number.',
      resolve: ({ shares }) => shares,
    }),
    agreement: t.field({ type: AgreementType, description: 'That the person agreed.', resolve: (row) => row }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was handed over.' }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', nullable: true, description: 'When the partner had it.' }),
    acceptedAt: t.expose('acceptedAt', { type: 'DateTime', nullable: true, description: 'When it took it over.' }),
    acceptedBy: t.string({
      nullable: true,
      description: 'The name of who took it over: for partners of their own organization. Null for systems, links and others.',
      resolve: async (row, _args, context) => {
        const step = row.steps.find(({ state }) => state === 'ACCEPTED')
        return step ? ((await namesOf(context, row)).get(step.actor) ?? null) : null
      },
    }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it was over, however.' }),
    answerDueAt: t.expose('answerDueAt', { type: 'DateTime', description: 'By when the partner is to say whether it takes it.' }),
    outcomeDueAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'By when it is to say what came of it; null before it is accepted.',
      resolve: ({ acceptedAt, outcomeDueAt }) => (acceptedAt === null ? null : outcomeDueAt),
    }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Of the two the one that runs now; null while the case waits, and once it is over.',
    }),
    overdue: t.exposeBoolean('overdue', {
      description:
        'That moment has passed, or the supervisors of its line were told: it has waited for too long, could not be delivered, or is to be erased and ' +
        'is not.',
    }),
    ageMinutes: t.int({
      description: 'Minutes since it was handed over, until it was over.',
      resolve: ({ requestedAt, endedAt }, _args, { now }) => Math.floor(((endedAt ?? now).getTime() - requestedAt.getTime()) / MINUTE_MS),
    }),
    rung: t.exposeInt('rung', {
      description:
        'How far the ladder of the deadline that runs was climbed: 1 the partner was reminded, 2 the supervisors were told, 3 another partner is ' +
        'offered. Of an accepted case 3 and more: they were told again.',
    }),
    rejectReason: t.expose('rejectReason', { type: RejectReasonEnum, nullable: true, description: 'Why it was rejected.' }),
    failReason: t.expose('failReason', { type: FailReasonEnum, nullable: true, description: 'Why it failed.' }),
    cancelReason: t.expose('cancelReason', { type: CancelReasonEnum, nullable: true, description: 'Why it was taken back.' }),
    outcome: t.field({
      type: CallbackOutcomeEnum,
      nullable: true,
      description: 'What came of it.',
      resolve: ({ outcome }) => (outcome === null ? null : (outcome.toUpperCase() as Outcome)),
    }),
    steps: t.field({
      type: [EscalationStepType],
      description: 'What happened to it, oldest first.',
      resolve: (row) => row.steps.map((step) => ({ of: row, step })),
    }),
    erasureWanted: t.exposeBoolean('erasureWanted', {
      description: 'The partner is to erase what it has of the person, and has not said yet that it did.',
    }),
    erasureConfirmedAt: t.expose('erasureConfirmedAt', { type: 'DateTime', nullable: true, description: 'When it said that it did.' }),
  }),
})

builder.objectFields(EscalationType, (t) => ({
  previous: t.field({
    type: EscalationType,
    nullable: true,
    description: 'The case of another partner that this one takes the place of. Null for partners.',
    resolve: ({ previousId, ofLine }, _args, context) => (previousId !== null && ofLine ? caseById(context, previousId) : null),
  }),
  next: t.field({
    type: EscalationType,
    nullable: true,
    description: 'The case of another partner that took the place of this one. Null for partners.',
    resolve: ({ nextId, ofLine }, _args, context) => (nextId !== null && ofLine ? caseById(context, nextId) : null),
  }),
}))

builder.objectField(CallbackRequestType, 'escalations', (t) =>
  t.field({
    type: [EscalationType],
    description: 'The partners it was handed to, and what came of that, oldest first; those of its repeats too.',
    resolve: async ({ id }, _args, context) => [...(await casesOfRequest(context, id))],
  }),
)

const EscalationFilterInput = builder.inputType('EscalationFilter', {
  description: 'Which cases; parts combine with AND. What does not exist, or is not the viewer’s to see, finds nothing.',
  fields: (t) => ({
    states: t.field({ type: [EscalationStateEnum], description: 'Where they stand; an empty list asks nothing.' }),
    partner: t.string({ description: 'Slug of the partner.' }),
    line: t.string({ description: 'Slug of the line they come from.' }),
    overdue: t.boolean({ description: 'As `overdue` of a case says.' }),
    erasureWanted: t.boolean({ description: 'The partner is to erase what it has, and has not said that it did; or not.' }),
    request: t.id({ description: 'Of this request, for those who work for its line.' }),
  }),
})

builder.queryField('escalations', (t) =>
  t.connection(
    {
      type: EscalationType,
      nullable: true,
      description: 'The cases that the viewer may see, the latest first. Forward only: `last` and `before` are not taken.',
      args: { filter: t.arg({ type: EscalationFilterInput, description: 'Only these.' }) },
      resolve: async (_root, { filter, ...args }, context) => {
        const wanted = wantedOf(args)
        const { rows, total } = await listCases(context, filter ?? {}, wanted)
        return pageOfFound(rows, wanted, total, keyOfCase)
      },
    },
    { name: 'EscalationConnection', description: 'A page of cases.' },
    { name: 'EscalationEdge', description: 'One case in a page.' },
  ),
)

builder.queryField('escalation', (t) =>
  t.field({
    type: EscalationType,
    nullable: true,
    description: 'One case, or null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, context) => caseById(context, id),
  }),
)

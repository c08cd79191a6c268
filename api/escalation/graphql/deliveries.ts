import type * as enums from '../../db/generated/enums.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { resultOf } from '../../graphql/errors.ts'
import { PartnerEndpointType } from '../../partner/graphql/endpoint.ts'
import { type CaseDelivery, deliveriesOf, deliveriesTo, replayDeliveries, replayDelivery } from '../actions/replay.ts'
import { EscalationType } from './case.ts'

const DeliveryChannelEnum = builder.enumType('DeliveryChannel', {
  description: 'How a partner is told of a case; in its inbox here it looks by itself.',
  values: {
    WEBHOOK: { description: 'By a signed message to its own system.' },
    CASE_LINK: { description: 'By an e-mail with a link to the case.' },
  },
})

const DeliveryStateEnum = builder.enumType('DeliveryState', {
  description: 'What became of a message.',
  values: {
    PENDING: { description: 'It is to be sent.' },
    DELIVERED: { description: 'It was taken.' },
    DEAD: { description: 'It was tried as often as it should be: a person looks, and may send it again.' },
    CANCELLED: { description: 'It made no sense any more.' },
  } satisfies Record<keyof typeof enums.DeliveryState, object>,
})

const DeliveryTryType = builder.objectRef<CaseDelivery['tries'][number]>('DeliveryTry').implement({
  description: 'One attempt to send a message.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    code: t.exposeString('code', { description: 'How it ended: `sent`, `http_500`, `timeout`, `econnrefused`, `smtp_550`, `lost` …' }),
    milliseconds: t.exposeInt('milliseconds', { description: 'How long it took.' }),
  }),
})

export const EscalationDeliveryType = builder.objectRef<CaseDelivery>('EscalationDelivery').implement({
  description: 'One message to a partner about a case.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By it the partner knows a message that comes twice: `webhook-id` is `msg_<id>`.' }),
    escalation: t.id({ description: 'Of which case.', resolve: ({ event }) => event.subjectId }),
    event: t.string({ description: 'What it tells of: `escalation.requested` …', resolve: ({ event }) => event.type }),
    channel: t.field({
      type: DeliveryChannelEnum,
      description: 'How.',
      resolve: ({ channel }) => (channel === 'CASE_LINK' ? channel : 'WEBHOOK'),
    }),
    state: t.expose('state', { type: DeliveryStateEnum, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried since it was made, or sent again.' }),
    nextAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next at the earliest; null when it is not.',
      resolve: ({ state, nextAt }) => (state === 'PENDING' ? nextAt : null),
    }),
    tries: t.field({ type: [DeliveryTryType], description: 'All attempts, oldest first.', resolve: ({ tries }) => tries }),
  }),
})

builder.objectField(EscalationType, 'deliveries', (t) =>
  t.field({
    type: [EscalationDeliveryType],
    description: 'How the partner was told of it, oldest first.',
    resolve: async ({ id }, _args, context) => [...(await deliveriesOf(context, id))],
  }),
)

builder.objectField(PartnerEndpointType, 'deliveries', (t) =>
  t.field({
    type: [EscalationDeliveryType],
    description: 'The last hundred messages, the latest first.',
    args: { state: t.arg({ type: DeliveryStateEnum, description: 'Only those of which this became.' }) },
    resolve: ({ organizationId }, { state }, context) => deliveriesTo(context, organizationId, state ?? null),
  }),
)

const DeliveriesReplayedType = builder.objectRef<{ count: number }>('DeliveriesReplayed').implement({
  description: 'Messages are sent again.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many.' }) }),
})

const ReplayDeliveriesInput = builder.inputType('ReplayDeliveriesInput', {
  description: 'Which messages to send again.',
  fields: (t) => ({
    organization: t.string({ required: true, description: 'To which partner: a slug.' }),
    since: t.field({ type: 'DateTime', required: true, description: 'Of what happened since then.' }),
    delivered: t.boolean({
      description: 'Also those that were taken, for a system that has lost what it had. Otherwise those that were given up.',
    }),
  }),
})

builder.mutationFields((t) => ({
  replayDelivery: t.field({
    type: EscalationDeliveryType,
    description:
      'Sends a message again at once, under the same id. For supervisors of the line, and administrators of the partner. One that was called off ' +
      'stays so.',
    args: { id: t.arg.id({ required: true, description: 'Of the message.' }) },
    errors: { types: [NotFound, Conflict], union: resultOf('replayDelivery') },
    resolve: (_root, { id }, context) => replayDelivery(context, id),
  }),
  replayDeliveries: t.field({
    type: DeliveriesReplayedType,
    description: 'Sends many messages to a partner again, each under the same id: for supervisors those about cases of their lines.',
    args: { input: t.arg({ type: ReplayDeliveriesInput, required: true, description: 'Which.' }) },
    errors: { types: [NotFound], union: resultOf('replayDeliveries') },
    resolve: async (_root, { input: { organization, since, delivered } }, context) => ({
      count: await replayDeliveries(context, { organization, since, delivered: delivered ?? false }),
    }),
  }),
}))

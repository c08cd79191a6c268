import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { resultOf } from '../../graphql/errors.ts'
import {
  type Endpoint,
  type EndpointMade,
  type EndpointTest,
  endpointOf,
  pauseEndpoint,
  removeEndpoint,
  resumeEndpoint,
  rotateSecret,
  setEndpoint,
  testEndpoint,
} from '../actions/endpoint.ts'
import { PartnerType } from './partner.ts'

const EndpointSecretType = builder.objectRef<Endpoint['secrets'][number]>('EndpointSecret').implement({
  description: 'That there is a secret with which messages are signed. The secret itself was shown once, when it was made.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it is good beside the one that takes its place; null: it is the present one.',
    }),
  }),
})

export const PartnerEndpointType = builder.objectRef<Endpoint>('PartnerEndpoint').implement({
  description: 'Where a partner’s own system is told of its cases, by messages signed as Standard Webhooks say.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Part of the address to which it sends its own messages: `/partner-events/<id>`.' }),
    url: t.exposeString('url', { description: 'Where messages go.' }),
    checkedAt: t.expose('checkedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last passed a test; null: never, and nothing about a case is sent.',
    }),
    pausedAt: t.expose('pausedAt', { type: 'DateTime', nullable: true, description: 'Since when messages wait; null: they do not.' }),
    pausedWhy: t.exposeString('pausedWhy', {
      nullable: true,
      description: 'Why: `gone` (it answered 410), `failing` (no good answer for three days), `by_hand`; null when it is not paused.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it has given no good answer; null when its last one was.',
    }),
    secrets: t.field({
      type: [EndpointSecretType],
      description: 'Those that are good now, the present one first.',
      resolve: ({ secrets }) => secrets,
    }),
  }),
})

builder.objectField(PartnerType, 'endpoint', (t) =>
  t.field({
    type: PartnerEndpointType,
    nullable: true,
    description: 'Its own system. For its own administrator; null for others, and when it has none.',
    resolve: ({ organization }, _args, context) => endpointOf(context, organization.id),
  }),
)

const EndpointTestType = builder.objectRef<EndpointTest>('EndpointTest').implement({
  description: 'How an endpoint took a message that is about nobody (`endpoint.test`).',
  fields: (t) => ({
    passed: t.exposeBoolean('passed', {
      description:
        'It answered with a status from 200 to 299, within 15 seconds, and refused a message that was signed with another secret.',
    }),
    code: t.exposeString('code', {
      description:
        '`sent`, or what went wrong: `not_verified` (it took what was signed wrongly), `http_401`, `timeout`, `address_refused`, `econnrefused` …',
    }),
    endpoint: t.field({ type: PartnerEndpointType, description: 'As it is now.', resolve: ({ endpoint }) => endpoint }),
  }),
})

const EndpointMadeType = builder.objectRef<EndpointMade>('EndpointMade').implement({
  description: 'An endpoint with a new secret.',
  fields: (t) => ({
    secret: t.exposeString('secret', {
      description: '`whsec_` and 32 bytes in base64: it signs messages in both directions. It is shown here and never again.',
    }),
    endpoint: t.field({ type: PartnerEndpointType, description: 'As it is now.', resolve: ({ endpoint }) => endpoint }),
    test: t.field({
      type: EndpointTestType,
      nullable: true,
      description: 'How it took a first message, signed with a secret it may not know yet; null when none was sent.',
      resolve: ({ test }) => test,
    }),
  }),
})

const EndpointRemovedType = builder.objectRef<{ removed: boolean }>('EndpointRemoved').implement({
  description: 'An endpoint is no more.',
  fields: (t) => ({ removed: t.exposeBoolean('removed', { description: 'Always true.' }) }),
})

const SetEndpointInput = builder.inputType('SetEndpointInput', {
  description: 'Where a partner’s own system is.',
  fields: (t) => ({
    organization: t.string({ required: true, description: 'The partner: a slug.' }),
    url: t.string({ required: true, description: 'https, at a public address, on port 443 or one from 1024; no redirect is followed.' }),
  }),
})

const ORGANIZATION = 'The partner: a slug.'

builder.mutationFields((t) => ({
  setEndpoint: t.field({
    type: EndpointMadeType,
    description:
      'Says where a partner’s system is, and sends it a first message. It begins with a new secret, in the place of all older ones; who has told it ' +
      'to its system tests again. Nothing about a case is sent before a test has passed.',
    args: { input: t.arg({ type: SetEndpointInput, required: true, description: 'Whose, and where.' }) },
    errors: { types: [NotFound, InvalidInput], union: resultOf('setEndpoint') },
    resolve: (_root, { input }, context) => setEndpoint(context, input),
  }),
  testEndpoint: t.field({
    type: EndpointTestType,
    description: 'Sends an endpoint a message that is about nobody.',
    args: { organization: t.arg.string({ required: true, description: ORGANIZATION }) },
    errors: { types: [NotFound], union: resultOf('testEndpoint') },
    resolve: (_root, { organization }, context) => testEndpoint(context, organization),
  }),
  rotateEndpointSecret: t.field({
    type: EndpointMadeType,
    description:
      'Makes another secret. The old one is good for 24 hours more: messages bear both signatures, and messages with either are taken.',
    args: { organization: t.arg.string({ required: true, description: ORGANIZATION }) },
    errors: { types: [NotFound], union: resultOf('rotateEndpointSecret') },
    resolve: (_root, { organization }, context) => rotateSecret(context, organization),
  }),
  pauseEndpoint: t.field({
    type: PartnerEndpointType,
    description: 'Has nothing sent for a while. What comes meanwhile waits.',
    args: { organization: t.arg.string({ required: true, description: ORGANIZATION }) },
    errors: { types: [NotFound], union: resultOf('pauseEndpoint') },
    resolve: (_root, { organization }, context) => pauseEndpoint(context, organization),
  }),
  resumeEndpoint: t.field({
    type: PartnerEndpointType,
    description: 'Ends a pause once the endpoint passes a test, and sends what has waited.',
    args: { organization: t.arg.string({ required: true, description: ORGANIZATION }) },
    errors: { types: [NotFound, Conflict], union: resultOf('resumeEndpoint') },
    resolve: (_root, { organization }, context) => resumeEndpoint(context, organization),
  }),
  removeEndpoint: t.field({
    type: EndpointRemovedType,
    description:
      'Takes an endpoint away, with its secrets: nothing is sent to it, and nothing of it is taken any more. What waits goes by e-mail, if the partner ' +
      'has an address, and to its next endpoint once that has passed a test.',
    args: { organization: t.arg.string({ required: true, description: ORGANIZATION }) },
    errors: { types: [NotFound], union: resultOf('removeEndpoint') },
    resolve: async (_root, { organization }, context) => ({ removed: await removeEndpoint(context, organization) }),
  }),
}))

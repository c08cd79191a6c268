import { Conflict, NotFound, NothingWaiting } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf, UserErrorInterface } from '../../graphql/errors.ts'
import { claimCallback, claimNext, keepCallback, releaseCallback } from '../actions/claim.ts'
import { reassignCallback } from '../actions/reassign.ts'
import { CallbackRequestType } from './request.ts'

builder.objectType(NothingWaiting, {
  name: 'NothingWaiting',
  description: 'Nobody who may be called now is left for the viewer in the queue.',
  interfaces: [UserErrorInterface],
})

const ClaimNextInput = builder.inputType('ClaimNextInput', {
  description: 'From which part of the queue; within the lines and languages of the viewer, where she has any.',
  fields: (t) => ({
    lines: t.stringList({ description: 'Slugs of lines; all of hers when absent.' }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'Languages; all of hers when absent.' }),
  }),
})

export const ID = 'Its id.'

builder.mutationFields((t) => ({
  claimCallback: t.field({
    type: CallbackRequestType,
    description:
      'Takes a request, to call: of all who try at once one gets it, for a quarter of an hour, which everything done with it begins anew. Nobody ' +
      'holds two, and nobody is called by two. To claim what one holds is no mistake.',
    args: { id: t.arg.id({ required: true, description: ID }) },
    errors: { types: [Conflict, NotFound], union: resultOf('claimCallback') },
    resolve: (_root, { id }, context) => claimCallback(context, id),
  }),
  claimNextCallback: t.field({
    type: CallbackRequestType,
    description: 'Takes the first request of the queue that may be called now. Who holds one already gets that one.',
    args: { input: t.arg({ type: ClaimNextInput, description: 'From which part of the queue.' }) },
    errors: { types: [NothingWaiting, Conflict], union: resultOf('claimNextCallback') },
    resolve: (_root, { input }, context) => claimNext(context, input ?? {}),
  }),
  keepCallback: t.field({
    type: CallbackRequestType,
    description: 'Keeps what one holds for another quarter of an hour. The desk sends it each minute while somebody is at it.',
    args: { id: t.arg.id({ required: true, description: ID }) },
    errors: { types: [Conflict, NotFound], union: resultOf('keepCallback') },
    resolve: (_root, { id }, context) => keepCallback(context, id),
  }),
  releaseCallback: t.field({
    type: CallbackRequestType,
    description: 'Gives back what one holds. Who was not called yet waits at her old place.',
    args: { id: t.arg.id({ required: true, description: ID }) },
    errors: { types: [Conflict, NotFound], union: resultOf('releaseCallback') },
    resolve: (_root, { id }, context) => releaseCallback(context, id),
  }),
  reassignCallback: t.field({
    type: CallbackRequestType,
    description: 'Gives a request to a colleague who is at none, or back into the queue, whoever holds it.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      to: t.arg.id({ description: 'Of a member who is an agent there; absent or null: back into the queue.' }),
    },
    errors: { types: [Conflict, NotFound], union: resultOf('reassignCallback') },
    resolve: (_root, { id, to }, context) => reassignCallback(context, id, to ?? null),
  }),
}))

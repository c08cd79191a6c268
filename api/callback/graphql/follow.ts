import { Conflict, InvalidInput, NotFound, SlotTaken, TooManyRequests } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { resultOf } from '../../graphql/errors.ts'
import { cancelCallback, rescheduleCallback } from '../actions/change.ts'
import { eraseCallback } from '../actions/erase.ts'
import { findCallback } from '../actions/find.ts'
import { CallbackReceipt } from './receipt.ts'

const REFERENCE = 'As typed: case, spaces and hyphens do not matter.'
const PHONE = 'As people write it: the number the request was made with.'

builder.queryField('callback', (t) =>
  t.field({
    type: CallbackReceipt,
    nullable: true,
    description: 'A request by its reference and the phone number it was made with; null unless both match, whichever is wrong.',
    args: {
      reference: t.arg.string({ required: true, description: REFERENCE }),
      phone: t.arg.string({ required: true, description: PHONE }),
    },
    resolve: (_root, claim, context) => findCallback(context, claim),
  }),
)

builder.mutationField('cancelCallback', (t) =>
  t.field({
    type: CallbackReceipt,
    description:
      'Withdraws a request that nobody has spoken with the person about yet, or that came back from a partner and that nobody is calling about. Once ' +
      'more is the same as once.',
    args: {
      reference: t.arg.string({ required: true, description: REFERENCE }),
      phone: t.arg.string({ required: true, description: PHONE }),
    },
    errors: { types: [NotFound, Conflict, TooManyRequests], union: resultOf('cancelCallback') },
    resolve: (_root, claim, context) => cancelCallback(context, claim),
  }),
)

builder.mutationField('rescheduleCallback', (t) =>
  t.field({
    type: CallbackReceipt,
    description: 'Moves a request that nobody has taken yet to another slot, or to "as soon as possible".',
    args: {
      reference: t.arg.string({ required: true, description: REFERENCE }),
      phone: t.arg.string({ required: true, description: PHONE }),
      slot: t.arg.id({ description: 'Id of one of `callbackSlots` of its line; absent or null: as soon as possible.' }),
    },
    errors: { types: [NotFound, SlotTaken, InvalidInput, Conflict, TooManyRequests], union: resultOf('rescheduleCallback') },
    resolve: (_root, { slot, ...claim }, context) => rescheduleCallback(context, claim, slot ?? null),
  }),
)

const CallbackErased = builder.objectRef<object>('CallbackErased').implement({
  description: 'What the person left with the request is erased; that there was one still counts in statistics.',
  fields: (t) => ({
    erased: t.boolean({
      description: 'True: phone, name, e-mail, message and wishes are gone, and the reference leads nowhere.',
      resolve: () => true,
    }),
  }),
})

builder.mutationField('eraseCallback', (t) =>
  t.field({
    type: CallbackErased,
    description: 'Erases what a person left with a request. One that is still open is withdrawn by it.',
    args: {
      reference: t.arg.string({ required: true, description: REFERENCE }),
      phone: t.arg.string({ required: true, description: PHONE }),
    },
    errors: { types: [NotFound, TooManyRequests], union: resultOf('eraseCallback') },
    resolve: async (_root, claim, context) => {
      await eraseCallback(context, claim)
      return {}
    },
  }),
)

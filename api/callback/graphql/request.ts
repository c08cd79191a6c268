import { ChallengeRequired, Conflict, InvalidInput, SlotTaken, TooManyRequests } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf, UserErrorInterface } from '../../graphql/errors.ts'
import { requestCallback } from '../actions/request.ts'
import { LONGEST } from '../rules/request.ts'
import { CallbackReceipt } from './receipt.ts'

const SafeContactInput = builder.inputType('SafeContactInput', {
  description: 'How to reach the person without putting her at risk. Absent: she did not say, and an agent takes no risk.',
  fields: (t) => ({
    voicemail: t.boolean({ description: 'A message may be left.' }),
    sms: t.boolean({ description: 'A text message may be sent.' }),
    sayWhoCalls: t.boolean({ description: 'Whoever answers may be told who is calling.' }),
    note: t.string({ description: `Hours or precautions, ${LONGEST.note} characters at most.` }),
  }),
})

const RequestCallbackInput = builder.inputType('RequestCallbackInput', {
  description: 'A request to be called back.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description:
        'Made once by the client for one request, such as a UUID, and repeated on every retry: the same key never makes a second request.',
    }),
    line: t.string({ required: true, description: 'Slug of the line that should call.' }),
    need: t.string({ description: 'Code of the need, if known.' }),
    service: t.string({ description: 'Slug of the service it is about, if any.' }),
    faqEntry: t.string({ description: 'Slug of the question that did not help enough, if any.' }),
    phone: t.string({
      required: true,
      description:
        'As people write it: "0470 12 34 56", "+32 4 222 00 00". A landline or mobile number of Belgium or a neighbouring country.',
    }),
    name: t.string({ description: `How to address the person, ${LONGEST.name} characters at most. Optional.` }),
    language: t.field({ type: LanguageCodeEnum, required: true, description: 'The language she wants to speak.' }),
    postalCode: t.string({ description: 'Where she lives, if she says.' }),
    message: t.string({ description: `What it is about, in her words, ${LONGEST.message} characters at most. Optional.` }),
    safeContact: t.field({ type: SafeContactInput, description: 'How to reach her safely.' }),
    slot: t.id({ description: 'Id of one of `callbackSlots`; absent: as soon as possible.' }),
    email: t.string({ description: 'Where news of the request may be sent, which never says what it is about. Optional.' }),
    noticeVersion: t.string({ required: true, description: 'Version of the privacy notice she was shown.' }),
    challenge: t.string({ description: 'The solution, once the answer was ChallengeRequired. Send all else as before, the key too.' }),
    website: t.string({
      description: 'Leave it empty, and hide it from people: what fills it in is a program that sends what nobody asked for.',
    }),
  }),
})

builder.objectType(ChallengeRequired, {
  name: 'ChallengeRequired',
  description: 'So much comes from this place or site that each request must be worked for: a few seconds of computing. Or one calls.',
  interfaces: [UserErrorInterface],
  fields: (t) => ({
    challenge: t.exposeString('challenge', {
      description:
        'To solve, as JSON: an ALTCHA challenge (version 2, PBKDF2). Its solution is sent as `challenge` with the same input and key.',
    }),
    number: t.exposeString('number', { description: 'The phone number of the line, which needs no computing.' }),
  }),
})

builder.mutationField('requestCallback', (t) =>
  t.field({
    type: CallbackReceipt,
    description:
      'Asks a line to call back. Once a receipt is answered the request is on disk. Safe to send again with the same `idempotencyKey`: the ' +
      'answer is the same receipt; with another input it is a Conflict. A phone that has an open request for the line gets a receipt like any ' +
      'other, and what was said is added to that request. Name the partner site in the header `Passerelle-Site`.',
    args: { input: t.arg({ type: RequestCallbackInput, required: true, description: 'The request.' }) },
    errors: { types: [InvalidInput, SlotTaken, ChallengeRequired, TooManyRequests, Conflict], union: resultOf('requestCallback') },
    resolve: (_root, { input }, context) => requestCallback(context, input),
  }),
)

import { builder } from '../graphql/builder.ts'
import { CallbackStatusEnum, LanguageCodeEnum } from '../graphql/enums.ts'
import { resultOf } from '../graphql/errors.ts'
import { Conflict, InvalidInput } from '../errors.ts'
import { LineType } from '../line/graphql.ts'
import { findCallback, requestCallback } from './actions.ts'
import { LONGEST } from './rules/request.ts'

/** A public face of the stored request: it shows nothing of what the person wrote, and staff types are other variants. */
const CallbackReceipt = builder.prismaObject('CallbackRequest', {
  variant: 'CallbackReceipt',
  description: 'What a person keeps of her request. It repeats nothing she wrote.',
  select: { lineId: true },
  fields: (t) => ({
    reference: t.exposeString('reference', {
      description: 'To write down and read aloud: unambiguous characters, the last one a check character ("7KM-4QX-9TQ").',
    }),
    status: t.expose('status', { type: CallbackStatusEnum, description: 'Where the request stands.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was received.' }),
    line: t.field({
      type: LineType,
      description: 'Who will call back.',
      resolve: ({ lineId }, _args, { directory }) => {
        const line = directory.linesById.get(lineId)
        if (!line) throw new Error('a request for a line that is not published')
        return line
      },
    }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What came of it, once closed.' }),
  }),
})

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
    noticeVersion: t.string({ required: true, description: 'Version of the privacy notice she was shown.' }),
  }),
})

builder.mutationField('requestCallback', (t) =>
  t.prismaField({
    type: CallbackReceipt,
    description:
      'Asks a line to call back. Once a receipt is answered the request is on disk. Safe to send again with the same `idempotencyKey`: the ' +
      'answer is the same receipt; with another input it is a Conflict. Name the partner site in the header `Passerelle-Site`.',
    args: { input: t.arg({ type: RequestCallbackInput, required: true, description: 'The request.' }) },
    errors: { types: [InvalidInput, Conflict], union: resultOf('requestCallback') },
    resolve: async (query, _root, { input }, context) => {
      const { id } = await requestCallback(context, input)
      return context.db.callbackRequest.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)

builder.queryField('callback', (t) =>
  t.prismaField({
    type: CallbackReceipt,
    nullable: true,
    description: 'A request by its reference and the phone number it was made with; null unless both match, whichever is wrong.',
    args: {
      reference: t.arg.string({ required: true, description: 'As typed: case, spaces and hyphens do not matter.' }),
      phone: t.arg.string({ required: true, description: 'As people write it.' }),
    },
    resolve: async (query, _root, { reference, phone }, context) => {
      const found = await findCallback(context, reference, phone)
      return found && context.db.callbackRequest.findUnique({ ...query, where: { id: found.id } })
    },
  }),
)

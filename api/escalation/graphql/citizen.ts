import { CallbackReceipt } from '../../callback/graphql/receipt.ts'
import { choose } from '../../directory/language.ts'
import { Conflict, NotFound, TooManyRequests } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { canAnswer, canCancel, confirmOutcome, type ReceiptCase, receiptCase, withdrawAgreement } from '../actions/citizen.ts'
import { ReceiptEscalationStateEnum } from './enums.ts'

const ReceiptEscalation = builder.objectRef<ReceiptCase>('ReceiptEscalation').implement({
  description: 'Who has taken over a request. What professionals say to each other about it is not told.',
  fields: (t) => ({
    partner: t.string({
      description: 'Name of the organization.',
      resolve: ({ organization }, _args, { languages }) => choose(organization.texts, languages).text.name,
    }),
    state: t.expose('state', { type: ReceiptEscalationStateEnum, description: 'How far it is.' }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when.' }),
    language: t.expose('language', { type: LanguageCodeEnum, description: 'The language in which she agreed to it.' }),
  }),
})

builder.objectFields(CallbackReceipt, (t) => ({
  escalation: t.field({
    type: ReceiptEscalation,
    nullable: true,
    description: 'Who has taken it over; null when nobody else has it.',
    resolve: (receipt, _args, context) => receiptCase(context, receipt),
  }),
  canAnswer: t.boolean({
    description: 'She may say now whether it helped: `confirmOutcome`.',
    resolve: (receipt, _args, context) => canAnswer(context, receipt),
  }),
  canCancel: t.boolean({
    description: 'She may withdraw it now: `cancelCallback`.',
    resolve: (receipt, _args, context) => canCancel(context, receipt),
  }),
}))

const ConfirmOutcomeInput = builder.inputType('ConfirmOutcomeInput', {
  description: 'What the person says afterwards.',
  fields: (t) => ({
    contacted: t.boolean({ required: true, description: 'Somebody got in touch with her.' }),
    useful: t.boolean({ description: 'It helped; absent: she does not say.' }),
    stillNeeded: t.boolean({ required: true, description: 'She still needs help: then the request is open again, and the line calls.' }),
  }),
})

const REFERENCE = 'As typed: case, spaces and hyphens do not matter.'
const PHONE = 'As people write it: the number the request was made with.'

builder.mutationFields((t) => {
  const claim = {
    reference: t.arg.string({ required: true, description: REFERENCE }),
    phone: t.arg.string({ required: true, description: PHONE }),
  }
  return {
    withdrawAgreement: t.field({
      type: CallbackReceipt,
      description:
        'Takes back the agreement that partners have a request, at any time: one that has it, or had it, is told and is to erase what it has, sees ' +
        'her no more, and hands it to nobody else. The line may still help. Once more is the same as once.',
      args: claim,
      errors: { types: [NotFound, Conflict, TooManyRequests], union: resultOf('withdrawAgreement') },
      resolve: (_root, given, context) => withdrawAgreement(context, given),
    }),
    confirmOutcome: t.field({
      type: CallbackReceipt,
      description: 'Says whether a partner’s help came, and was useful; whoever still needs help is called again.',
      args: { ...claim, input: t.arg({ type: ConfirmOutcomeInput, required: true, description: 'What she says.' }) },
      errors: { types: [NotFound, Conflict, TooManyRequests], union: resultOf('confirmOutcome') },
      resolve: (_root, { input, ...given }, context) => confirmOutcome(context, given, input),
    }),
  }
})

import { SafeContactType } from '../../desk/graphql/request.ts'
import { CallbackOutcomeEnum } from '../../desk/graphql/call.ts'
import { LONGEST_NOTE, LONGEST_REASON } from '../../desk/rules/written.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { telephoneUri } from '../../organization/rules.ts'
import type { CaseContact } from '../actions/contact.ts'
import { confirmErasure, workOn } from '../actions/partner.ts'
import { revealCase } from '../actions/reveal.ts'
import { EscalationType } from './case.ts'
import { FailReasonEnum, RejectReasonEnum } from './enums.ts'

const CaseContactType = builder.objectRef<CaseContact>('CaseContact').implement({
  description: 'Whom a case is about, as far as she agreed to tell. That it was shown, to whom and why, is stored.',
  fields: (t) => ({
    phone: t.exposeString('phone', { description: 'E.164: "+32470123456".' }),
    tel: t.string({ description: 'For a link: "tel:+32470123456".', resolve: ({ phone }) => telephoneUri(phone) }),
    name: t.exposeString('name', { nullable: true, description: 'How to address her.' }),
    email: t.exposeString('email', { nullable: true, description: 'Her e-mail address.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Where she lives.' }),
    message: t.exposeString('message', { nullable: true, description: 'Her own words.' }),
    language: t.expose('language', { type: LanguageCodeEnum, description: 'The language she wants to speak.' }),
    safe: t.field({
      type: SafeContactType,
      description: 'How to reach her safely, to be read before the number.',
      resolve: ({ wishes, safeNote }) => ({ wishes, note: () => safeNote }),
    }),
  }),
})

const NOTE = `What is to be noted for the line, ${LONGEST_NOTE} characters at most.`

const RejectInput = builder.inputType('RejectEscalationInput', {
  description: 'Why a case is not taken.',
  fields: (t) => ({
    reason: t.field({ type: RejectReasonEnum, required: true, description: 'For the line; the person is not told.' }),
    note: t.string({ description: NOTE }),
  }),
})
const ProgressInput = builder.inputType('ProgressEscalationInput', {
  description: 'How far one has come.',
  fields: (t) => ({ note: t.string({ description: NOTE }) }),
})
const HoldInput = builder.inputType('HoldEscalationInput', {
  description: 'What is waited for.',
  fields: (t) => ({ note: t.string({ required: true, description: `For what, 1 to ${LONGEST_NOTE} characters.` }) }),
})
const CompleteInput = builder.inputType('CompleteEscalationInput', {
  description: 'What came of a case.',
  fields: (t) => ({
    outcome: t.field({ type: CallbackOutcomeEnum, required: true, description: 'What came of it; her receipt says so, too.' }),
    note: t.string({ description: NOTE }),
  }),
})
const FailInput = builder.inputType('FailEscalationInput', {
  description: 'Why a case could not go on.',
  fields: (t) => ({
    reason: t.field({ type: FailReasonEnum, required: true, description: 'For the line; the person is not told.' }),
    note: t.string({ description: NOTE }),
  }),
})

const errors = (field: string) => ({ types: [Conflict, NotFound, InvalidInput], union: resultOf(field) })
const ID = 'Id of the case.'
const VERSION = 'The version that was seen; absent: whatever it is. An older one is refused with `case_changed`.'

builder.mutationFields((t) => {
  const id = t.arg.id({ required: true, description: ID })
  const version = t.arg.int({ description: VERSION })
  return {
    revealCase: t.field({
      type: CaseContactType,
      description:
        'Shows to a case worker whom a case is about, as long as it is her organization’s: while it is open, and for seven days once it is ' +
        'completed. Who looked, and why, is stored before anything is shown. One that nobody had opened yet is received by it.',
      args: { id, reason: t.arg.string({ required: true, description: `Why, 1 to ${LONGEST_REASON} characters.` }) },
      errors: errors('revealCase'),
      resolve: (_root, { id: of, reason }, context) => revealCase(context, of, reason),
    }),
    receiveEscalation: t.field({
      type: EscalationType,
      description: 'Says that the case has arrived. Nothing is promised by it.',
      args: { id, version },
      errors: errors('receiveEscalation'),
      resolve: (_root, { id: of, version: seen }, context) => workOn(context, of, { kind: 'receive' }, seen),
    }),
    acceptEscalation: t.field({
      type: EscalationType,
      description: 'Takes a case over. The person is told, as she wished.',
      args: { id, version },
      errors: errors('acceptEscalation'),
      resolve: (_root, { id: of, version: seen }, context) => workOn(context, of, { kind: 'accept' }, seen),
    }),
    rejectEscalation: t.field({
      type: EscalationType,
      description: 'Does not take a case, and says why: the request is in the line’s queue again.',
      args: { id, version, input: t.arg({ type: RejectInput, required: true, description: 'Why.' }) },
      errors: errors('rejectEscalation'),
      resolve: (_root, { id: of, version: seen, input }, context) => workOn(context, of, { kind: 'reject', ...input }, seen),
    }),
    progressEscalation: t.field({
      type: EscalationType,
      description: 'Says that somebody works on a case, and what was done.',
      args: { id, version, input: t.arg({ type: ProgressInput, description: 'What was done.' }) },
      errors: errors('progressEscalation'),
      resolve: (_root, { id: of, version: seen, input }, context) => workOn(context, of, { kind: 'progress', ...input }, seen),
    }),
    holdEscalation: t.field({
      type: EscalationType,
      description: 'Says that a case waits, and for what: its deadline stands still.',
      args: { id, version, input: t.arg({ type: HoldInput, required: true, description: 'For what.' }) },
      errors: errors('holdEscalation'),
      resolve: (_root, { id: of, version: seen, input }, context) => workOn(context, of, { kind: 'hold', ...input }, seen),
    }),
    completeEscalation: t.field({
      type: EscalationType,
      description: 'Ends a case with what came of it. The request is closed, and the person is asked whether it helped.',
      args: { id, version, input: t.arg({ type: CompleteInput, required: true, description: 'What came of it.' }) },
      errors: errors('completeEscalation'),
      resolve: (_root, { id: of, version: seen, input }, context) => workOn(context, of, { kind: 'complete', ...input }, seen),
    }),
    failEscalation: t.field({
      type: EscalationType,
      description: 'Says that a case could not go on, and why: the request is in the line’s queue again.',
      args: { id, version, input: t.arg({ type: FailInput, required: true, description: 'Why.' }) },
      errors: errors('failEscalation'),
      resolve: (_root, { id: of, version: seen, input }, context) => workOn(context, of, { kind: 'fail', ...input }, seen),
    }),
    confirmErasure: t.field({
      type: EscalationType,
      description: 'Says that the partner has erased what it had of the person. Of a case that is over.',
      args: { id },
      errors: errors('confirmErasure'),
      resolve: (_root, { id: of }, context) => confirmErasure(context, of),
    }),
  }
})

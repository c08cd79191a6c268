import { telephoneUri } from '../../organization/rules.ts'
import { UnmetReasonEnum } from '../../aid/graphql.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { resultOf } from '../../graphql/errors.ts'
import { NoticeChannelEnum } from '../../notice/graphql.ts'
import { recordAttempt } from '../actions/attempt.ts'
import { closeCallback } from '../actions/close.ts'
import { addCallNote } from '../actions/note.ts'
import { orientCallback } from '../actions/orient.ts'
import { type Contact, revealContact } from '../actions/reveal.ts'
import type { Outcome } from '../rules/close.ts'
import { LONGEST_NOTE, LONGEST_REASON } from '../rules/written.ts'
import { ID } from './claim.ts'
import { AttemptOutcomeEnum, CallbackRequestType } from './request.ts'

export const CallbackOutcomeEnum = builder.enumType('CallbackOutcome', {
  description: 'What came of a request.',
  values: {
    RESOLVED: { description: 'She has what she needed.' },
    PARTLY: { description: 'She has some of it.' },
    NO_HELP_AVAILABLE: { description: 'Nobody can help her with it; `unmet` says why.' },
    NOT_REACHABLE: { description: 'Nobody reached her. At least one call must have been tried.' },
    NOT_ELIGIBLE: { description: 'What there is is not for her; `unmet` says why.' },
    DECLINED_BY_PERSON: { description: 'She does not want it any more.' },
    REFERRED_ON: { description: 'She was led to who can help.' },
  } satisfies Record<Outcome, object>,
})

const ContactType = builder.objectRef<Contact>('Contact').implement({
  description: 'How to reach a person. That it was shown, to whom and why, is stored.',
  fields: (t) => ({
    phone: t.exposeString('phone', { description: 'E.164: "+32470123456".' }),
    tel: t.string({ description: 'For a link: "tel:+32470123456".', resolve: ({ phone }) => telephoneUri(phone) }),
    foreign: t.exposeBoolean('foreign', { description: 'Not a Belgian number: look before dialling.' }),
    name: t.exposeString('name', { nullable: true, description: 'How to address her, if she said.' }),
    email: t.exposeString('email', { nullable: true, description: 'Where news may be sent, if she said.' }),
  }),
})

const RecordAttemptInput = builder.inputType('RecordAttemptInput', {
  description: 'How a call ended.',
  fields: (t) => ({
    outcome: t.field({ type: AttemptOutcomeEnum, required: true, description: 'How it ended.' }),
    callAt: t.field({ type: 'DateTime', description: 'For ASKED_LATER: when she wants to be called, while the line is open.' }),
    note: t.string({ description: `What is to be noted, ${LONGEST_NOTE} characters at most.` }),
    key: t.string({ description: 'Made once by the client for one call: sent twice it is one.' }),
  }),
})

const AddCallNoteInput = builder.inputType('AddCallNoteInput', {
  description: 'A note.',
  fields: (t) => ({ text: t.string({ required: true, description: `1 to ${LONGEST_NOTE} characters.` }) }),
})

const OrientCallbackInput = builder.inputType('OrientCallbackInput', {
  description: 'Where a person is led.',
  fields: (t) => ({
    services: t.stringList({ required: true, description: 'Slugs of services, 1 to 10.' }),
    sendBy: t.field({
      type: NoticeChannelEnum,
      description: 'Send her their names and numbers, one of `canSend`; absent: nothing is sent.',
    }),
  }),
})

const CloseCallbackInput = builder.inputType('CloseCallbackInput', {
  description: 'What came of a request.',
  fields: (t) => ({
    outcome: t.field({ type: CallbackOutcomeEnum, required: true, description: 'What came of it; her receipt says so, too.' }),
    unmet: t.field({
      type: UnmetReasonEnum,
      description: 'Why nobody helps, counted by need and commune, without her. Needed for NO_HELP_AVAILABLE and NOT_ELIGIBLE.',
    }),
    need: t.string({ description: 'The need it is counted under; that of the request when absent.' }),
    note: t.string({ description: `What is to be noted, ${LONGEST_NOTE} characters at most.` }),
  }),
})

const errors = (field: string) => ({ types: [Conflict, NotFound, InvalidInput], union: resultOf(field) })

builder.mutationFields((t) => ({
  revealContact: t.field({
    type: ContactType,
    description:
      'Shows the contact details to who is at the request, or supervises its line. Who looked, and why, is stored before anything is shown.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      reason: t.arg.string({ required: true, description: `Why, 1 to ${LONGEST_REASON} characters.` }),
    },
    errors: errors('revealContact'),
    resolve: (_root, { id, reason }, context) => revealContact(context, id, reason),
  }),
  recordAttempt: t.field({
    type: CallbackRequestType,
    description: 'Notes how a call ended, and does what follows from it. Who was not reached is held by nobody until the next call.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      input: t.arg({ type: RecordAttemptInput, required: true, description: 'How it ended.' }),
    },
    errors: errors('recordAttempt'),
    resolve: (_root, { id, input }, context) => recordAttempt(context, id, input),
  }),
  addCallNote: t.field({
    type: CallbackRequestType,
    description: 'Adds a note; nothing is overwritten. It goes when the request is erased.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      input: t.arg({ type: AddCallNoteInput, required: true, description: 'The note.' }),
    },
    errors: errors('addCallNote'),
    resolve: (_root, { id, input }, context) => addCallNote(context, id, input),
  }),
  orientCallback: t.field({
    type: CallbackRequestType,
    description: 'Notes to which services the person was led, and sends her their names and numbers if she wishes so. Twice is once.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      input: t.arg({ type: OrientCallbackInput, required: true, description: 'Where she is led.' }),
    },
    errors: errors('orientCallback'),
    resolve: (_root, { id, input }, context) => orientCallback(context, id, input),
  }),
  closeCallback: t.field({
    type: CallbackRequestType,
    description: 'Closes a request with what came of it, and what the same phone asked of the line besides with it.',
    args: {
      id: t.arg.id({ required: true, description: ID }),
      input: t.arg({ type: CloseCallbackInput, required: true, description: 'What came of it.' }),
    },
    errors: errors('closeCallback'),
    resolve: (_root, { id, input }, context) => closeCallback(context, id, input),
  }),
}))

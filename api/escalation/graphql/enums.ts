import type * as enums from '../../db/generated/enums.ts'
import { builder } from '../../graphql/builder.ts'
import type { CitizenState, Share } from '../rules/shared.ts'

export const EscalationStateEnum = builder.enumType('EscalationState', {
  description: 'Where a case stands. Delivered is not accepted, and accepted is not helped.',
  values: {
    REQUESTED: { description: 'Handed over; the partner may not know of it yet.' },
    RECEIVED: { description: 'The partner, or its system, has it. Nobody has said yet that something will be done.' },
    ACCEPTED: { description: 'The partner takes it over.' },
    REJECTED: { description: 'The partner does not take it: the request is in the line’s queue again.' },
    IN_PROGRESS: { description: 'Somebody works on it.' },
    ON_HOLD: { description: 'It waits, and it was said for what: its deadline stands still.' },
    COMPLETED: { description: 'Over, with an outcome.' },
    FAILED: { description: 'The partner could not go on: the request is in the line’s queue again.' },
    CANCELLED: { description: 'Taken back: by the person, by the line, or for another partner.' },
  } satisfies Record<keyof typeof enums.EscalationState, object>,
})

export const RejectReasonEnum = builder.enumType('RejectReason', {
  description: 'Why a partner does not take a case. For the line; the person is not told.',
  values: {
    NO_CAPACITY: { description: 'It has no room at present.' },
    NOT_OUR_NEED: { description: 'Not its subject.' },
    OUT_OF_AREA: { description: 'Not where it works.' },
    NOT_ELIGIBLE: { description: 'Not for this person.' },
    TOO_LITTLE_KNOWN: { description: 'What was sent does not say enough to begin.' },
    ALREADY_KNOWN: { description: 'It knows of the case already.' },
    OTHER: { description: 'Another reason: the note says which.' },
  } satisfies Record<keyof typeof enums.RejectReason, object>,
})

export const FailReasonEnum = builder.enumType('FailReason', {
  description: 'Why a partner could not go on with a case. For the line; the person is not told.',
  values: {
    NOT_REACHABLE: { description: 'The person could not be reached.' },
    DECLINED_BY_PERSON: { description: 'The person does not want it any more.' },
    NO_CAPACITY: { description: 'There is no room any more.' },
    NOT_OUR_NEED: { description: 'It turned out to be for somebody else.' },
    OTHER: { description: 'Another reason: the note says which.' },
  } satisfies Record<keyof typeof enums.FailReason, object>,
})

export const CancelReasonEnum = builder.enumType('CancelReason', {
  description: 'Why a case was taken back.',
  values: {
    AGREEMENT_WITHDRAWN: { description: 'The person withdrew the agreement.' },
    ERASED: { description: 'The person’s data were erased.' },
    REROUTED: { description: 'Another partner has it now.' },
    TAKEN_BACK: { description: 'The line took it back.' },
  } satisfies Record<keyof typeof enums.CancelReason, object>,
})

export const AgreementWayEnum = builder.enumType('AgreementWay', {
  description: 'How somebody agreed that a partner is told.',
  values: {
    SPOKEN: { description: 'On the phone.' },
    WRITTEN: { description: 'In writing.' },
    IN_PERSON: { description: 'Face to face.' },
  } satisfies Record<keyof typeof enums.AgreementWay, object>,
})

export const SharedDetailEnum = builder.enumType('SharedDetail', {
  description: 'What of the contact details a partner is given. The phone number and the wishes for safe contact always go along.',
  values: {
    NAME: { description: 'How to address her.' },
    EMAIL: { description: 'Her e-mail address.' },
    PLACE: { description: 'The postal code where she lives.' },
    MESSAGE: { description: 'Her own words, as she wrote them with her request.' },
  } satisfies Record<Share, object>,
})

export const ReceiptEscalationStateEnum = builder.enumType('ReceiptEscalationState', {
  description: 'What is said to the person of a request that a partner has.',
  values: {
    HANDED_OVER: { description: 'A partner was asked.' },
    TAKEN_OVER: { description: 'It takes the request over, and will get in touch.' },
    UNDER_WAY: { description: 'Somebody works on it.' },
    DONE: { description: 'It is over: `outcome` says what came of it.' },
    LOOKING_AGAIN: { description: 'The line looks for another way, and calls.' },
  } satisfies Record<CitizenState, object>,
})

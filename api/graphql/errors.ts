import { GraphQLError } from 'graphql'
import type { LanguageCode } from '../db/generated/enums.ts'
import {
  type ChallengeRequired,
  Conflict,
  type DomainError,
  type Forbidden,
  InvalidInput,
  NotFound,
  type NothingWaiting,
  type PostRequired,
  type Problem,
  type SignInRequired,
  type SiteRefused,
  type SlotTaken,
  TooManyRequests,
  Unavailable,
} from '../errors.ts'
import { stringsFor } from '../strings/strings.ts'
import { builder } from './builder.ts'

/** Names result unions as the contract does: `requestCallback` answers a `RequestCallbackResult`. */
export const resultOf = (field: string) => ({
  name: `${field.charAt(0).toUpperCase()}${field.slice(1)}Result`,
  description: `What \`${field}\` answers: the result, or one of its expected failures.`,
})

export const UserErrorInterface = builder.interfaceRef<DomainError>('UserError').implement({
  description: 'An expected failure: something the caller can put right. The message is in the language asked for.',
  fields: (t) => ({
    message: t.string({
      description: 'What to tell the person.',
      resolve: (error, _args, { languages }) => messageOf(error, languages),
    }),
  }),
})

export const InputProblem = builder.objectRef<Problem>('InputProblem').implement({
  description: 'Why one value was refused.',
  fields: (t) => ({
    path: t.stringList({ description: 'The way to the value, from the argument down: ["input", "phone"].', resolve: ({ path }) => path }),
    code: t.string({
      description: 'Stable, for programs: required, too_long, malformed, unknown, phone_malformed …',
      resolve: ({ code }) => code,
    }),
    message: t.string({
      description: 'What to tell the person beside the field.',
      resolve: (problem, _args, { languages }) => problemMessage(problem, languages),
    }),
  }),
})

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  description: 'Values that cannot be accepted; the problems together, the first 20 of them.',
  interfaces: [UserErrorInterface],
  fields: (t) => ({
    problems: t.field({ type: [InputProblem], description: 'At least one.', resolve: ({ problems }) => problems }),
  }),
})

builder.objectType(Conflict, {
  name: 'Conflict',
  description: 'The request contradicts something already stored, such as an idempotency key used before with another input.',
  interfaces: [UserErrorInterface],
  fields: (t) => ({
    code: t.string({
      description:
        'Stable, for programs: idempotency_key_reused, in_progress, callback_under_way, callback_over; at the desk also claimed_by_other, ' +
        'not_holding, holding_another, person_on_the_phone, lease_ended, not_due, not_tried, colleague_busy; for the staff’s accounts own_account, own_recovery, account_beyond_reach, account_not_recoverable; ' +
        'for what is handed to a partner not_reached, case_over, case_not_accepted, case_accepted, case_changed, case_open, agreement_for_one, partner_full; answered; of messages to partners endpoint_fails, delivery_called_off; for editors record_changed, record_retired, record_not_retired, nothing_to_publish; for websites site_changed, site_revoked.',
      resolve: ({ conflict }) => conflict,
    }),
    holderName: t.exposeString('holderName', {
      nullable: true,
      description: 'Where somebody else is at the request, or has changed the record: her name. Null otherwise.',
    }),
  }),
})

builder.objectType(NotFound, {
  name: 'NotFound',
  description: 'Nothing is there under what was named; which part of it was wrong is not told.',
  interfaces: [UserErrorInterface],
})

builder.objectType(TooManyRequests, {
  name: 'TooManyRequests',
  description: 'Too much was sent in a short time from one place, or by one site.',
  interfaces: [UserErrorInterface],
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'When to try again.' }),
  }),
})

const problemMessage = ({ code, params }: Problem, languages: readonly LanguageCode[]): string =>
  stringsFor(languages).problems[code](params ?? {})

/** Told apart by code, not by class: the errors plugin shows fields a proxy of the error. */
function messageOf(error: DomainError, languages: readonly LanguageCode[]): string {
  const strings = stringsFor(languages)
  const failure = error as
    | InvalidInput
    | Conflict
    | NotFound
    | NothingWaiting
    | SlotTaken
    | ChallengeRequired
    | SiteRefused
    | PostRequired
    | SignInRequired
    | Forbidden
    | TooManyRequests
    | Unavailable
  switch (failure.code) {
    case 'INVALID_INPUT':
      return strings.invalidInput(failure.problems.length)
    case 'CONFLICT':
      return strings.conflicts[failure.conflict]
    case 'NOT_FOUND':
      return strings.notFound[failure.what]
    case 'NOTHING_WAITING':
      return strings.nothingWaiting
    case 'SLOT_TAKEN':
      return strings.slotTaken
    case 'CHALLENGE_REQUIRED':
      return strings.challengeRequired(failure.number)
    case 'UNKNOWN_SITE':
    case 'ORIGIN_NOT_ALLOWED':
      return strings.siteRefused[failure.code]
    case 'POST_REQUIRED':
      return strings.postRequired
    case 'UNAUTHENTICATED':
      return strings.signInRequired
    case 'FORBIDDEN':
      return strings.forbidden
    case 'TOO_MANY_REQUESTS':
      return strings.tooManyRequests(Math.ceil(failure.retryAfterSeconds / 60))
    case 'SERVICE_UNAVAILABLE':
      return strings.unavailable
  }
}

/**
 * A domain error where no result union declares it: a top-level error with a stable `extensions.code`, the sentence in the caller's
 * language, and for InvalidInput the same `problems` as the type has.
 */
export function topLevelError(error: DomainError, languages: readonly LanguageCode[]): GraphQLError {
  const problems =
    error instanceof InvalidInput &&
    error.problems.map((problem) => ({ path: problem.path, code: problem.code, message: problemMessage(problem, languages) }))
  return new GraphQLError(messageOf(error, languages), {
    extensions: {
      code: error.code,
      ...(problems ? { problems } : {}),
      ...(error instanceof Unavailable ? comeBack(503, error) : error instanceof TooManyRequests ? comeBack(429, error) : {}),
    },
  })
}

const comeBack = (status: number, { retryAfterSeconds }: { retryAfterSeconds: number }) => ({
  retryAfterSeconds,
  http: { status, headers: { 'retry-after': String(retryAfterSeconds) } },
})

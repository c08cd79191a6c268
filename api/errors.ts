/**
 * The failures a caller can do something about. Actions and rules throw them; `graphql/errors.ts` turns them into typed results where a
 * mutation declares them, and into top-level errors with a stable `extensions.code` elsewhere. They carry codes and parameters, never
 * sentences: the words are chosen at the edge, in the caller's language (`strings/`).
 */
export abstract class DomainError extends Error {
  /** Stable, for `extensions.code`. */
  abstract readonly code: string
}

/** Why one value of an input was refused. `code` is a key of `strings/fr.ts` `problems`; `params` fill its sentence. */
export type Problem = { path: string[]; code: ProblemCode; params?: Record<string, string | number> }

export type ProblemCode =
  | 'required'
  | 'too_long'
  | 'too_many'
  | 'out_of_range'
  | 'malformed'
  | 'unknown'
  | 'contradictory'
  | 'one_only'
  | 'phone_malformed'
  | 'phone_not_allowed'
  | 'line_takes_no_callbacks'
  | 'line_not_in_service'
  | 'slot_not_offered'
  | 'email_malformed'
  | 'email_unsupported'
  | 'moment_over'
  | 'moment_too_far'
  | 'moment_closed'
  | 'not_sendable'
  | 'url_refused'
  | 'endpoint_missing'
  | ContentProblemCode
  | SiteProblemCode

/** What may be wrong with a partner's website. */
export type SiteProblemCode =
  | 'origin_malformed'
  | 'origin_path'
  | 'origin_wildcard'
  | 'origin_insecure'
  | 'name_taken'
  | 'language_not_offered'
  | 'colour_malformed'
  | 'contrast_on_accent'
  | 'contrast_text'
  | 'contrast_error'

/** What may be wrong with a record that an editor changes. */
export type ContentProblemCode =
  | 'slug_malformed'
  | 'slug_taken'
  | 'slug_fixed'
  | 'url_malformed'
  | 'number_unknown_shape'
  | 'time_malformed'
  | 'day_malformed'
  | 'rule_malformed'
  | 'rule_empty'
  | 'rule_age_impossible'
  | 'rule_never'
  | 'rule_always'
  | 'hours_overlap'
  | 'hours_needed'
  | 'exception_twice'
  | 'exception_half'
  | 'valid_range_reversed'
  | 'age_reversed'
  | 'area_twice'
  | 'listed_twice'
  | 'capacity_over'
  | 'menu_key_twice'
  | 'menu_entry_loop'
  | 'leads_to_itself'
  | 'fallback_loop'
  | 'target_retired'
  | 'target_unpublished'
  | 'still_used'
  | 'still_peopled'
  | 'requests_stay'
  | 'contact_needed'
  | 'successor_needed'
  | 'out_of_reach'
  | 'region_only'
  | 'number_premium'
  | 'cpas_twice'

/** Problems told at most: more would make a small request answer a big one, and nobody reads them. */
const MOST_PROBLEMS = 20

/** One or more values of the input cannot be accepted; the problems together, the first 20 of them. */
export class InvalidInput extends DomainError {
  readonly code = 'INVALID_INPUT'
  readonly problems: Problem[]
  constructor(all: Problem[]) {
    const problems = all.slice(0, MOST_PROBLEMS)
    super(problems.map((problem) => `${problem.path.join('.')}: ${problem.code}`).join(', '))
    this.problems = problems
  }
}

export type ConflictCode =
  | 'idempotency_key_reused'
  | 'in_progress'
  | 'callback_under_way'
  | 'callback_over'
  | 'own_account'
  | 'own_recovery'
  | 'account_beyond_reach'
  | 'account_not_recoverable'
  | 'claimed_by_other'
  | 'not_holding'
  | 'holding_another'
  | 'person_on_the_phone'
  | 'lease_ended'
  | 'not_due'
  | 'not_tried'
  | 'colleague_busy'
  | 'endpoint_fails'
  | 'delivery_called_off'
  | 'not_reached'
  | 'case_over'
  | 'case_not_accepted'
  | 'case_accepted'
  | 'case_changed'
  | 'case_open'
  | 'agreement_for_one'
  | 'partner_full'
  | 'answered'
  | ContentConflictCode
  | SiteConflictCode

export type ContentConflictCode = 'record_changed' | 'record_retired' | 'record_not_retired' | 'nothing_to_publish' | 'content_busy'

export type SiteConflictCode = 'site_changed' | 'site_revoked'

/** What somebody else changed meanwhile: the way to each value, as it was and as it is. */
export type Changed = { at: Date; changes: readonly { path: readonly string[]; before: unknown; after: unknown }[] }

/** The request contradicts something already stored. */
export class Conflict extends DomainError {
  readonly code = 'CONFLICT'
  /**
   * @param holderName who of the staff is at it, or changed it, where that is the reason and who asks may know
   * @param changed what she changed
   */
  constructor(
    readonly conflict: ConflictCode,
    readonly holderName: string | null = null,
    readonly changed: Changed | null = null,
  ) {
    super(conflict)
  }
}

/** Nobody who may be called now is left in the queue. */
export class NothingWaiting extends DomainError {
  readonly code = 'NOTHING_WAITING'
  constructor() {
    super('nothing waiting')
  }
}

/** The caller's web page may not use this site key, or names none that exists. */
export class SiteRefused extends DomainError {
  constructor(readonly code: 'UNKNOWN_SITE' | 'ORIGIN_NOT_ALLOWED') {
    super(code)
  }
}

/** Only for the staff: nobody has signed in, or the session or token is no longer good. */
export class SignInRequired extends DomainError {
  readonly code = 'UNAUTHENTICATED'
  constructor() {
    super('sign-in required')
  }
}

/** Who asks may not: another role, another organization, or a token without the scope. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN'
  constructor() {
    super('forbidden')
  }
}

/** Personal data came in an address: it must come in a body. */
export class PostRequired extends DomainError {
  readonly code = 'POST_REQUIRED'
}

/**
 * The database does not answer at the moment. Whether a write was stored is not known, since its answer may be what was lost; sending it
 * again with the same idempotency key is safe, and tells.
 */
export class Unavailable extends DomainError {
  readonly code = 'SERVICE_UNAVAILABLE'
  constructor(readonly retryAfterSeconds: number) {
    super('the database does not answer')
  }
}

/** Somebody, or some site, sent more in a time than is good. */
export class TooManyRequests extends DomainError {
  readonly code = 'TOO_MANY_REQUESTS'
  constructor(readonly retryAfterSeconds: number) {
    super('too many requests')
  }
}

/**
 * Nothing is there under what the caller named; which part of it was wrong is not told, nor whether it is another organization's.
 * @param what a citizen's own request, by reference and phone; or any record, by its id
 */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND'
  constructor(readonly what: 'callback' | 'record' = 'callback') {
    super('not found')
  }
}

/**
 * The last place of a slot went to somebody else.
 * @typeParam Slot what the feature offers instead, best first
 */
export class SlotTaken<Slot = unknown> extends DomainError {
  readonly code = 'SLOT_TAKEN'
  constructor(readonly slots: readonly Slot[]) {
    super('slot taken')
  }
}

/** So much comes from this place or site that each request must be worked for; or it can be made by phone. */
export class ChallengeRequired extends DomainError {
  readonly code = 'CHALLENGE_REQUIRED'
  /**
   * @param challenge what to solve, as JSON
   * @param number the phone number that needs no proof of work
   */
  constructor(
    readonly challenge: string,
    readonly number: string,
  ) {
    super('challenge required')
  }
}

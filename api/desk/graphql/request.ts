import { StaffMemberType } from '../../access/graphql/staff.ts'
import { CallbackSlotType } from '../../callback/graphql/slots.ts'
import { idOfSlot } from '../../callback/rules/slots.ts'
import type { Context } from '../../context.ts'
import type * as enums from '../../db/generated/enums.ts'
import { FaqEntryType } from '../../faq/graphql.ts'
import { builder } from '../../graphql/builder.ts'
import { CallbackStatusEnum, LanguageCodeEnum, UrgencyEnum } from '../../graphql/enums.ts'
import { LineType } from '../../line/graphql.ts'
import { NoticeChannelEnum } from '../../notice/graphql.ts'
import type { NoticeChannel } from '../../notice/rules/notice.ts'
import { CommuneType } from '../../place/graphql.ts'
import { ServiceType } from '../../service/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { noteText } from '../actions/note.ts'
import { channelsFor } from '../actions/orient.ts'
import { MOST_REPEATS, type Repeat, repeatsOf } from '../actions/repeats.ts'
import { colleague, type DeskRequest, opened } from '../actions/rows.ts'
import { attemptsLeft } from '../rules/attempts.ts'
import { maskedPhone } from '../rules/contact.ts'
import { holderAt, isDue } from '../rules/queue.ts'
import { dueBy, waitedMinutes } from '../rules/targets.ts'
import type { Wishes } from '../rules/wishes.ts'

export const AttemptOutcomeEnum = builder.enumType('AttemptOutcome', {
  description: 'How a call to the person ended.',
  values: {
    REACHED: { description: 'Somebody spoke with her.' },
    NO_ANSWER: { description: 'It rang, and nobody answered: again two working hours later, then in the next half of a day.' },
    BUSY: { description: 'The line was busy: again twenty working minutes later.' },
    VOICEMAIL: { description: 'An answering machine: again in the next half of a day. Her wishes say whether a message may be left.' },
    INVALID_NUMBER: {
      description:
        'The number does not exist, or is not a phone: she cannot be reached; if she was before, once more on the next working day.',
    },
    REFUSED: { description: 'She does not want to be called any more: the request is closed.' },
    WRONG_PERSON: { description: 'Somebody else answered: once more on the next working day, then never again.' },
    ASKED_LATER: { description: 'She asked to be called at another moment: `callAt`.' },
  } satisfies Record<keyof typeof enums.AttemptOutcome, object>,
})

/** How a person is reached safely; the note is opened when it is asked for. */
export type SafeContact = { wishes: Wishes; note: (context: Context) => string | null }

export const SafeContactType = builder.objectRef<SafeContact>('SafeContact').implement({
  description:
    'How to reach the person without putting her at risk. What she did not say is null: then take no risk. Where the same phone asked several ' +
    'times, of this line or another one of the same organizations, the strictest of what was said: a no before silence, silence before a yes.',
  fields: (t) => ({
    voicemail: t.boolean({ nullable: true, description: 'A message may be left.', resolve: ({ wishes }) => wishes.voicemail }),
    sms: t.boolean({ nullable: true, description: 'A text message may be sent.', resolve: ({ wishes }) => wishes.sms }),
    sayWhoCalls: t.boolean({
      nullable: true,
      description: 'Whoever answers may be told who is calling.',
      resolve: ({ wishes }) => wishes.sayWhoCalls,
    }),
    note: t.string({
      nullable: true,
      description: 'Hours or precautions, in her words, shown as her message is. Those of a repeat stand with it.',
      resolve: ({ note }, _args, context) => note(context),
    }),
  }),
})

const CallAttemptType = builder.objectRef<DeskRequest['attempts'][number]>('CallAttempt').implement({
  description: 'One call, and how it ended.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    outcome: t.expose('outcome', { type: AttemptOutcomeEnum, description: 'How it ended.' }),
    member: t.field({ type: StaffMemberType, nullable: true, description: 'Who called.', resolve: ({ member }) => colleague(member) }),
    nextAt: t.expose('nextAt', { type: 'DateTime', nullable: true, description: 'When the next call was due by the rule; null: none.' }),
  }),
})

const CallNoteType = builder.objectRef<DeskRequest['notes'][number]>('CallNote').implement({
  description: 'What an agent noted. The person’s own words are apart, in `message`.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    text: t.string({ description: 'In her words.', resolve: (note, _args, context) => noteText(context, note) }),
    member: t.field({ type: StaffMemberType, nullable: true, description: 'Who noted it.', resolve: ({ member }) => colleague(member) }),
  }),
})

const ReferralType = builder.objectRef<DeskRequest['referrals'][number]>('Referral').implement({
  description: 'A service to which the person was led.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: 'Which, also when it has been retired since.',
      resolve: ({ serviceSlug }, _args, { directory }) => directory.everyServiceBySlug.get(serviceSlug) ?? null,
    }),
    member: t.field({
      type: StaffMemberType,
      nullable: true,
      description: 'Who led her there.',
      resolve: ({ member }) => colleague(member),
    }),
    sentBy: t.field({
      type: NoticeChannelEnum,
      nullable: true,
      description: 'How she has its name and number in writing; null: told on the phone only.',
      // The other channels lead to partners.
      resolve: ({ sentBy }) => sentBy as NoticeChannel | null,
    }),
  }),
})

const CallbackRepeatType = builder.objectRef<{ row: Repeat } & Pick<DeskRequest, 'hearing' | 'looked'>>('CallbackRepeat').implement({
  description: 'A later request of the same phone for the same line, which adds to this one and is not called by itself.',
  fields: (t) => ({
    requestedAt: t.field({ type: 'DateTime', description: 'When it came.', resolve: ({ row }) => row.requestedAt }),
    name: t.string({
      nullable: true,
      description:
        'The name given with it, which may be another one. For who is at it once she has used `revealContact`, and for a supervisor a quarter of an hour after; null before and for others.',
      resolve: ({ row, looked }, _args, context) => (looked ? opened(context, row, 'name') : null),
    }),
    message: t.string({
      nullable: true,
      description: 'Her words, shown as those of the request itself are.',
      resolve: ({ row, hearing }, _args, context) => (hearing ? opened(context, row, 'message') : null),
    }),
    safeNote: t.string({
      nullable: true,
      description: 'Hours or precautions that she gave with it, shown as her words are.',
      resolve: ({ row, hearing }, _args, context) => (hearing ? opened(context, row, 'safe_note') : null),
    }),
    language: t.field({ type: LanguageCodeEnum, description: 'The language she wanted to speak.', resolve: ({ row }) => row.language }),
    need: t.field({
      type: NeedType,
      nullable: true,
      description: 'What is missing, if she said.',
      resolve: ({ row }, _args, { directory }) => (row.needCode === null ? null : (directory.needsByCode.get(row.needCode) ?? null)),
    }),
  }),
})

export const CallbackRequestType = builder.objectRef<DeskRequest>('CallbackRequest').implement({
  description: 'A request to be called back, as the staff see it: only those of lines that their own organizations run.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    reference: t.exposeString('reference', { nullable: true, description: 'What the person has written down; null once it is erased.' }),
    status: t.expose('status', { type: CallbackStatusEnum, description: 'Where it stands.' }),
    line: t.field({ type: LineType, description: 'Who calls.', resolve: ({ line }) => line }),
    need: t.field({
      type: NeedType,
      nullable: true,
      description: 'What is missing, if she said.',
      resolve: ({ needCode }, _args, { directory }) => (needCode === null ? null : (directory.needsByCode.get(needCode) ?? null)),
    }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: 'The service it is about, if any.',
      resolve: ({ serviceSlug }, _args, { directory }) =>
        serviceSlug === null ? null : (directory.everyServiceBySlug.get(serviceSlug) ?? null),
    }),
    faqEntry: t.field({
      type: FaqEntryType,
      nullable: true,
      description: 'The question that did not help her enough, if any.',
      resolve: ({ faqEntrySlug }, _args, { directory }) =>
        faqEntrySlug === null ? null : (directory.everyFaqEntryBySlug.get(faqEntrySlug) ?? null),
    }),
    urgency: t.expose('urgency', {
      type: UrgencyEnum,
      description: 'By its need and its question, and those of its repeats: the most pressing of them.',
    }),
    language: t.expose('language', { type: LanguageCodeEnum, description: 'The language she wants to speak.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Where she lives, if she said.' }),
    communes: t.field({
      type: [CommuneType],
      description: 'The communes of this postal code.',
      resolve: ({ postalCode }, _args, { directory }) =>
        postalCode === null ? [] : [...(directory.communesByPostalCode.get(postalCode) ?? [])],
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it came.' }),
    slot: t.field({
      type: CallbackSlotType,
      nullable: true,
      description: 'When she chose to be called; null: as soon as possible.',
      resolve: ({ slotStartsAt, slotEndsAt, line }) =>
        slotStartsAt && slotEndsAt
          ? { startsAt: slotStartsAt, endsAt: slotEndsAt, id: idOfSlot(line, slotStartsAt), available: false }
          : null,
    }),
    callFrom: t.expose('callFrom', { type: 'DateTime', description: 'Nobody calls before.' }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true, description: 'When nothing more was to be done.' }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What came of it, in small letters as on her receipt.' }),
    due: t.boolean({ description: 'May be called now, or finished.', resolve: (row, _args, { now }) => isDue(row, now) }),
    dueAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'By when she is to be called, in opening hours and without pauses; null once she was reached, and when it is over. Counted anew when it comes ' +
        'back from a partner, or is opened again.',
      resolve: (row) => dueBy(row.line, row, row.targetMinutes),
    }),
    overdue: t.boolean({
      description: 'That moment has passed.',
      resolve: (row, _args, { now }) => (dueBy(row.line, row, row.targetMinutes) ?? now) < now,
    }),
    waitingMinutes: t.int({
      description: 'How many minutes of opening hours she has waited, until she was reached, without pauses.',
      resolve: (row, _args, { now }) => waitedMinutes(row.line, row, now),
    }),
    targetMinutes: t.exposeInt('targetMinutes', { description: 'Within how many such minutes she is to be called.' }),
    paused: t.boolean({
      description: 'It waits for her: the next call is in the future, by the rule or at her wish.',
      resolve: ({ status, attempts }, _args, { now }) => status === 'NEW' && (attempts.at(-1)?.nextAt ?? now) > now,
    }),
    holder: t.field({
      type: StaffMemberType,
      nullable: true,
      description: 'Who is at it now.',
      resolve: (row, _args, { now }) => (holderAt(row, now) === null ? null : colleague(row.claimedBy)),
    }),
    heldSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when she is at it.',
      resolve: (row, _args, { now }) => (holderAt(row, now) === null ? null : row.claimedAt),
    }),
    heldUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When her claim ends unless she keeps it.',
      resolve: (row, _args, { now }) => (holderAt(row, now) === null ? null : row.claimedUntil),
    }),
    mine: t.exposeBoolean('mine', { description: 'The viewer is at it.' }),
    maskedPhone: t.string({
      nullable: true,
      description: 'Country, first digit and the last two: "+32 4•• •• •• 56". `revealContact` shows it. Null once it is erased.',
      resolve: (row, _args, context) => {
        const phone = opened(context, row, 'phone')
        return phone === null ? null : maskedPhone(phone)
      },
    }),
    safeContact: t.field({
      type: SafeContactType,
      nullable: true,
      description: 'How to reach her safely, to be read before the number. For who is at it and for supervisors; null for others.',
      resolve: (row) =>
        row.closeTo ? { wishes: row.wishes, note: (context) => (row.hearing ? opened(context, row, 'safe_note') : null) } : null,
    }),
    message: t.string({
      nullable: true,
      description: 'Her own words. For who is at it, and for a supervisor a quarter of an hour after `revealContact`; null for others.',
      resolve: (row, _args, context) => (row.hearing ? opened(context, row, 'message') : null),
    }),
    masked: t.exposeBoolean('masked', { description: 'A register or account number stood in her words, and was taken out.' }),
    attempts: t.field({ type: [CallAttemptType], description: 'The calls made, oldest first.', resolve: ({ attempts }) => attempts }),
    attemptsLeft: t.int({
      description:
        'How many more calls may miss her before it is given up; it never is once somebody spoke with her, and this stays at its most.',
      resolve: ({ attempts }) => attemptsLeft(attempts),
    }),
    notes: t.field({
      type: [CallNoteType],
      nullable: true,
      description:
        'What was noted, oldest first. For who is at it, and for a supervisor a quarter of an hour after `revealContact`; null for others.',
      resolve: ({ notes, hearing }) => (hearing ? notes : null),
    }),
    referrals: t.field({ type: [ReferralType], description: 'Where she was led, oldest first.', resolve: ({ referrals }) => referrals }),
    repeats: t.field({
      type: [CallbackRepeatType],
      description: `What the same phone asked of the same line besides, the ${MOST_REPEATS} newest of it, oldest first.`,
      resolve: async ({ id, hearing, looked }, _args, context) => (await repeatsOf(context, id)).map((row) => ({ row, hearing, looked })),
    }),
    canSend: t.field({
      type: [NoticeChannelEnum],
      description:
        'By which channels an orientation may be sent to her: none when being seen with it is a risk. Where the same phone asked several times, ' +
        'by text message only, and if every one of the requests allows it.',
      resolve: (row, _args, context) => channelsFor(context, row, row),
    }),
  }),
})

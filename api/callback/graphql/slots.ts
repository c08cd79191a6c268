import type { Line } from '../../directory/snapshot.ts'
import { SlotTaken } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { UserErrorInterface } from '../../graphql/errors.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { estimate, type OfferedSlot, offeredSlots } from '../actions/slots.ts'
import type { Estimate } from '../rules/estimate.ts'
import { dayLabel, estimateLabel, timesLabel } from '../rules/labels.ts'

/** A slot as it is told: one that somebody has is not offered to others by that. */
export type ToldSlot = Pick<OfferedSlot, 'id' | 'startsAt' | 'endsAt' | 'available'>

export const CallbackSlotType = builder.objectRef<ToldSlot>('CallbackSlot').implement({
  description: 'A part of a day in which a line calls back.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'To send back as `slot`.' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'Nobody calls before.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'By then somebody has called.' }),
    available: t.exposeBoolean('available', { description: 'A place is left at this moment; only the request itself takes it.' }),
    day: t.field({ type: 'Date', description: 'The day in Belgium.', resolve: ({ startsAt }) => dayIn(startsAt) }),
    dayLabel: t.string({
      description: 'The day in words: "Monday 23 November".',
      resolve: ({ startsAt }, _args, { now, languages }) => dayLabel(startsAt, now, languages),
    }),
    timesLabel: t.string({
      description: 'The hours in words, on a clock in Belgium: "8:30 to 13:00".',
      resolve: (slot, _args, { languages }) => timesLabel(slot, languages),
    }),
  }),
})

export const CallbackEstimateType = builder.objectRef<Estimate>('CallbackEstimate').implement({
  description:
    'When the turn of a request comes that is to be called as soon as possible, by who waits already and how many are called in an hour.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'Not before.' }),
    by: t.expose('by', { type: 'DateTime', description: 'Probably by then. No promise: a crisis is called first.' }),
    label: t.string({
      description: 'In words: "today before 13:00".',
      resolve: (value, _args, { now, languages }) => estimateLabel(value, now, languages),
    }),
  }),
})

builder.objectType(SlotTaken<OfferedSlot>, {
  name: 'SlotTaken',
  description: 'The last place of the slot went to somebody else meanwhile. Nothing is stored; another slot, or none, may be sent.',
  interfaces: [UserErrorInterface],
  fields: (t) => ({
    slots: t.field({
      type: [CallbackSlotType],
      description: 'The next slots with a place left, six at most.',
      resolve: ({ slots }) => [...slots],
    }),
  }),
})

/** A line that may be asked to call back. */
const callingLine = (lines: ReadonlyMap<string, Line>, slug: string): Line | null => {
  const line = lines.get(slug)
  return line?.acceptsCallbacks ? line : null
}

builder.queryField('callbackSlots', (t) =>
  t.field({
    type: [CallbackSlotType],
    description: 'The parts of days in which a line can call back, in order; none when it does not exist or calls nobody back.',
    args: {
      line: t.arg.string({ required: true, description: 'Slug of the line.' }),
      from: t.arg({ type: 'Date', description: 'Not before this day; today when absent.' }),
      days: t.arg.int({ description: 'How many days, 1 to 31; as many as the line offers when absent.' }),
    },
    resolve: (_root, { line: slug, from, days }, context) => {
      const line = callingLine(context.directory.linesBySlug, slug)
      return line ? offeredSlots(context, line, { from: from ?? undefined, days: days ?? undefined }) : []
    },
  }),
)

builder.queryField('callbackEstimate', (t) =>
  t.field({
    type: CallbackEstimateType,
    nullable: true,
    description: 'When a line would call who asks now, as soon as possible; null when nothing honest can be said.',
    args: { line: t.arg.string({ required: true, description: 'Slug of the line.' }) },
    resolve: (_root, { line: slug }, context) => {
      const line = callingLine(context.directory.linesBySlug, slug)
      return line && estimate(context, line)
    },
  }),
)

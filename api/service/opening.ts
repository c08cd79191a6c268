import type { Schedule } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import type { Opening } from './rules/hours.ts'
import { openingLabel } from './rules/label.ts'

/**
 * What an opening weighs beside a plain field, 1 (`graphql/connection.ts`): little at the present moment, which everybody asks for and is
 * worked out once; at a moment that nobody asked for before, its four weeks take a millisecond.
 */
export const openingWeight = ({ at }: { at?: unknown }): number => (at == null ? 5 : 100)

/** The hours part of the service's GraphQL face; lines show theirs with the same types. */
export const ScheduleType = builder.objectRef<Schedule>('Schedule').implement({
  description: 'Weekly opening hours in Europe/Brussels (HSDS schedule, freq WEEKLY).',
  fields: (t) => ({
    byday: t.stringList({ description: 'Days: MO TU WE TH FR SA SU.', resolve: ({ byday }) => [...byday] }),
    opensAt: t.exposeString('opensAt', { description: 'HH:MM.' }),
    closesAt: t.exposeString('closesAt', { description: 'HH:MM; not after `opensAt` means the next day, 00:00 to 00:00 the whole day.' }),
    validFrom: t.field({ type: 'Date', nullable: true, description: 'First day these hours hold.', resolve: ({ validFrom }) => validFrom }),
    validTo: t.field({ type: 'Date', nullable: true, description: 'Last day these hours hold.', resolve: ({ validTo }) => validTo }),
    openOnHolidays: t.exposeBoolean('openOnHolidays', { description: 'These hours hold on legal holidays too.' }),
  }),
})

export const OpeningStatusType = builder.objectRef<{ opening: Opening; at: Date }>('OpeningStatus').implement({
  description: 'Whether something is open at a moment, legal holidays and clock changes included.',
  fields: (t) => ({
    known: t.boolean({
      description: 'False when no hours are published; then `open` says nothing. What is not given at present is known to be closed.',
      resolve: ({ opening }) => opening.known,
    }),
    open: t.boolean({ description: 'Open at that moment.', resolve: ({ opening }) => opening.open }),
    opensAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When closed: the next opening within four weeks.',
      resolve: ({ opening }) => opening.opensAt,
    }),
    closesAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When open: the next closing; null when it never closes.',
      resolve: ({ opening }) => opening.closesAt,
    }),
    label: t.string({
      description: 'For a person, in the language asked for: "Ouvre lundi à 8 h 30".',
      resolve: ({ opening, at }, _args, { languages }) => openingLabel(opening, at, languages),
    }),
  }),
})

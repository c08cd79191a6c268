import { choose } from '../directory/language.ts'
import type { Schedule, ScheduleException } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import type { Opening } from './rules/hours.ts'
import { closingName, openingLabel } from './rules/label.ts'

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

export const ScheduleExceptionType = builder.objectRef<ScheduleException>('ScheduleException').implement({
  description:
    'Days on which the weekly hours do not hold: closed when it has no times, else open at these times only. Of several that cover a day the ' +
    'one for the fewest days holds.',
  fields: (t) => ({
    firstDay: t.field({ type: 'Date', description: 'Included.', resolve: ({ firstDay }) => firstDay }),
    lastDay: t.field({ type: 'Date', description: 'Included.', resolve: ({ lastDay }) => lastDay }),
    opensAt: t.exposeString('opensAt', { nullable: true, description: 'HH:MM in Europe/Brussels; null when closed.' }),
    closesAt: t.exposeString('closesAt', {
      nullable: true,
      description: 'HH:MM; not after `opensAt` means the next day, 00:00 to 00:00 the whole day; null when closed.',
    }),
    reason: t.string({
      nullable: true,
      description: 'Why, in the editors’ words, if they said.',
      resolve: ({ texts }, _args, { languages }) => (Object.keys(texts).length > 0 ? choose(texts, languages).text.reason : null),
    }),
  }),
})

export const OpeningStatusType = builder.objectRef<{ opening: Opening; at: Date }>('OpeningStatus').implement({
  description: 'Whether something is open at a moment: weekly hours, exceptions, legal holidays, closing days and clock changes included.',
  fields: (t) => ({
    known: t.boolean({
      description:
        'False when no hours are published, or a check found them wrong; then `open` says nothing. What is not given at present is known to be closed.',
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
    closedFor: t.string({
      nullable: true,
      description:
        'Why it is closed although its weekly hours say otherwise, in the language asked for: "11 novembre", the name of a closing day, the ' +
        'reason of an exception. Null when it is open, when its hours are over, or when nobody said why.',
      resolve: ({ opening }, _args, { languages }) => opening.closedFor && closingName(opening.closedFor, languages),
    }),
    label: t.string({
      description: 'For a person, in the language asked for: "Ouvre lundi à 8 h 30", "Fermé pour le 11 novembre. Ouvre demain à 9 h".',
      resolve: ({ opening, at }, _args, { languages }) => openingLabel(opening, at, languages),
    }),
  }),
})

import { choose } from '../directory/language.ts'
import type { Line, MenuEntry } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum, LineKindEnum, MenuEntryKindEnum } from '../graphql/enums.ts'
import { checkedFields } from '../graphql/provenance.ts'
import { OrganizationType } from '../organization/graphql.ts'
import { telephoneUri } from '../organization/rules.ts'
import { ServiceAreaType, ServiceType } from '../service/graphql.ts'
import { FreshnessType } from '../service/freshness.ts'
import { OpeningStatusType, openingWeight, ScheduleExceptionType, ScheduleType } from '../service/opening.ts'
import { dayIn, validOn } from '../service/rules/calendar.ts'
import { isNotOver } from '../service/rules/filter.ts'
import { freshnessOf } from '../service/rules/freshness.ts'
import { openingAt } from '../service/rules/hours.ts'
import { stringsFor } from '../strings/strings.ts'
import { NeedType } from '../taxonomy/graphql.ts'
import { emergencyLines, hasEnded, lineInstead, menuOn, presentLine } from './rules.ts'

const LineRef = builder.objectRef<Line>('Line')

/** Where an entry leads may depend on the day: a line it transfers to may have ended. */
const MenuEntryType = builder.objectRef<{ entry: MenuEntry; day: string }>('MenuEntry').implement({
  description: 'What a caller hears: "press 1 for …".',
  fields: (t) => ({
    position: t.int({ description: 'The key to press.', resolve: ({ entry }) => entry.position }),
    label: t.string({
      description: 'What it leads to.',
      resolve: ({ entry }, _args, { languages }) => choose(entry.texts, languages).text.label,
    }),
    kind: t.field({ type: MenuEntryKindEnum, description: 'What happens.', resolve: ({ entry }) => entry.kind }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: 'The service behind it; null once that one has ended or failed a check.',
      resolve: ({ entry }) => (entry.service && isNotOver(entry.service) ? entry.service : null),
    }),
    partner: t.field({
      type: OrganizationType,
      nullable: true,
      description: 'The partner that answers, for the kind PARTNER.',
      resolve: ({ entry }) => entry.partner,
    }),
    transfersTo: t.field({
      type: LineRef,
      nullable: true,
      description:
        'The line the call goes on to, where it has a public number of its own; once that line has ended, the one that took over, or null.',
      resolve: ({ entry, day }) => entry.transferTo && presentLine(entry.transferTo, day),
    }),
    validFrom: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first day the key leads there.',
      resolve: ({ entry }) => entry.validFrom,
    }),
    validTo: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day the key leads there.',
      resolve: ({ entry }) => entry.validTo,
    }),
  }),
})

export const LineType = LineRef.implement({
  description: 'A free phone line. Lines are temporary and change purpose: mind `alert`, `validFrom` and `validTo`.',
  fields: (t) => {
    const text = (key: 'description' | 'alert', description: string) =>
      t.string({ nullable: true, description, resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text[key] })
    return {
      id: t.exposeID('id', { description: 'UUID.' }),
      slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
      name: t.string({ description: 'Its name.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name }),
      description: text('description', 'Who answers and what for.'),
      alert: text('alert', 'To show beside the number, always.'),
      closingMessage: t.string({
        nullable: true,
        description: 'What to say when the line is closed, with where to turn. A line that has ended always has one.',
        resolve: (line, _args, { languages, now }) =>
          choose(line.texts, languages).text.closingMessage ??
          (hasEnded(line, dayIn(now)) ? stringsFor(languages).lineEnded(lineInstead(line, now)?.number ?? null) : null),
      }),
      language: t.field({
        type: LanguageCodeEnum,
        description: 'The language the texts are in.',
        resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
      }),
      kind: t.field({ type: LineKindEnum, description: 'What it is for.', resolve: ({ kind }) => kind }),
      number: t.exposeString('number', { description: 'As one reads it aloud.' }),
      uri: t.string({ description: 'For a link: `tel:1718`.', resolve: ({ number }) => telephoneUri(number) }),
      acceptsCallbacks: t.exposeBoolean('acceptsCallbacks', { description: 'One may ask it to call back.' }),
      languages: t.field({ type: [LanguageCodeEnum], description: 'Languages spoken.', resolve: ({ languages }) => [...languages] }),
      organization: t.field({ type: OrganizationType, description: 'Who runs it.', resolve: ({ organization }) => organization }),
      needs: t.field({ type: [NeedType], description: 'What it is for, main need first.', resolve: ({ needs }) => [...needs] }),
      serviceAreas: t.field({
        type: [ServiceAreaType],
        description: 'For people living where.',
        resolve: ({ serviceAreas }) => [...serviceAreas],
      }),
      schedules: t.field({
        type: [ScheduleType],
        description: 'Opening hours; empty when unknown.',
        resolve: ({ schedules }) => [...schedules],
      }),
      openingStatus: t.field({
        type: OpeningStatusType,
        description: 'Whether somebody answers.',
        args: { at: t.arg({ type: 'DateTime', description: 'At this moment; now when absent.' }) },
        complexity: openingWeight,
        resolve: (line, { at }, { now }) => ({ opening: openingAt(line, at ?? now, line), at: at ?? now }),
      }),
      scheduleExceptions: t.field({
        type: [ScheduleExceptionType],
        description: 'Days on which these hours do not hold.',
        resolve: ({ exceptions }) => [...exceptions],
      }),
      menu: t.field({
        type: [MenuEntryType],
        description: 'The keys a caller may press, in order; each key once.',
        args: { at: t.arg({ type: 'Date', description: 'On this day; today when absent.' }) },
        resolve: (line, { at }, { now }) => {
          const day = at ?? dayIn(now)
          return menuOn(line, day).map((entry) => ({ entry, day }))
        },
      }),
      inService: t.boolean({
        description: 'Between its first and its last day: the number is answered, at its hours.',
        args: { at: t.arg({ type: 'DateTime', description: 'At this moment; now when absent.' }) },
        resolve: (line, { at }, { now }) => validOn(line, dayIn(at ?? now)),
      }),
      instead: t.field({
        type: LineRef,
        nullable: true,
        description:
          'Whom to call in its place: while it is closed its fallback, if that one is open, else whichever opens first; once it has ended its ' +
          'successor, before its first day its fallback. Null when the line itself is the one to call, or when nobody is in service.',
        args: { at: t.arg({ type: 'DateTime', description: 'At this moment; now when absent.' }) },
        complexity: (args: { at?: unknown }) => 3 * openingWeight(args),
        resolve: (line, { at }, { now }) => lineInstead(line, at ?? now),
      }),
      validFrom: t.field({ type: 'Date', nullable: true, description: 'Its first day.', resolve: ({ validFrom }) => validFrom }),
      validTo: t.field({ type: 'Date', nullable: true, description: 'Its last day.', resolve: ({ validTo }) => validTo }),
      fallback: t.field({
        type: LineRef,
        nullable: true,
        description: 'The line to call when this one is closed.',
        resolve: ({ fallback }) => fallback,
      }),
      successor: t.field({
        type: LineRef,
        nullable: true,
        description: 'The line that takes over once this one has ended.',
        resolve: ({ successor }) => successor,
      }),
      ...checkedFields(t),
      freshness: t.field({
        type: FreshnessType,
        description: 'How far it can be trusted today.',
        resolve: (line, _args, { now }) => freshnessOf(line, dayIn(now)),
      }),
    }
  },
})

builder.queryFields((t) => ({
  lines: t.field({
    type: [LineType],
    description: 'Every line: the ones with agents first, then the emergency number, then those that listen.',
    resolve: (_root, _args, { directory }) => [...directory.lines],
  }),
  line: t.field({
    type: LineType,
    nullable: true,
    description: 'One line, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (_root, { slug }, { directory }) => directory.linesBySlug.get(slug) ?? null,
  }),
}))

builder.objectField(NeedType, 'emergencyLines', (t) =>
  t.field({
    type: [LineType],
    description: 'When the need is pressing: whom to call first, before any form. Empty otherwise.',
    resolve: (need, _args, { directory, now }) => emergencyLines(directory, need, dayIn(now)),
  }),
)

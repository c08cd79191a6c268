import { choose } from '../directory/language.ts'
import type { Line, MenuEntry } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum, LineKindEnum, MenuEntryKindEnum } from '../graphql/enums.ts'
import { checkedFields } from '../graphql/provenance.ts'
import { OrganizationType } from '../organization/graphql.ts'
import { telephoneUri } from '../organization/rules.ts'
import { ServiceAreaType, ServiceType } from '../service/graphql.ts'
import { OpeningStatusType, openingWeight, ScheduleType } from '../service/opening.ts'
import { dayIn, openingAt } from '../service/rules/hours.ts'
import { NeedType } from '../taxonomy/graphql.ts'
import { emergencyLines, menuOn } from './rules.ts'

const LineRef = builder.objectRef<Line>('Line')

const MenuEntryType = builder.objectRef<MenuEntry>('MenuEntry').implement({
  description: 'What a caller hears: "press 1 for …".',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'The key to press.' }),
    label: t.string({
      description: 'What it leads to.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.label,
    }),
    kind: t.field({ type: MenuEntryKindEnum, description: 'What happens.', resolve: ({ kind }) => kind }),
    service: t.field({ type: ServiceType, nullable: true, description: 'The service behind it.', resolve: ({ service }) => service }),
    transfersTo: t.field({
      type: LineRef,
      nullable: true,
      description: 'The line the call goes on to, where it has a public number of its own.',
      resolve: ({ transferTo }) => transferTo,
    }),
  }),
})

export const LineType = LineRef.implement({
  description: 'A free phone line. Lines are temporary and change purpose: mind `alert`, `validFrom` and `validTo`.',
  fields: (t) => {
    const text = (key: 'description' | 'alert' | 'closingMessage', description: string) =>
      t.string({ nullable: true, description, resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text[key] })
    return {
      id: t.exposeID('id', { description: 'UUID.' }),
      slug: t.exposeString('slug', { description: 'Stable, readable name of the record.' }),
      name: t.string({ description: 'Its name.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.name }),
      description: text('description', 'Who answers and what for.'),
      alert: text('alert', 'To show beside the number, always.'),
      closingMessage: text('closingMessage', 'What to say when the line is closed, with where to turn.'),
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
        resolve: (line, { at }, { now }) => ({ opening: openingAt(line.schedules, at ?? now, line), at: at ?? now }),
      }),
      menu: t.field({
        type: [MenuEntryType],
        description: 'The keys a caller may press today, in order.',
        resolve: (line, _args, { now }) => menuOn(line, dayIn(now)),
      }),
      validFrom: t.field({ type: 'Date', nullable: true, description: 'Its first day.', resolve: ({ validFrom }) => validFrom }),
      validTo: t.field({ type: 'Date', nullable: true, description: 'Its last day.', resolve: ({ validTo }) => validTo }),
      fallback: t.field({
        type: LineRef,
        nullable: true,
        description: 'The line to call when this one is closed.',
        resolve: ({ fallback }) => fallback,
      }),
      ...checkedFields(t),
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

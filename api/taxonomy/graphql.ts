import { choose } from '../directory/language.ts'
import type { Audience, Need } from '../directory/snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum, UrgencyEnum } from '../graphql/enums.ts'

export const NeedRef = builder.objectRef<Need>('Need')
export const NeedType = NeedRef.implement({
  description: 'What is missing: food, housing, work … A need may have sub-needs, one level deep.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: `food`; a sub-need begins with its parent: `food.meal`.' }),
    label: t.string({ description: 'A few words.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.label }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language `label` is in.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
    }),
    urgency: t.field({
      type: UrgencyEnum,
      nullable: true,
      description: 'Set when the need itself is pressing: show `emergencyLines` before anything else.',
      resolve: ({ urgency }) => urgency,
    }),
    quickExit: t.exposeBoolean('quickExit', {
      description: 'Being seen reading about this need is a risk: offer a way to leave the page at once.',
    }),
    children: t.field({ type: [NeedRef], description: 'Sub-needs, in order.', resolve: ({ children }) => [...children] }),
  }),
})

export const AudienceType = builder.objectRef<Audience>('Audience').implement({
  description: 'Who one is: a senior, young, self-employed … Never mixed with needs.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: `seniors`.' }),
    label: t.string({ description: 'A few words.', resolve: ({ texts }, _args, { languages }) => choose(texts, languages).text.label }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language `label` is in.',
      resolve: ({ texts }, _args, { languages }) => choose(texts, languages).language,
    }),
  }),
})

builder.queryFields((t) => ({
  needs: t.field({
    type: [NeedType],
    description: 'The 22 needs, in order, each with its sub-needs.',
    resolve: (_root, _args, { directory }) => [...directory.needs],
  }),
  audiences: t.field({
    type: [AudienceType],
    description: 'The 16 audiences, in order.',
    resolve: (_root, _args, { directory }) => [...directory.audiences],
  }),
}))

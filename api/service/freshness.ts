import { builder } from '../graphql/builder.ts'
import { type Freshness, type FreshnessState, freshnessWarning } from './rules/freshness.ts'

/** The freshness part of the service's GraphQL face; questions and lines show theirs with the same type. */
const FreshnessStateEnum = builder.enumType('FreshnessState', {
  description: 'How long ago somebody checked a record. Editing it is no check.',
  values: {
    FRESH: { description: 'Within a year.' },
    AGEING: { description: 'Within two years; or never, and edited within a year.' },
    STALE: { description: 'Longer ago, or a check failed: show `warning`. It comes later in lists, and keeps its phone numbers.' },
  } satisfies Record<FreshnessState, { description: string }>,
})

export const FreshnessType = builder.objectRef<Freshness>('Freshness').implement({
  description: 'How far a record can be trusted today.',
  fields: (t) => ({
    state: t.field({ type: FreshnessStateEnum, description: 'In one word.', resolve: ({ state }) => state }),
    warning: t.string({
      nullable: true,
      description: 'To show beside a stale record, in the language asked for; null otherwise.',
      resolve: (freshness, _args, { languages }) => freshnessWarning(freshness, languages),
    }),
    checkedOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'When the facts were last assured, else when the texts were last read against their source; null when neither is known.',
      resolve: ({ checkedOn }) => checkedOn,
    }),
    days: t.exposeInt('days', { nullable: true, description: 'Since then.' }),
  }),
})

import type { Snapshot } from './snapshot.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum } from '../graphql/enums.ts'
import { stringsFor } from '../strings/strings.ts'

const About = builder.objectRef<Snapshot>('About').implement({
  description: 'What this installation serves.',
  fields: (t) => ({
    demonstration: t.exposeBoolean('demonstration', { description: 'The content is the demonstration’s: do not rely on it.' }),
    notice: t.string({
      nullable: true,
      description: 'To show to people where the content is the demonstration’s.',
      resolve: ({ demonstration }, _args, { languages }) => (demonstration ? stringsFor(languages).demonstration : null),
    }),
    contentVersion: t.exposeString('version', { description: 'Rises with every change of the content.' }),
    contentReadAt: t.field({
      type: 'DateTime',
      description:
        'When the database last confirmed this content: less than a second ago, unless it cannot be reached. After ten seconds the answer ' +
        'says so in the header `Passerelle-Content-Age` too, in seconds.',
      resolve: (_snapshot, _args, { contentReadAt }) => contentReadAt,
    }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'The languages of this request, wanted ones first (`Accept-Language`).',
      resolve: (_snapshot, _args, { languages }) => [...languages],
    }),
  }),
})

builder.queryField('about', (t) =>
  t.field({ type: About, description: 'What this installation serves.', resolve: (_root, _args, { directory }) => directory }),
)

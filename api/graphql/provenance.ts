import type { builder } from './builder.ts'

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never
type Builder<T> = PothosSchemaTypes.ObjectFieldBuilder<Types, T>

/** Where a record comes from and when somebody last looked at it: the same for organizations, services and lines. */
export const checkedFields = <T extends { source: string | null; assuredDate: string | null; reviewedAt: string | null }>(
  t: Builder<T>,
) => ({
  source: t.string({ nullable: true, description: 'Where the record comes from.', resolve: ({ source }) => source }),
  assuredDate: t.field({
    type: 'Date',
    nullable: true,
    description: 'When somebody last checked the facts; not when the record was last edited.',
    resolve: ({ assuredDate }) => assuredDate,
  }),
  reviewedAt: t.field({
    type: 'Date',
    nullable: true,
    description: 'When the texts were last read against their source.',
    resolve: ({ reviewedAt }) => reviewedAt,
  }),
})

export const lastModifiedField = <T extends { lastModified: Date }>(t: Builder<T>) =>
  t.field({ type: 'DateTime', description: 'When the record was last edited.', resolve: ({ lastModified }) => lastModified })

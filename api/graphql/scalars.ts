import { GraphQLError } from 'graphql'
import { builder } from './builder.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

builder.scalarType('DateTime', {
  description: 'A moment: RFC 3339 with an offset, such as 2026-11-21T08:30:00Z.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const moment = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : new Date(Number.NaN)
    if (Number.isNaN(moment.getTime())) throw new GraphQLError('A DateTime is written like 2026-11-21T08:30:00Z.')
    return moment
  },
})

builder.scalarType('Date', {
  description: 'A calendar day: YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: (value) => {
    const valid =
      typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
    if (!valid) throw new GraphQLError('A Date is written like 2026-11-21.')
    return value as string
  },
})

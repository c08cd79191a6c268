import { GraphQLError } from 'graphql'
import { Temporal } from 'temporal-polyfill'
import { builder } from './builder.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/
const DAY = /^\d{4}-\d\d-\d\d$/

builder.scalarType('DateTime', {
  description: 'A moment: RFC 3339 with an offset, such as 2026-11-21T08:30:00Z.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) =>
    new Date(read(value, INSTANT, Temporal.Instant.from, 'A DateTime is written like 2026-11-21T08:30:00Z.').epochMilliseconds),
})

builder.scalarType('Date', {
  description: 'A calendar day: YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: (value) => read(value, DAY, Temporal.PlainDate.from, 'A Date is written like 2026-11-21.').toString(),
})

/**
 * A value in the one form accepted, whose day and time exist: Temporal refuses 31 February, where `Date` makes it 3 March.
 * @throws GraphQLError with `hint`
 */
function read<T>(value: unknown, form: RegExp, from: (text: string) => T, hint: string): T {
  if (typeof value === 'string' && form.test(value)) {
    try {
      return from(value)
    } catch {
      // Told below, as what has another form.
    }
  }
  throw new GraphQLError(hint)
}

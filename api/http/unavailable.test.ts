import { expect, test } from 'vitest'
import { asUnavailable } from './unavailable.ts'

const error = (message: string, rest: object = {}) => Object.assign(new Error(message), rest)
/** As Prisma 7 wraps what its adapter does not know by a name of its own. */
const prisma = (code: string, cause: object) => error('Database error.', { code, meta: { driverAdapterError: error('', { cause }) } })

test.each<[what: string, error: unknown]>([
  ['ended by the administrator', prisma('P2039', { kind: 'postgres', code: '57P01', originalCode: '57P01' })],
  ['starting', prisma('P2039', { kind: 'postgres', originalCode: '57P03' })],
  ['a statement that took too long', prisma('P2039', { kind: 'postgres', originalCode: '57014' })],
  ['the same in a raw query', prisma('P2010', { kind: 'postgres', originalCode: '57P02' })],
  ['a full disk', prisma('P2039', { kind: 'postgres', originalCode: '53100' })],
  ['a connection that was reset', error('', { cause: { kind: 'ConnectionClosed' } })],
  ['a code of Prisma', error('', { code: 'P1017' })],
  ['the system’s code', error('', { cause: error('read', { code: 'ECONNRESET' }) })],
  ['several addresses tried', new AggregateError([error('', { code: 'ECONNREFUSED' })])],
  ['the driver’s words', error('Connection terminated unexpectedly')],
  ['the driver’s words below Prisma’s', error('\nInvalid invocation:\n\ntimeout exceeded when trying to connect')],
])('unavailable: %s', (_what, thrown) => {
  expect(asUnavailable(thrown)?.code).toBe('SERVICE_UNAVAILABLE')
})

test.each<[what: string, error: unknown]>([
  ['a value that does not fit', prisma('P2039', { kind: 'postgres', originalCode: '22021', originalMessage: 'Connection terminated' })],
  ['a duplicate', error('Connection terminated', { code: 'P2002' })],
  ['a slip', new TypeError('x is not a function')],
  ['no error', 'Connection terminated'],
  ['nothing', undefined],
])('a bug: %s', (_what, thrown) => {
  expect(asUnavailable(thrown)).toBeNull()
})

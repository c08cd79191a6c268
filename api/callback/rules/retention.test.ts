import { describe, expect, test } from 'vitest'
import { CallbackStatus } from '../../db/generated/enums.ts'
import { dueForErasure } from './retention.ts'
import { OPEN } from './receipt.ts'

const now = new Date('2026-11-17T09:00:00Z')
const retention = { closedDays: 30, unreachedDays: 14, escalatedDays: 90 }
const due = dueForErasure(now, retention)
const endedBy = (status: CallbackStatus, escalated: boolean) =>
  due.filter((one) => one.statuses.includes(status) && one.escalated === escalated).map((one) => one.endedBy.toISOString())

describe('how long what a person left is kept', () => {
  test.each<[CallbackStatus, string]>([
    ['CLOSED', '2026-10-18T09:00:00.000Z'],
    ['CANCELLED', '2026-10-18T09:00:00.000Z'],
    ['UNREACHABLE', '2026-11-03T09:00:00.000Z'],
  ])('of a request that is %s: since %s; since 90 days ago if a partner had it', (status, moment) => {
    expect(endedBy(status, false)).toEqual([moment])
    expect(endedBy(status, true)).toEqual(['2026-08-19T09:00:00.000Z'])
  })

  test.each([...OPEN, 'ESCALATED'] as const)('of one that is %s: for as long as it is', (status) => {
    expect([...endedBy(status, false), ...endedBy(status, true)]).toEqual([])
  })

  test('is said of every other status', () => {
    const others = Object.values(CallbackStatus).filter((status) => status !== 'ESCALATED' && !(OPEN as readonly string[]).includes(status))
    expect(others.filter((status) => endedBy(status, false).length !== 1 || endedBy(status, true).length !== 1)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { fr } from './strings/fr.ts'
import { dayName, momentAt, momentOf, spanOf } from './time.ts'

test.each([
  [0, '0 min'],
  [12.4, '12 min'],
  [59.6, '1 h'],
  [125, '2 h 05'],
  [480, '8 h'],
  [960, '2 j de travail'],
])('%d minutes of work are "%s"', (minutes, words) => expect(spanOf(minutes, fr)).toBe(words))

describe('a moment on a clock in Belgium', () => {
  test.each<[string, string, string | undefined, string]>([
    ['2026-11-23', '10:00', '2026-11-23T09:00:00.000Z', 'in winter'],
    ['2026-07-01', '10:00', '2026-07-01T08:00:00.000Z', 'in summer'],
    ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z', 'before the clocks go forward'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z', 'after'],
    ['2026-03-29', '02:30', undefined, 'in the hour that does not exist'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z', 'in the hour that comes twice: the first'],
    ['', '10:00', undefined, 'without a day'],
    ['2026-11-23', '', undefined, 'without a time'],
  ])('%s %s is %s, %s', (day, time, moment) => expect(momentAt(day, time)).toBe(moment))

  test('today it is told without the day', () => {
    const now = new Date('2026-11-23T22:30:00Z')
    expect(momentOf('2026-11-23T09:05:00Z', 'fr', now)).toBe('10:05')
    expect(momentOf('2026-11-23T23:05:00Z', 'fr', now)).toMatch(/^mar\. 24 nov\.\D+00:05$/)
    expect(dayName('2026-11-23', 'de')).toBe('Montag, 23. November')
  })
})

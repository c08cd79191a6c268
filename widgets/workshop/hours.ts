import { isSame } from './content.ts'

/** One row of weekly hours, as the API has them. */
export interface Hours {
  days: readonly string[]
  opens: string
  closes: string
  validFrom: string | null
  validTo: string | null
  openOnHolidays: boolean
}

export interface Times {
  opens: string
  closes: string
}

/** Hours that hold at the same time of the year: for each day of the week, from Monday, when it is open. */
export interface Period {
  validFrom: string | null
  validTo: string | null
  openOnHolidays: boolean
  week: readonly (readonly Times[])[]
}

export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

const sameTime = (a: Omit<Period, 'week'>, b: Omit<Period, 'week'>): boolean =>
  a.validFrom === b.validFrom && a.validTo === b.validTo && a.openOnHolidays === b.openOnHolidays

/** Hours as weeks, one for each period of the year; one empty week when there are none. */
export function weeksOf(hours: readonly Hours[]): Period[] {
  const periods: (Omit<Period, 'week'> & { week: Times[][] })[] = []
  for (const { days, opens, closes, ...when } of hours) {
    let period = periods.find((one) => sameTime(one, when))
    if (!period) {
      period = { validFrom: when.validFrom, validTo: when.validTo, openOnHolidays: when.openOnHolidays, week: WEEK.map(() => []) }
      periods.push(period)
    }
    for (const day of days) period.week[WEEK.indexOf(day as 'MO')]?.push({ opens, closes })
  }
  if (!periods[0]) periods.push({ validFrom: null, validTo: null, openOnHolidays: false, week: WEEK.map(() => []) })
  return periods
}

/** The same the other way: days with the same times stand together. */
export function hoursOf(periods: readonly Period[]): Hours[] {
  return periods.flatMap(({ week, ...when }) => {
    const rows = new Map<string, { days: string[]; opens: string; closes: string }>()
    for (const [index, day] of WEEK.entries()) {
      const seen = new Map<string, number>()
      for (const { opens, closes } of week[index] ?? []) {
        // The same time twice in one day (two that are being written) stays two.
        const time = `${opens} ${closes}`
        const turn = seen.get(time) ?? 0
        seen.set(time, turn + 1)
        const row = rows.get(`${time} ${turn}`) ?? { days: [], opens, closes }
        row.days.push(day)
        rows.set(`${time} ${turn}`, row)
      }
    }
    const { validFrom, validTo, openOnHolidays } = when
    return [...rows.values()].map((row) => ({ ...row, validFrom, validTo, openOnHolidays }))
  })
}

/**
 * The periods that are being written. They are more than hours can say: one without a time yet, two that have the same dates until the second one's are
 * typed. They stay as they were put for as long as they say the hours that the record has.
 */
export class Weeks {
  private _written: readonly Period[] = []

  of(hours: readonly Hours[]): readonly Period[] {
    if (!this._written[0] || !isSame(hoursOf(this._written), hours)) this._written = weeksOf(hours)
    return this._written
  }

  put(periods: readonly Period[]): Hours[] {
    this._written = periods
    return hoursOf(periods)
  }
}

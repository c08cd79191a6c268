import { LanguageCode } from '../../db/generated/enums.ts'
import { type ImportProblem, MOST_PROBLEMS, type Place } from './entry.ts'

/** A record as it was sent: JSON, or a row of a table with the rows that belong to it. */
export type Sent = { [name: string]: unknown }

export const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the row of a table stands that became a nested record. */
const placed = new WeakMap<Sent, Place>()
export const setPlace = (record: Sent, place: Place): void => void placed.set(record, place)
export const placeOf = (record: unknown): Place | undefined => (isSent(record) ? placed.get(record) : undefined)

/**
 * Reads the values of one record, and notes what has the wrong shape. A value that is not there is undefined: it is left as it is. Null is none.
 * Tables have texts only: an empty one is not there, and numbers are read from it.
 */
export class Values {
  readonly read = new Set<string>()
  /** Lists that were asked for, by their names. */
  readonly lists = new Map<string, readonly Values[]>()
  constructor(
    readonly record: Sent,
    readonly place: Place,
    readonly problems: ImportProblem[],
    /** Stands before the names of its values in what is told. */
    readonly prefix = '',
  ) {}

  refuse(name: string, code: ImportProblem['code'], params?: Record<string, string | number>): undefined {
    if (this.problems.length >= MOST_PROBLEMS) return undefined
    this.problems.push({ ...(placeOf(this.record) ?? this.place), column: `${this.prefix}${name}`, code, ...(params ? { params } : {}) })
    return undefined
  }

  /** It is left out as a whole, and that is told. */
  leaveOut(): void {
    for (const name of Object.keys(this.record)) this.read.add(name)
  }

  private value(name: string): unknown {
    this.read.add(name)
    const value = Object.hasOwn(this.record, name) ? this.record[name] : undefined
    return value === '' ? undefined : value
  }

  text(name: string): string | null | undefined {
    const value = this.value(name)
    if (value === undefined || value === null) return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    if (typeof value !== 'string') return this.refuse(name, 'value_shape')
    return value.replaceAll('\r\n', '\n').trim() || null
  }

  number(name: string): number | null | undefined {
    const text = this.text(name)
    if (typeof text !== 'string') return text
    const number = /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
    return Number.isFinite(number) ? number : this.refuse(name, 'value_shape')
  }

  whole(name: string): number | null | undefined {
    const number = this.number(name)
    return typeof number === 'number' && !Number.isInteger(number) ? this.refuse(name, 'value_shape') : number
  }

  /** `YYYY-MM-DD`; a moment is its day. */
  day(name: string): string | null | undefined {
    const text = this.text(name)
    if (typeof text !== 'string') return text
    const day = readDay(text.replace(/T.*$/, ''))
    return day ?? this.refuse(name, 'value_shape')
  }

  /** A day, or a moment with its day, as ISO 8601. */
  moment(name: string): string | null | undefined {
    const text = this.text(name)
    if (typeof text !== 'string') return text
    const moment = new Date(/^\d{4}-\d\d-\d\dT/.test(text) ? text : `${readDay(text) ?? 'none'}T00:00:00Z`)
    return Number.isNaN(moment.getTime()) ? this.refuse(name, 'value_shape') : moment.toISOString()
  }

  /** Nested records. */
  list(name: string): Values[] | null | undefined {
    const value = this.value(name)
    if (value === undefined || value === null) return value
    if (!Array.isArray(value)) return this.refuse(name, 'value_shape')
    const values = value.flatMap((one, index) => {
      const prefix = `${this.prefix}${name}.${index}.`
      if (isSent(one)) return [new Values(one, this.place, this.problems, prefix)]
      this.refuse(`${name}.${index}`, 'value_shape')
      return []
    })
    this.lists.set(name, values)
    return values
  }

  one(name: string): Values | null | undefined {
    const value = this.value(name)
    if (value === undefined || value === null) return value
    return isSent(value) ? new Values(value, this.place, this.problems, `${this.prefix}${name}.`) : this.refuse(name, 'value_shape')
  }
}

/** A day as programs write it, or as spreadsheets in Belgium do: 15/11/2026. */
export function readDay(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? []
  const iso = year ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` : text.trim()
  const moment = /^\d{4}-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null
  return moment && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : null
}

/** Codes of the four languages; others are not spoken of here. */
export const spokenOf = (languages: readonly Values[]): LanguageCode[] => [
  ...new Set(
    languages.flatMap((one) => {
      const code = one.text('code')?.slice(0, 2).toUpperCase() ?? ''
      return Object.hasOwn(LanguageCode, code) ? [code as LanguageCode] : []
    }),
  ),
]

import { LanguageCode } from '../../db/generated/enums.ts'
import type { Problem } from '../../errors.ts'
import { lengthOf } from '../../strings/written.ts'
import { unknownCode } from '../../taxonomy/rules.ts'
import { isAlways, isPossible, impossibleAges } from './possible.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { type Known, LONGEST } from './checks.ts'
import { TAGS, type Tag } from './documents.ts'

/** Levels and parts of a rule at most: more is no rule that a person keeps in her head. */
const DEEPEST = 8
const MOST_PARTS = 60
const OLDEST = 130

type Limits = { minimumAge: number | null; maximumAge: number | null }

/**
 * What is wrong with an eligibility rule. The first are mistakes of form, with which it is not saved; the others say that it cannot be meant so.
 * @param first the language that must have every condition in words
 */
export function checkRule(
  rule: unknown,
  { directory, limits, first }: { directory: Known['directory']; limits: Limits; first: Tag },
): { shape: Problem[]; open: Problem[] } {
  const reading: Reading = { shape: [], open: [], parts: 0, directory, first }
  readPart(reading, rule, [], 0)
  const { shape, open } = reading
  if (reading.parts > MOST_PARTS) shape.push({ path: [], code: 'too_many', params: { max: MOST_PARTS } })
  if (shape.length > 0) return { shape, open }

  const sound = rule as Rule
  const ages = impossibleAges(sound, limits)
  for (const { path, min, max } of ages)
    if (!open.some((known) => known.code === 'rule_age_impossible' && known.path.join().startsWith(path.join())))
      open.push({ path, code: 'rule_age_impossible', params: { min, max } })
  if (open.length === 0) {
    if (!isPossible(sound, limits)) open.push({ path: [], code: 'rule_never' })
    else if (isAlways(sound)) open.push({ path: [], code: 'rule_always' })
  }
  return { shape, open }
}

type Reading = { shape: Problem[]; open: Problem[]; parts: number; directory: Known['directory']; first: Tag }

/** One part of a rule says one thing. */
function readPart(reading: Reading, part: unknown, path: string[], depth: number): void {
  reading.parts++
  const [[name, value] = ['', null], ...more] = Object.entries(objectOf(part) ?? {})
  const read = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (!read || more.length > 0 || depth > DEEPEST) reading.shape.push({ path, code: 'rule_malformed' })
  else read(reading, value, [...path, name], depth)
}

type ReadPart = (reading: Reading, value: unknown, path: string[], depth: number) => void

const malformed = ({ shape }: Reading, path: string[]): void => {
  shape.push({ path, code: 'rule_malformed' })
}

const readList: ReadPart = (reading, value, path, depth) => {
  if (!Array.isArray(value)) return malformed(reading, path)
  if (value.length === 0) reading.open.push({ path, code: 'rule_empty' })
  for (const [index, part] of value.entries()) readPart(reading, part, [...path, String(index)], depth + 1)
}

const readAge: ReadPart = ({ shape, open }, value, path) => {
  const ages = objectOf(value)
  const { min = null, max = null } = ages ?? {}
  if (!ages || !isAge(min) || !isAge(max)) shape.push({ path, code: 'out_of_range', params: { min: 0, max: OLDEST } })
  else if (min === null && max === null) open.push({ path, code: 'rule_empty' })
  else if (min !== null && max !== null && min > max) open.push({ path, code: 'rule_age_impossible', params: { min, max } })
}

const readCommunes: ReadPart = (reading, value, path) => {
  if (!Array.isArray(value) || value.length > LONGEST.areas) return malformed(reading, path)
  if (value.length === 0) reading.open.push({ path, code: 'rule_empty' })
  for (const code of value) if (!reading.directory.communesByNis.has(String(code))) reading.shape.push(unknownCode(path, String(code)))
}

const readWords: ReadPart = (reading, value, path) => {
  const all = objectOf(value)
  if (!all || Object.entries(all).some(([tag, text]) => !TAGS.includes(tag as Tag) || typeof text !== 'string'))
    return malformed(reading, path)
  for (const [tag, text] of Object.entries(all))
    if (lengthOf(text as string) > LONGEST.label)
      reading.shape.push({ path: [...path, tag], code: 'too_long', params: { max: LONGEST.label } })
  if (!all[reading.first]) reading.open.push({ path: [...path, reading.first], code: 'required' })
}

const PARTS: Readonly<Record<string, ReadPart | undefined>> = {
  all: readList,
  any: readList,
  not: (reading, value, path, depth) => readPart(reading, value, path, depth + 1),
  age: readAge,
  audience(reading, value, path) {
    if (typeof value !== 'string') malformed(reading, path)
    else if (!reading.directory.audiencesByCode.has(value)) reading.shape.push(unknownCode(path, value))
  },
  commune: readCommunes,
  language(reading, value, path) {
    if (!Object.values(LanguageCode).includes(value as LanguageCode)) malformed(reading, path)
  },
  condition(reading, value, path, depth) {
    const condition = objectOf(value)
    if (typeof condition?.code !== 'string' || !CODE.test(condition.code)) malformed(reading, [...path, 'code'])
    else readWords(reading, condition.texts, [...path, 'texts'], depth)
  },
  assessed: readWords,
}

/** A condition is known by a code, so that two services can mean the same one. */
const CODE = /^[a-z\d-]{2,80}$/

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

const isAge = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= OLDEST)

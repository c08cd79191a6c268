import { isDeepStrictEqual } from 'node:util'
import { type ContentDocument, TAGS, type Tag } from './documents.ts'

/**
 * One value that is not what it was. `path` is the way to it: the name of a value; for one entry of a list its name, what the entry is known by,
 * and perhaps the value within it; `texts`, language and name for a text. `before` is undefined for what is new, `after` for what is gone.
 */
export type Change = { path: readonly string[]; before: unknown; after: unknown }

/** What people know an entry of a list by: an entry that still has it is the same one, changed. */
const KNOWN_BY: Readonly<Record<string, (entry: Record<string, unknown>, index: number) => string>> = {
  phones: ({ number }) => String(number),
  hours: (_entry, index) => String(index + 1),
  exceptions: ({ firstDay, opens }) => `${firstDay} ${opens ?? ''}`.trim(),
  areas: ({ kind, code }) => `${kind} ${code}`,
  capacities: ({ unit }) => String(unit),
  menu: ({ key, validFrom }) => `${key} ${validFrom ?? ''}`.trim(),
  requiredDocuments: (_entry, index) => String(index + 1),
}

/** Not a change of what a record says: when its texts changed. */
const PASSED_OVER = new Set(['kind', 'changedAt'])

/** What is different in a later version of a record, in the order of its values. */
export function compare(before: ContentDocument, after: ContentDocument): Change[] {
  const { texts: oldTexts, ...old } = before
  const { texts: newTexts, ...present } = after
  return [
    ...compareTexts(oldTexts, newTexts),
    ...Object.entries(present).flatMap(([name, value]) => compareValue([name], (old as Record<string, unknown>)[name], value)),
  ]
}

type AnyTexts = Partial<Record<Tag, Record<string, unknown>>>

const compareTexts = (before: AnyTexts, after: AnyTexts): Change[] =>
  TAGS.flatMap((tag) => {
    const [old = {}, present = {}] = [before[tag], after[tag]]
    return [...new Set([...Object.keys(old), ...Object.keys(present)])].flatMap((name) =>
      PASSED_OVER.has(name) ? [] : compareValue(['texts', tag, name], old[name] ?? null, present[name] ?? null),
    )
  })

function compareValue(path: readonly string[], before: unknown, after: unknown): Change[] {
  if (isDeepStrictEqual(before, after) || PASSED_OVER.has(path[0] ?? '')) return []
  const name = path[0] ?? ''
  const knownBy = path.length === 1 ? KNOWN_BY[name] : undefined
  if (knownBy && Array.isArray(before) && Array.isArray(after)) return compareEntries(name, before, after, knownBy)
  return [{ path, before, after }]
}

type Entry = Record<string, unknown>

function compareEntries(name: string, before: readonly Entry[], after: readonly Entry[], knownBy: (entry: Entry, index: number) => string) {
  const old = new Map(before.map((entry, index) => [knownBy(entry, index), entry]))
  const present = new Map(after.map((entry, index) => [knownBy(entry, index), entry]))
  const changes = [...new Set([...old.keys(), ...present.keys()])].flatMap((key): Change[] => {
    const [was, is] = [old.get(key), present.get(key)]
    if (!was || !is) return [{ path: [name, key], before: was, after: is }]
    return Object.keys({ ...was, ...is }).flatMap((field) => compareField([name, key, field], was[field], is[field]))
  })
  // The same entries in another order.
  if (changes.length === 0) return [{ path: [name], before, after }]
  return changes
}

/** A value of an entry; a short text by language. */
function compareField(path: readonly string[], before: unknown, after: unknown): Change[] {
  if (isDeepStrictEqual(before ?? null, after ?? null)) return []
  if (!isShortText(before) || !isShortText(after)) return [{ path, before, after }]
  return TAGS.flatMap((tag) => (before[tag] === after[tag] ? [] : [{ path: [...path, tag], before: before[tag], after: after[tag] }]))
}

const isShortText = (value: unknown): value is Partial<Record<Tag, string>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

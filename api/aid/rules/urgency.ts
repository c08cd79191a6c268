import type { Urgency } from '../../db/generated/enums.ts'
import type { FaqEntry, Line, Need, Snapshot } from '../../directory/snapshot.ts'
import { emergencyLines } from '../../line/rules.ts'
import { validOn } from '../../service/rules/calendar.ts'
import { openingAt } from '../../service/rules/hours.ts'

/** From the most to the least pressing. */
const ORDER: readonly Urgency[] = ['DANGER', 'CRISIS', 'SOON', 'INFO']

/**
 * How pressing a situation is: danger when the words say so or such a need was chosen, else the most pressing of the needs, and of the
 * question that fits the words best. What the words are only probably about is a crisis at most: "mon mari est mort" shares a word with
 * "mon mari me frappe".
 * @param dangers needs whose danger phrases were found in the words
 * @param chosen needs that the person chose
 * @param guessed needs that her words are probably about
 * @param question the best answer to the words, if any
 */
export function urgencyOf(
  dangers: readonly Need[],
  chosen: readonly Need[],
  guessed: readonly Need[],
  question: FaqEntry | undefined,
): Urgency {
  if (dangers.length > 0) return 'DANGER'
  const probable = [...guessed, ...(question ? [question] : [])].map(({ urgency }) => (urgency === 'DANGER' ? 'CRISIS' : urgency))
  const all = [...chosen.map(({ urgency }) => urgency), ...probable]
  return ORDER.find((urgency) => all.includes(urgency)) ?? 'INFO'
}

/**
 * Whom to call first, before anything else: the emergency number, then the lines for these needs, open ones before closed ones, those that
 * speak a language of the person before the others. Empty when nothing presses.
 */
export function linesToCallFirst(
  directory: Snapshot,
  {
    urgency,
    needs,
    languages,
    now,
    today,
  }: { urgency: Urgency; needs: readonly Need[]; languages: readonly string[]; now: Date; today: string },
): Line[] {
  if (urgency !== 'DANGER' && urgency !== 'CRISIS') return []
  const pressing = needs.flatMap((need) => emergencyLines(directory, need, today))
  // A danger for which no line is named is still one for the emergency number.
  const emergency = urgency === 'DANGER' ? directory.lines.filter((line) => line.kind === 'EMERGENCY' && validOn(line, today)) : []
  const rank = (line: Line): number =>
    (line.kind === 'EMERGENCY' ? 0 : 4) +
    (openingAt(line, now, line).open ? 0 : 2) +
    (line.languages.some((language) => languages.includes(language)) ? 0 : 1)
  return [...new Set([...emergency, ...pressing])]
    .map((line) => ({ line, rank: rank(line) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line)
}

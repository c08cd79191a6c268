import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Commune, Line, Need, Snapshot } from '../../directory/snapshot.ts'
import { covers } from '../../directory/offered.ts'
import { validOn } from '../../service/rules/calendar.ts'
import { openingAt } from '../../service/rules/hours.ts'

/**
 * Whom to call for this: a line in service that her commune may call, in a language of hers if there is one, open now if there is one, else
 * the one that opens first; among equals one for these needs, then one of her own commune, then the editors' order. Lines that only listen
 * come after those that look for a solution.
 */
export function lineToCall(
  directory: Snapshot,
  {
    needs,
    communes,
    languages,
    now,
    today,
  }: { needs: ReadonlySet<Need>; communes: readonly Commune[] | null; languages: readonly LanguageCode[]; now: Date; today: string },
): Line | null {
  const [preferred] = languages
  const ranked = directory.lines
    .filter((line) => line.kind !== 'EMERGENCY' && validOn(line, today) && isFor(line, communes))
    .map((line) => {
      const opening = openingAt(line, now, line)
      const rank = [
        line.kind === 'SOCIAL' ? 0 : 1,
        preferred && line.languages.includes(preferred) ? 0 : line.languages.some((one) => languages.includes(one)) ? 1 : 2,
        opening.open ? 0 : 1,
        opening.open ? 0 : (opening.opensAt?.getTime() ?? Number.MAX_SAFE_INTEGER),
        line.needs.some((need) => needs.has(need)) ? 0 : 1,
        line.serviceAreas.some(({ kind }) => kind === 'COMMUNE') ? 0 : 1,
      ]
      return { line, rank }
    })
  return ranked.sort((a, b) => compare(a.rank, b.rank))[0]?.line ?? null
}

/** A commune's own line is for its people only; who did not say where she lives is not sent there. */
const isFor = (line: Line, communes: readonly Commune[] | null): boolean =>
  communes === null
    ? line.serviceAreas.some(({ kind }) => kind !== 'COMMUNE')
    : communes.some((commune) => covers(line, commune)) || line.serviceAreas.length === 0

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, position) => value !== b[position])
  return index < 0 ? 0 : (a[index] as number) - (b[index] as number)
}

import type { Need, Snapshot } from '../directory/snapshot.ts'
import type { Problem } from '../errors.ts'

/** The needs that codes name, each with its sub-needs; codes that do not exist come back as problems at `path`. */
export function readNeeds(
  directory: Snapshot,
  codes: readonly string[],
  path: string[],
): { needs: ReadonlySet<Need>; problems: Problem[] } {
  const needs = new Set<Need>()
  const problems: Problem[] = []
  for (const code of codes) {
    const need = directory.needsByCode.get(code)
    if (need) for (const one of [need, ...need.children]) needs.add(one)
    else problems.push(unknownCode(path, code))
  }
  return { needs, problems }
}

/** The problem of a code, slug or number that names nothing; the value is shortened, since it may be anything. */
export const unknownCode = (path: string[], value: string): Problem => ({ path, code: 'unknown', params: { value: value.slice(0, 60) } })

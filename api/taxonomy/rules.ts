import type { Audience, Need, Snapshot } from '../directory/snapshot.ts'
import type { Problem } from '../errors.ts'

/** Longest list of an input, in values: all the audiences, or all the needs twice over. */
export const LONGEST_LIST = 50

/** The needs that codes name, each with its sub-needs; codes that do not exist come back as problems at `path`. */
export function readNeeds(directory: Snapshot, codes: Codes, path: string[]): { needs: ReadonlySet<Need>; problems: Problem[] } {
  const { found, problems } = readCodes(directory.needsByCode, codes, path)
  return { needs: new Set(found.flatMap((need) => [need, ...need.children])), problems }
}

/** The audiences that codes name; codes that do not exist come back as problems at `path`. */
export function readAudiences(
  directory: Snapshot,
  codes: Codes,
  path: string[],
): { audiences: ReadonlySet<Audience>; problems: Problem[] } {
  const { found, problems } = readCodes(directory.audiencesByCode, codes, path)
  return { audiences: new Set(found), problems }
}

type Codes = readonly string[] | null | undefined

function readCodes<T>(records: ReadonlyMap<string, T>, codes: Codes, path: string[]): { found: T[]; problems: Problem[] } {
  const found: T[] = []
  const problems = tooMany(codes, path)
  if (problems.length > 0) return { found, problems }
  for (const code of codes ?? []) {
    const record = records.get(code)
    if (record) found.push(record)
    else problems.push(unknownCode(path, code))
  }
  return { found, problems }
}

/** The problem of a list with more than 50 values, if it has. */
export const tooMany = (values: readonly unknown[] | null | undefined, path: string[]): Problem[] =>
  (values?.length ?? 0) > LONGEST_LIST ? [{ path, code: 'too_many', params: { max: LONGEST_LIST } }] : []

/** The problem of a code, slug or number that names nothing; the value is shortened, since it may be anything. */
export const unknownCode = (path: string[], value: string): Problem => ({ path, code: 'unknown', params: { value: shortened(value) } })

/** The first 60 characters; a character may be two units long. */
const shortened = (value: string): string => [...value.slice(0, 120)].slice(0, 60).join('')

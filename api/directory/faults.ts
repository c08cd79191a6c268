/** What of the stored content cannot be shown: each fault is one line with the kind and the slug of the record, and what is wrong. */
export type Faults = {
  readonly lines: readonly string[]
  /** Says that a record, or a part of one, is left out. */
  leaveOut(kind: string, slug: string, why: string): void
  /** The record a link leads to; null, and a fault, when there is none. */
  follow<T>(map: ReadonlyMap<string, T>, code: string, of: { kind: string; slug: string; link: string }): T | null
}

/** Content is made by people and programs of many kinds: whatever is wrong with one record must not cost anybody the others. */
export function collectFaults(): Faults {
  const lines: string[] = []
  const leaveOut = (kind: string, slug: string, why: string) => {
    lines.push(`Content: ${kind} “${slug}” ${why}.`)
  }
  return {
    lines,
    leaveOut,
    follow(map, code, { kind, slug, link }) {
      const found = map.get(code)
      if (found === undefined) leaveOut(kind, slug, `names the ${link} “${code}”, which is not there: the link is left out`)
      return found ?? null
    },
  }
}

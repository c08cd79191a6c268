/** Chance that comes out the same for the same seed, so that every run and every peer has the same data. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(items: readonly T[]): T
  /** Some different items, in chance order; all of them when there are no more. */
  some<T>(items: readonly T[], count: number): T[]
  chance(probability: number): boolean
  /** A UUID of version 4 in form. */
  uuid(): string
}

/** The generator called mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for made-up services. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const next = (): number => bits() / 2 ** 32
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  const hex = (): string => bits().toString(16).padStart(8, '0')
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    some(items, count) {
      const rest = [...items]
      for (let i = 0; i < Math.min(count, rest.length); i++) {
        const other = between(i, rest.length - 1)
        ;[rest[i], rest[other]] = [rest[other] as (typeof rest)[number], rest[i] as (typeof rest)[number]]
      }
      return rest.slice(0, count)
    },
    chance: (probability) => next() < probability,
    uuid() {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()]
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`
    },
  }
}

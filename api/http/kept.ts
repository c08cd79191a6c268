/**
 * A memory of bounded weight. Two generations: what is asked for again moves to the young one; when that is half the bound, the old one is
 * dropped and the young one grows old. So what is used stays, what is not goes, and nothing is ever sorted.
 */
export class Kept<V> {
  #young = new Map<string, { value: V; weight: number }>()
  #old = new Map<string, { value: V; weight: number }>()
  #weight = 0
  readonly #half: number

  /** @param most the sum of the weights at most, in the caller's unit */
  constructor(most: number) {
    this.#half = most / 2
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key)
    if (young) return young.value
    const old = this.#old.get(key)
    if (old) this.#add(key, old)
    return old?.value
  }

  /** Keeps a value, unless it alone is heavier than half the bound. */
  set(key: string, value: V, weight = 1): void {
    this.#old.delete(key)
    this.#weight -= this.#young.get(key)?.weight ?? 0
    this.#young.delete(key)
    if (weight <= this.#half) this.#add(key, { value, weight })
  }

  #add(key: string, entry: { value: V; weight: number }): void {
    if (this.#weight + entry.weight > this.#half) {
      this.#old = this.#young
      this.#young = new Map()
      this.#weight = 0
    }
    this.#old.delete(key)
    this.#young.set(key, entry)
    this.#weight += entry.weight
  }
}

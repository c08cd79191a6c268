/** What of a menu matters for its order. */
export interface Keyed {
  key: number
}

/** The keys of a menu in their order, each once: two entries may have one key at different times. */
export const keysOf = (menu: readonly Keyed[]): number[] => [...new Set(menu.map(({ key }) => key))].sort((a, b) => a - b)

/**
 * The menu with all that one key does at another place among the keys; those between move on by one key each, and the keys that are in use stay the same.
 * @param to place from 0
 */
export function moveKey<E extends Keyed>(menu: readonly E[], key: number, to: number): E[] {
  const keys = keysOf(menu)
  const from = keys.indexOf(key)
  const place = Math.max(0, Math.min(to, keys.length - 1))
  if (from < 0 || from === place) return [...menu]
  const order = keys.filter((one) => one !== key)
  order.splice(place, 0, key)
  const next = new Map(order.map((one, index) => [one, keys[index] as number]))
  return menu.map((entry) => ({ ...entry, key: next.get(entry.key) ?? entry.key })).sort((a, b) => a.key - b.key)
}

/** The first key that nothing is on, from 1. */
export function freeKey(menu: readonly Keyed[]): number {
  const keys = keysOf(menu)
  let key = 1
  while (keys.includes(key)) key++
  return key
}

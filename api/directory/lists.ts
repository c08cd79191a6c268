/** Adds a value to the list of its key, which is made when it is the first. */
export function push<K, V>(lists: Map<K, V[]>, key: K, value: V) {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

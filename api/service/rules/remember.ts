/**
 * The same pure function, which keeps its last results: a cache, not a state, since a key always has the same result.
 * @param most how many results are kept; when there are more, all are dropped, so that strange keys cannot fill the memory
 */
export function remember<K, V>(of: (key: K) => V, most: number): (key: K) => V {
  const results = new Map<K, V>()
  return (key) => {
    const known = results.get(key)
    if (known !== undefined) return known
    if (results.size >= most) results.clear()
    const result = of(key)
    results.set(key, result)
    return result
  }
}

/**
 * Keeps small counts from being read or computed. A count is an edge between two nodes, and at each node what comes in goes out: the cells of a
 * table lead from its rows to its columns, the totals of its columns to the grand total. Totals of rows and the grand total are published, so
 * they need no edge. Who knows everything that is shown can be sure of a hidden count only if no cycle of hidden ones leads through it along
 * which some can be one more and others one less: this is what is looked for, and it is exact, since such tables are networks.
 */

/** A count that is smaller, and not nought, is not shown. */
export const FEWEST = 5

/**
 * So many, from one node to another; nodes are numbered from 0. A total tells more than a cell, and is hidden only when no cells would do; it is
 * not nought, since a row or a column that is has no place in a table.
 */
export type Edge = { from: number; to: number; value: number; isTotal?: boolean }

/**
 * How a count is shown: as it is; as fewer than `FEWEST`, but not nought; or not at all, since others could be computed from it. What is withheld
 * may be large, small, or, in a cell, nought: of six people in six weeks "fewer than 5" in each, and nought in all others, would tell everything.
 */
export type Shown = 'EXACT' | 'FEW' | 'WITHHELD'

/**
 * How each of these counts is to be shown, so that of no hidden one the value can be known.
 * @returns null when there is no such way
 */
export function protect(edges: readonly Edge[], fewest = FEWEST): Shown[] | null {
  const shown = edges.map(({ value }): Shown => (value > 0 && value < fewest ? 'FEW' : 'EXACT'))
  const arcs = arcsOf(edges)
  const network: Network = { arcs, hidden: arcs.map(() => []), edges, shown, fewest }
  const hidden = shown.flatMap((one, index) => (one === 'FEW' ? [index] : []))
  for (const index of hidden) addArcs(network.hidden, edges, index)
  for (const index of hidden) {
    if (isOpen(network, index)) continue
    const more = cheapestToHide(network, index)
    if (more === null) return null
    for (const one of more) {
      if (shown[one] === 'EXACT') {
        hidden.push(one)
        addArcs(network.hidden, edges, one)
      }
      shown[one] = 'WITHHELD'
    }
  }
  return shown
}

/** A list of counts of which the total is published; what is nought does not stand in it, or is known to be. */
export const protectList = (values: readonly number[], fewest = FEWEST): Shown[] | null =>
  protect(
    values.map((value) => ({ from: 0, to: 1, value, isTotal: true })),
    fewest,
  )

/**
 * A table of counts, of which the totals of the rows and of everything are published.
 * @param counts by row, then by column
 * @returns null when there is no way to show it
 */
export function protectTable(counts: readonly (readonly number[])[], fewest = FEWEST): { cells: Shown[][]; columns: Shown[] } | null {
  const rows = counts.length
  const columns = counts[0]?.length ?? 0
  const all = rows + columns
  const cells = counts.flatMap((row, r) => row.map((value, c): Edge => ({ from: r, to: rows + c, value })))
  const totals = Array.from({ length: columns }, (_, c): Edge => {
    const value = counts.reduce((sum, row) => sum + (row[c] ?? 0), 0)
    return { from: rows + c, to: all, value, isTotal: true }
  })
  const shown = protect([...cells, ...totals], fewest)
  return shown && { cells: counts.map((_, r) => shown.slice(r * columns, (r + 1) * columns)), columns: shown.slice(rows * columns) }
}

/** From a node along an edge: one more of it, or, against it, one less. */
type Arc = { edge: number; to: number; more: boolean }

/** The arcs from each node, those of hidden counts once more by themselves, and how the counts are shown so far. */
type Network = { arcs: readonly Arc[][]; hidden: readonly Arc[][]; edges: readonly Edge[]; shown: Shown[]; fewest: number }

function arcsOf(edges: readonly Edge[]): Arc[][] {
  const nodes = edges.reduce((most, { from, to }) => Math.max(most, from + 1, to + 1), 0)
  const arcs = Array.from({ length: nodes }, (): Arc[] => [])
  for (const [index, { value, isTotal }] of edges.entries()) if (value > 0 || !isTotal) addArcs(arcs, edges, index)
  return arcs
}

function addArcs(arcs: readonly Arc[][], edges: readonly Edge[], edge: number): void {
  const { from, to } = edges[edge] as Edge
  arcs[from]?.push({ edge, to, more: true })
  arcs[to]?.push({ edge, to: from, more: false })
}

/** Whether a count could be one more, or one less, and still be shown so. */
function canChange({ value, isTotal }: Edge, shown: Shown, more: boolean, fewest: number): boolean {
  if (shown === 'EXACT') return false
  if (shown === 'FEW') return more ? value < fewest - 1 : value > 1
  return more || value > (isTotal ? 1 : 0)
}

/** Two ways round through a count: from its other end back to where it began with one more of it, or the other way with one less. */
const waysRound = ({ from, to }: Edge) => [
  { start: to, goal: from, more: true },
  { start: from, goal: to, more: false },
]

/** Whether a hidden count may have another value, as far as anybody knows. */
function isOpen({ hidden, edges, shown, fewest }: Network, index: number): boolean {
  const can = (edge: number, more: boolean) => canChange(edges[edge] as Edge, shown[edge] as Shown, more, fewest)
  return waysRound(edges[index] as Edge).some(({ start, goal, more: first }) => {
    if (!can(index, first)) return false
    const seen = new Uint8Array(hidden.length)
    seen[start] = 1
    const next = [start]
    for (let node = next.pop(); node !== undefined; node = next.pop()) {
      for (const { edge, to, more } of hidden[node] ?? []) {
        if (edge === index || seen[to] === 1 || !can(edge, more)) continue
        if (to === goal) return true
        seen[to] = 1
        next.push(to)
      }
    }
    return false
  })
}

/** So many times as dear as a cell. */
const TOTAL = 100
/** That there was nobody is worth telling, and a table in which it is not told is long. */
const NOUGHT = 4

/** What it costs to use a count on a way round, by what it tells; null when it cannot be used, 0 when nothing is to be withheld for it. */
function costOf({ edges, shown, fewest }: Network, edge: number, more: boolean): number | null {
  const count = edges[edge] as Edge
  const how = shown[edge] as Shown
  if (canChange(count, how, more, fewest)) return 0
  if (!canChange(count, 'WITHHELD', more, fewest)) return null
  if (how === 'FEW') return 1
  return ((count.value === 0 ? NOUGHT : 1) * fewest + count.value) * (count.isTotal ? TOTAL : 1)
}

/** The counts that must be withheld for one that is hidden to be open; null when nothing helps. */
function cheapestToHide(network: Network, index: number): number[] | null {
  let best: { cost: number; hide: number[] } | null = null
  for (const { start, goal, more } of waysRound(network.edges[index] as Edge)) {
    const own = costOf(network, index, more)
    const found = own === null ? null : cheapestWay(network, start, goal, index)
    if (own === null || !found || (best !== null && best.cost <= own + found.cost)) continue
    best = { cost: own + found.cost, hide: own === 0 ? found.hide : [index, ...found.hide] }
  }
  return best?.hide ?? null
}

/** Dijkstra's way from one node to another, without one of the edges. */
function cheapestWay(network: Network, start: number, goal: number, without: number): { cost: number; hide: number[] } | null {
  const nodes = network.arcs.length
  const costs = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const done = new Uint8Array(nodes)
  const by: { edge: number; from: number; own: number }[] = []
  costs[start] = 0
  for (;;) {
    let node = -1
    let cost = Number.POSITIVE_INFINITY
    for (let one = 0; one < nodes; one++) {
      if (done[one] === 1 || (costs[one] as number) >= cost) continue
      node = one
      cost = costs[one] as number
    }
    if (node === -1) return null
    if (node === goal) break
    done[node] = 1
    for (const { edge, to, more } of network.arcs[node] ?? []) {
      if (edge === without || done[to] === 1) continue
      const own = costOf(network, edge, more)
      if (own === null || cost + own >= (costs[to] as number)) continue
      costs[to] = cost + own
      by[to] = { edge, from: node, own }
    }
  }
  const hide: number[] = []
  for (let node = goal; node !== start; ) {
    const { edge, from, own } = by[node] as { edge: number; from: number; own: number }
    if (own > 0) hide.push(edge)
    node = from
  }
  return { cost: costs[goal] as number, hide }
}

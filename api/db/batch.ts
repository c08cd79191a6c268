/** How many go together at most. */
const MOST = 50

/**
 * Does many small things at once that arrive at once: while the database works on some, those that come meanwhile wait and then go together,
 * in one statement and one commit. Alone, nobody waits.
 * @param run does all of them, and answers in their order
 */
export function inBatches<In, Out>(run: (items: readonly In[]) => Promise<readonly Out[]>): (item: In) => Promise<Out> {
  type Waiting = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let underWay = false

  async function work(): Promise<void> {
    underWay = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, MOST)
      try {
        const outs = await run(group.map(({ item }) => item))
        for (const [index, { resolve }] of group.entries()) resolve(outs[index] as Out)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    underWay = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!underWay) void work()
    })
}

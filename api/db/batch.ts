/**
 * Does many small things at once that arrive at once: while the database works on some, those that come meanwhile wait and then go together,
 * in one statement and one commit. Alone, nobody waits.
 * @param run does all of them, and answers in their order
 * @param most how many go together
 * @param lanes how many such groups are under way at once
 */
export function inBatches<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  { most = 50, lanes = 1 } = {},
): (item: In) => Promise<Out> {
  type Waiting = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let underWay = 0

  async function work(group: readonly Waiting[]): Promise<void> {
    try {
      const outs = await run(group.map(({ item }) => item))
      for (const [index, { resolve }] of group.entries()) resolve(outs[index] as Out)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  function next(): void {
    while (underWay < lanes && waiting.length > 0) {
      underWay++
      void work(waiting.splice(0, most)).then(() => {
        underWay--
        next()
      })
    }
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      next()
    })
}

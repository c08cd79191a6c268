/** Something the server does by itself, again and again. */
export type Job = {
  /** For the log. */
  name: string
  /** How long it rests after each run, in milliseconds. */
  everyMs: number
  /** Does what there is to do now. Once `stop` is aborted it begins nothing new, finishes what it is at, and ends. */
  run(stop: AbortSignal): Promise<unknown>
}

export type Runner = {
  /** From now on each job runs, rests, and runs again. */
  start(): void
  /**
   * Runs each job once, in order, after the run that is under way, if any.
   * @throws the first failure, once all have run
   */
  runOnce(): Promise<void>
  /** Begins no more runs, and waits for those under way, up to `STOP_MS`. */
  close(): Promise<void>
}

/** How long what is under way may take to end once we stop, in milliseconds. The whole process has ten seconds. */
const STOP_MS = 5_000

/**
 * Runs jobs in this process, never two of one at once. Several processes may run the same jobs on one database: each job keeps apart from
 * its likes elsewhere by locks on its rows.
 * @param failed told of the first failure in a row: a database that is away is one piece of news, not one a second. The job runs again in
 *   its time.
 */
export function openRunner(jobs: readonly Job[], failed: (job: string, error: unknown) => void): Runner {
  const stopping = new AbortController()
  const { signal } = stopping
  /** The end of the last run of each job. */
  const turns = new Map<Job, Promise<unknown>>()
  const timers = new Set<NodeJS.Timeout>()
  const failing = new Set<Job>()

  function run(job: Job): Promise<unknown> {
    const turn = (turns.get(job) ?? Promise.resolve()).then(() => (signal.aborted ? undefined : job.run(signal)))
    turns.set(
      job,
      turn.catch(() => undefined),
    )
    return turn
  }

  async function again(job: Job): Promise<void> {
    try {
      await run(job)
      failing.delete(job)
    } catch (error) {
      if (!failing.has(job)) failed(job.name, error)
      failing.add(job)
    }
    if (signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void again(job)
    }, job.everyMs).unref()
    timers.add(timer)
  }

  return {
    start() {
      for (const job of jobs) void again(job)
    },
    async runOnce() {
      const failures: unknown[] = []
      for (const job of jobs) await run(job).catch((error: unknown) => failures.push(error))
      if (failures.length > 0) throw failures[0]
    },
    async close() {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
      let late: NodeJS.Timeout | undefined
      const patience = new Promise((resolve) => {
        late = setTimeout(resolve, STOP_MS)
      })
      await Promise.race([Promise.all(turns.values()), patience])
      clearTimeout(late)
    },
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What a server process says of itself when asked `usage`. */
export type Usage = {
  /** CPU time of the process so far, all threads, in microseconds. */
  cpu: number
  /** Resident memory now, and the most there ever was, in bytes. */
  memory: number
  mostMemory: number
  /** The longest time the event loop did not turn since the last `watch`, in milliseconds; 0 without one. */
  block: number
}

/** How often the event loop is looked at, in milliseconds; blocks shorter than that are not seen. */
const RESOLUTION = 5

/**
 * Loaded into every server process before its program (`node --import`), the same for all of them: it costs nothing until it is asked.
 * The process ends when whoever started it is gone.
 */
const delay = monitorEventLoopDelay({ resolution: RESOLUTION })

process.on('message', (message) => {
  if (message === 'watch') {
    delay.reset()
    delay.enable()
    process.send?.('watching')
  }
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  const block = delay.count > 0 ? Math.max(0, delay.max / 1e6 - RESOLUTION) : 0
  delay.disable()
  const mostMemory = process.resourceUsage().maxRSS * 1024
  process.send?.({ cpu: user + system, memory: process.memoryUsage.rss(), mostMemory, block } satisfies Usage)
})
process.on('disconnect', () => process.exit())
// Listening must not keep a process alive.
process.channel?.unref()

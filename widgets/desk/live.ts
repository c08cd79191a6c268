import { StaffFailed } from '../shared/staff.ts'
import type { QueueEvent } from './stream.ts'

/** How true the screen is: told at once, about to be, read now and then, or not at all. */
export type Link = 'live' | 'connecting' | 'polling' | 'away'

/** What it needs of the element around it. */
interface Owner {
  listen(signal: AbortSignal): AsyncIterable<QueueEvent>
  /** Something changed, or may have while nobody told. */
  heard(event: QueueEvent): void
  linked(link: Link): void
  /** The session is over. */
  shut(error: StaffFailed): void
}

/** First pause before connecting again, and the longest, in milliseconds: each is twice the one before, give or take a quarter. */
const FIRST_MS = 1_000
const LONGEST_MS = 30_000
/** After so many attempts in vain one says that the queue is only read now and then. */
const PATIENCE = 3

/** Keeps one stream of the queue open: connects again after every break, later each time, and at once when the network comes back. */
export class Live {
  link: Link = 'connecting'
  /** Replaced by tests. */
  pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this._wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  private readonly _owner: Owner
  private _wake?: () => void
  private _failures = 0

  constructor(owner: Owner) {
    this._owner = owner
  }

  /** Does not wait any longer: the network is back, or the page. */
  hurry(): void {
    this._failures = 0
    this._wake?.()
  }

  /** Until the signal ends it, or the session is over. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this._wake?.())
    while (!signal.aborted) {
      this._say(!navigator.onLine ? 'away' : this._failures < PATIENCE ? 'connecting' : 'polling')
      try {
        for await (const event of this._owner.listen(signal)) {
          if (signal.aborted) return
          this._failures = 0
          this._say('live')
          this._owner.heard(event)
        }
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof StaffFailed && /signedOut|forbidden/.test(error.kind)) return this._owner.shut(error)
      }
      const pause = Math.min(FIRST_MS * 2 ** this._failures++, LONGEST_MS)
      this._say(!navigator.onLine ? 'away' : this._failures < PATIENCE ? 'connecting' : 'polling')
      await this.pause(pause * (0.75 + Math.random() / 2))
    }
  }

  private _say(link: Link): void {
    if (link === this.link) return
    this.link = link
    this._owner.linked(link)
  }
}

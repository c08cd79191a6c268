/** The part of autocannon 9 that is used here; the package has no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export type Request = { method: 'POST'; path: string; headers: Record<string, string>; body: string }
  export type Client = { setRequests(requests: Request[]): void }
  export type Options = {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    /** Requests a second, of all connections together. */
    overallRate?: number
    /** Every so many milliseconds it looks whether the time is over. */
    sampleInt: number
    setupClient(client: Client): void
    verifyBody(body: string): boolean
  }
  export type Result = { errors: number; timeouts: number; mismatches: number; non2xx: number }
  export type Run = EventEmitter & PromiseLike<Result>
  export default function autocannon(options: Options): Run
}

/** What the load process is told, and what it answers. */
export type Job = {
  url: string
  /** Body and headers of the requests, gone through in order by each connection, from a place of its own. */
  requests: readonly { body: string; headers: Record<string, string> }[]
  /**
   * Each request gets a number of its own, from this one, as a variable that no operation declares: GraphQL ignores it, but no two
   * bodies are the same. Null: they are sent as they are, again and again. Where a body says `{number}`, it stands there too, with seven
   * digits at least.
   */
  numberFrom: number | null
  /** How many different requests are made ready, when they are numbered; more than are sent. */
  ready: number
  connections: number
  seconds: number
  /** Requests a second of all connections together, evenly; as many as they can when absent. */
  rate?: number
  /** What every good answer has in it. */
  says?: string
}

export type Outcome = {
  /** Requests per second, from the first answer to the last. */
  rate: number
  answered: number
  /** Latencies in milliseconds. */
  median: number
  p99: number
  longest: number
  /** Answers that were none, or told of errors. */
  failed: number
}

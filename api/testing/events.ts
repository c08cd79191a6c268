/** An event of a stream; comments are none. */
export type Event = { event: string; data: any }

/** Reads server-sent events one by one, as a browser's program does with `fetch`. */
export class Events {
  readonly response: Response
  /** Comments seen so far: signs of life. */
  comments = 0
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  #text = ''

  constructor(response: Response) {
    this.response = response
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader()
  }

  /** The next event; null at the end of the stream. */
  async next(): Promise<Event | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end === -1) {
        const { value, done } = await this.#reader.read()
        if (done) return null
        this.#text += this.#decoder.decode(value, { stream: true })
        continue
      }
      const lines = this.#text.slice(0, end).split('\n')
      this.#text = this.#text.slice(end + 2)
      const fieldOf = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
      const data = fieldOf('data')?.trim()
      if (data === undefined) this.comments++
      else return { event: fieldOf('event')?.trim() ?? 'message', data: data === '' ? null : JSON.parse(data) }
    }
  }

  /** Reads on until an event fits. @throws Error when the stream ends first */
  async until(fits: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const event = await this.next()
      if (!event) throw new Error('The stream ended.')
      if (fits(event)) return event
    }
  }

  /** Goes away. */
  close(): Promise<void> {
    return this.#reader.cancel()
  }
}

/** Sends a GraphQL subscription. @param fetch of the application, or the platform's with the server's address before the path */
export async function subscribe(
  fetch: (path: string, init: RequestInit) => Promise<Response>,
  query: string,
  headers: Record<string, string> = {},
): Promise<Events> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
  }
  return new Events(await fetch('/graphql', init))
}

export const QUEUE = 'subscription { callbackQueue { at version waiting due overdue } }'

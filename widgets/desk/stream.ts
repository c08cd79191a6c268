import { DeskLiveDocument, type DeskLiveSubscription } from '../../schema/generated/desk.ts'
import { StaffFailed, failureOf, requestInit, type SendOptions } from '../shared/staff.ts'

export type QueueEvent = DeskLiveSubscription['callbackQueue']

/** The server says something every 15 s (a comment, if there is nothing to tell): after three times that the line is dead, whatever TCP thinks. */
const SILENT_MS = 45_000

/**
 * Server-sent events of a stream of bytes, as the HTML standard reads them (9.2.6), as far as GraphQL over SSE uses them: name and data.
 * A comment gives an event without a name, so that one hears that the line is alive.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<{ name: string; data: string }> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let name = ''
  let data: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!line) {
          if (name || data[0] !== undefined) yield { name: name || 'message', data: data.join('\n') }
          name = ''
          data = []
        } else if (line[0] === ':') yield { name: '', data: '' }
        else {
          const [, field, value = ''] = /^([^:]+):? ?(.*)$/.exec(line) ?? []
          if (field === 'event') name = value
          if (field === 'data') data.push(value)
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/**
 * What happens to the queue, for as long as the server tells; ends when it says that it is complete, throws when the line breaks.
 * @throws StaffFailed
 */
export async function* listen({ api, language, signal }: SendOptions): AsyncGenerator<QueueEvent> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  signal?.addEventListener('abort', stop)
  let timer = setTimeout(stop, SILENT_MS)
  try {
    const init = requestInit(DeskLiveDocument, {}, language, 'text/event-stream')
    const response = await fetch(`${api}/graphql`, { ...init, signal: controller.signal })
    if (!response.ok || !response.body) throw new StaffFailed(failureOf(response.status))
    // Refused before it began, as an ordinary answer.
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw refusal(await response.json())
    for await (const { name, data } of readEvents(response.body)) {
      clearTimeout(timer)
      timer = setTimeout(stop, SILENT_MS)
      if (name === 'complete') return
      if (name !== 'next') continue
      const answer = JSON.parse(data)
      if (!answer.data) throw refusal(answer)
      yield answer.data.callbackQueue
    }
  } catch (error) {
    throw error instanceof StaffFailed ? error : new StaffFailed(navigator.onLine ? 'unreachable' : 'offline')
  } finally {
    clearTimeout(timer)
    stop()
  }
}

const refusal = ({ errors }: { errors?: { extensions?: { code?: string } }[] }) =>
  new StaffFailed(failureOf(200, errors?.[0]?.extensions?.code))

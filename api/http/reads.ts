import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Context } from '../context.ts'
import { languagesFrom } from '../directory/language.ts'
import { schema } from '../schema.ts'
import { createDocuments, READS, RUNS } from './documents.ts'
import { type Bytes, compress, type Encoding, encodingOf, QUICK, SHORT } from './encoding.ts'
import type { Answer, Ask } from './exchange.ts'
import { type Door, headersOf } from './headers.ts'
import { Kept } from './kept.ts'
import { mediaTypeOf, readParams } from './params.ts'

/** Bound of the answers kept, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** How many questions are remembered as asked once: an answer is kept when it is asked for again, so that what nobody repeats costs no memory. */
const MOST_SEEN = 20_000
/** What an answer weighs beside its bytes, in bytes: the key, the entry, the buffers' own objects. */
const ENTRY = 500
/** Bound of the headers whose meaning is kept, each: browsers send a few dozen different ones. */
const MOST_HEADERS = 500

type Languages = Context['languages']
type KeptAnswer = { [E in Encoding]?: Bytes } & { identity: Bytes }

export type ReadParts = {
  contextOf(ask: Ask, languages: Languages): Context
  door: Door
}

/**
 * The short way: answers what only reads the published content, and is asked for as clients ask, without going through Yoga. Null for all
 * else, every error included, so that what is refused is told in one place. An answer is to the byte what Yoga's would be.
 *
 * Three tricks, each measured (docs/decisions/0008):
 *
 * - the answer itself is kept, in each encoding, as long as the content, the minute and the languages are the same;
 * - a document seen before is not parsed and validated again, and runs compiled (`documents.ts`);
 * - the request stays what Node.js made of it: no `Request`, no `Headers`, no stream.
 */
export function createReads({ contextOf, door }: ReadParts): (ask: Ask) => Answer | Promise<Answer> | null {
  const documentOf = createDocuments(schema, { operation: 'query', fields: [READS, RUNS] })
  const languages = remembered((header) => ({ all: languagesFrom(header), key: languagesFrom(header).join() }), MOST_HEADERS)
  const mediaTypes = remembered(mediaTypeOf, MOST_HEADERS)
  const encodings = remembered(encodingOf, MOST_HEADERS)
  /** What is kept holds for one content and one minute: the finest step in which opening hours and days change. */
  let epoch = startEpoch({} as Context['directory'], 0)

  return (ask) => {
    if (!isPlain(ask)) return null
    const mediaType = mediaTypes(ask.headers.accept ?? '')
    if (!mediaType) return null
    const wanted = languages(ask.headers['accept-language'] ?? '')
    const context = contextOf(ask, wanted.all)
    const minute = Math.floor(context.now.getTime() / 60_000)
    if (epoch.directory !== context.directory || epoch.minute !== minute) {
      epoch = startEpoch(context.directory, minute)
    }
    const send = (answer: KeptAnswer): Answer | Promise<Answer> => {
      const encoding = answer.identity.length < SHORT ? 'identity' : encodings(String(ask.headers['accept-encoding'] ?? ''))
      const reply = (body: Bytes): Answer => ({
        status: 200,
        headers: headersOf(ask, door, { mediaType, languages: wanted.all, failed: false, encoding, length: body.length }),
        body,
      })
      const body = answer[encoding]
      if (body) return reply(body)
      return compress(answer.identity, encoding, QUICK).then((bytes) => {
        answer[encoding] = bytes
        return reply(bytes)
      })
    }

    // The body may hold what a person typed: it is known by a hash. What one method asks in a body, the other asks in the address.
    const question = ask.method === 'POST' ? (ask.body as Bytes) : ask.target
    const key = `${wanted.key} ${ask.method} ${hash('sha256', question, 'base64')}`
    const kept = epoch.answers.get(key)
    if (kept) return send(kept)

    const params = readParams(ask)
    const read = params && documentOf(params.query, params.operationName)
    if (!params || !read?.allows(params.variables)) return null
    const notes: Note[] = []
    const result = read.run(withoutPersons(context, notes), params.variables)
    if (result instanceof Promise) {
      // A read of the snapshot never waits. If one does, it is none.
      result.catch(() => undefined)
      return null
    }
    if (result.errors || !result.data) return null
    for (const note of notes) context.unmet.note(...note)
    const answer: KeptAnswer = { identity: Buffer.from(JSON.stringify({ data: result.data })) }
    if (read.keeps && notes.length === 0) {
      // Room for the compressed forms, which come later, too.
      if (epoch.seen.get(key)) epoch.answers.set(key, answer, ENTRY + answer.identity.length * 2)
      else epoch.seen.set(key, true)
    }
    return send(answer)
  }
}

const startEpoch = (directory: Context['directory'], minute: number) => ({
  directory,
  minute,
  answers: new Kept<KeptAnswer>(MOST_BYTES),
  seen: new Kept<true>(MOST_SEEN),
})

/** The header with which an editor asks for the directory as it would be with one record as it is now: that record's id. */
export const PREVIEW = 'passerelle-preview'

/** A GET with its parameters in the address, or a POST with plain JSON: as the widgets and the common clients send. */
export function isPlain({ method, target, headers, body }: Ask): boolean {
  // A key that is not good is refused, whatever was asked with it; and a preview is for nobody else.
  if (headers.authorization !== undefined || headers[PREVIEW] !== undefined) return false
  if (method === 'GET') return target.startsWith('/graphql?')
  return (
    method === 'POST' &&
    target === '/graphql' &&
    body instanceof Uint8Array &&
    isUtf8(body) &&
    headers['content-encoding'] === undefined &&
    /^application\/json(; ?charset=utf-8)?$/.test(headers['content-type'] ?? '')
  )
}

type Note = Parameters<Context['unmet']['note']>

/**
 * The context without what a public read has no business with. Were one of `READS` to use it after all, it would fail here and be answered
 * by Yoga, and never be kept. What is noted waits in `notes` until it is sure that Yoga will not note it again.
 */
function withoutPersons(context: Context, notes: Note[]): Context {
  const refuse = (): never => {
    throw new Error('not in a public read')
  }
  return {
    directory: context.directory,
    contentReadAt: context.contentReadAt,
    now: context.now,
    languages: context.languages,
    byAddress: context.byAddress,
    fromPage: context.fromPage,
    channels: context.channels,
    // What is for the staff is answered by Yoga, and never kept.
    viewer: null,
    touch: refuse,
    get live() {
      return refuse()
    },
    site: refuse,
    unmet: { note: (...note) => notes.push(note), flush: refuse, close: refuse },
    together: refuse,
    get limits() {
      return refuse()
    },
    get endpoints() {
      return refuse()
    },
    get origin() {
      return refuse()
    },
    reach: refuse,
    get sql() {
      return refuse()
    },
    get address() {
      return refuse()
    },
    get db() {
      return refuse()
    },
    get keys() {
      return refuse()
    },
    get requests() {
      return refuse()
    },
  }
}

/** The same pure function, which keeps its results for the headers that come again and again. */
function remembered<V>(of: (header: string) => V, most: number): (header: string) => V {
  const results = new Kept<{ value: V }>(most)
  return (header) => {
    const known = results.get(header)
    if (known) return known.value
    const value = of(header)
    results.set(header, { value })
    return value
  }
}

import type { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Outcome } from '../../jobs/outbox.ts'
import { readRetryAfter } from '../../jobs/retry.ts'
import { lookUpAllowed, mayConnect } from './address.ts'
import { failureCode } from './failure.ts'

/** Bound of the head of an answer, in bytes. What follows it is not read: the status says all. */
const LONGEST_HEAD = 16 * 1024

export type Post = {
  headers: Record<string, string>
  body: string
  /** This machine may be the receiver, too. */
  loopback: boolean
  /** The moment, for a `Retry-After` that is a date. */
  at: Date
  /** Looks names up; the system does unless given. */
  find?: typeof lookup
}

/**
 * Posts to somebody outside: to a public address only, which is judged when it is connected to, and never further than that, since no redirect is
 * followed.
 * @returns DELIVERED for 2xx; PENDING else, as `http_<status>` or with the code of what went wrong
 * @throws when `signal` ended it, and only then
 */
export async function post(url: URL, message: Post, signal: AbortSignal): Promise<Outcome> {
  try {
    const { status, retryAfter } = await send(url, message, signal)
    if (status >= 200 && status < 300) return { state: 'DELIVERED', code: 'sent' }
    return { state: 'PENDING', code: `http_${status}`, askedMs: readRetryAfter(retryAfter, message.at) }
  } catch (error) {
    if (signal.aborted) throw error
    return { state: 'PENDING', code: failureCode(error) }
  }
}

function send(
  url: URL,
  { headers, body, loopback, find }: Post,
  signal: AbortSignal,
): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    // Node.js looks up names only: an address that is written out is checked here.
    if (!mayConnect(url.hostname, loopback)) throw Object.assign(new Error('address refused'), { code: 'ADDRESS_REFUSED' })
    const begin = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = begin(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup: lookUpAllowed(loopback, find),
        maxHeaderSize: LONGEST_HEAD,
        signal,
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
        response.destroy()
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

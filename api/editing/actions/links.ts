import type { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Pool } from 'pg'
import { lookUpAllowed, mayConnect } from '../../notice/actions/address.ts'
import { checkable, FAILING_EVERY_MS, isThere, MOST_REDIRECTS, redirectOf, WELL_MS } from '../rules/links.ts'

export type LinkParts = {
  sql: Pool
  clock: () => Date
  /** This machine may be asked as well: for tests and development. */
  loopback: boolean
  /** Looks names up; the system does unless given. */
  find?: typeof lookup
}

/** How long one answer may take, in milliseconds, and bound of its head, in bytes. What follows the head is not read. */
const PATIENCE_MS = 10_000
const LONGEST_HEAD = 16 * 1024

/** Addresses tried in one turn, one after the other: nobody's server is asked twice at once, and a turn ends within minutes. */
const A_TURN = 20

/**
 * Tries addresses that published records name and that are due: weekly while they answer, daily while they do not. It only notes what it finds.
 * Several processes share the work: an address is taken by the one that notes first that it tries it.
 * @returns how many were tried
 */
export async function checkLinks(parts: LinkParts, stop?: AbortSignal): Promise<number> {
  const { sql, clock } = parts
  const now = clock()
  const before = [new Date(now.getTime() - WELL_MS), new Date(now.getTime() - FAILING_EVERY_MS)]
  const { rows } = await sql.query<{ url: string }>(DUE, [...before, A_TURN])
  let tried = 0
  for (const { url } of rows) {
    if (stop?.aborted) break
    const { rowCount } = await sql.query(TAKE, [url, now, ...before])
    if (rowCount === 0) continue
    const status = await statusOf(parts, url, stop)
    // Told to stop says nothing of the address: another process tries it soon.
    if (stop?.aborted) {
      await sql.query(FORGET, [url])
      break
    }
    await sql.query(NOTE, [url, status, isThere(status), now])
    tried++
  }
  return tried
}

const DUE = `
SELECT u."url" FROM (
  SELECT "url" FROM "service" WHERE "url" IS NOT NULL AND "retired_at" IS NULL
  UNION SELECT "url" FROM "organization" WHERE "url" IS NOT NULL AND "retired_at" IS NULL
) AS u LEFT JOIN "link_check" AS l ON l."url" = u."url"
WHERE l."url" IS NULL OR l."checked_at" <= $1 OR (l."failing_since" IS NOT NULL AND l."checked_at" <= $2)
ORDER BY l."checked_at" NULLS FIRST, u."url" LIMIT $3`

const TAKE = `
INSERT INTO "link_check" AS l ("url", "checked_at") VALUES ($1, $2) ON CONFLICT ("url") DO UPDATE SET "checked_at" = $2
WHERE l."checked_at" <= $3 OR (l."failing_since" IS NOT NULL AND l."checked_at" <= $4)`

const FORGET = `DELETE FROM "link_check" WHERE "url" = $1 AND "failing_since" IS NULL`

const NOTE = `
UPDATE "link_check" SET "status" = $2, "failing_since" = CASE WHEN $3 THEN NULL ELSE coalesce("failing_since", $4) END,
  "tries" = CASE WHEN $3 THEN 0 ELSE "tries" + 1 END
WHERE "url" = $1`

/** The status in the end, redirects followed; null when there is no answer, or where it leads may not be asked. */
async function statusOf(parts: LinkParts, text: string, stop?: AbortSignal): Promise<number | null> {
  let url = checkable(text)
  for (let redirects = 0; url && redirects <= MOST_REDIRECTS; redirects++) {
    let answer = await ask(parts, 'HEAD', url, stop)
    // Some servers know only how to give the whole page.
    if (answer && !isThere(answer.status)) answer = (await ask(parts, 'GET', url, stop)) ?? answer
    if (!answer) return null
    const next = redirectOf(answer.status, answer.location, url)
    if (!next) return answer.status
    url = next
  }
  return null
}

type Answered = { status: number; location: string | undefined }

function ask({ loopback, find }: LinkParts, method: 'HEAD' | 'GET', url: URL, stop?: AbortSignal): Promise<Answered | null> {
  return new Promise((resolve) => {
    // Node.js looks up names only: an address that is written out is checked here.
    if (!mayConnect(url.hostname, loopback)) return resolve(null)
    const begin = url.protocol === 'https:' ? requestHttps : requestHttp
    const patience = AbortSignal.timeout(PATIENCE_MS)
    const request = begin(
      url,
      {
        method,
        agent: false,
        headers: { 'user-agent': 'Passerelle (link check)', accept: '*/*' },
        lookup: lookUpAllowed(loopback, find),
        maxHeaderSize: LONGEST_HEAD,
        signal: stop ? AbortSignal.any([stop, patience]) : patience,
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0, location: response.headers.location })
        response.destroy()
      },
    )
    request.on('error', () => resolve(null))
    request.end()
  })
}

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { type Bytes, compress, type Encoding, encodingFor, THOROUGH } from './encoding.ts'

/** A body with its compressed forms, ready to be sent. */
export type StaticFile = { type: string; etag: string; bodies: Record<Encoding, Bytes> }

/** Files of a folder, read once: whatever is not in the table does not exist, so no path can leave the folder. */
export type Files = ReadonlyMap<string, StaticFile>

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Reads and compresses every file below `folder`, keyed by the path in its address (`/widgets/v1/passerelle.js`). */
export async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)])
  return new Map(
    await Promise.all(
      files.map(async (entry): Promise<[string, StaticFile]> => {
        const path = join(entry.parentPath, entry.name)
        const type = TYPES[extname(entry.name)] as string
        return [`/${relative(folder, path).replaceAll('\\', '/')}`, await makeFile(type, await readFile(path), THOROUGH)]
      }),
    ),
  )
}

/** @param effort brotli's quality, 0 to 11 */
export async function makeFile(type: string, content: Uint8Array, effort: number): Promise<StaticFile> {
  const identity = new Uint8Array(content)
  const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  const [br, gzip] = await Promise.all([compress(identity, 'br', effort), compress(identity, 'gzip', effort)])
  return { type, etag, bodies: { identity, br, gzip } }
}

/** Widgets change without their address changing: fresh for five minutes, then shown once more while the new one is fetched. */
const WIDGET_CACHE = 'public, max-age=300, stale-while-revalidate=86400'

/** Answers a GET or HEAD for one of the files; null when there is no such file. */
export function serveFile(files: Files, request: Request, path: string): Response | null {
  const file = files.get(path)
  if (!file) return null
  // Scripts are meant for other sites' pages; nothing else is.
  return path.startsWith('/widgets/')
    ? sendFile(file, request, {
        'cache-control': WIDGET_CACHE,
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      })
    : sendFile(file, request, {})
}

/** Answers with a file, or with 304 when the browser has it. Without a `cache-control` browsers ask every time. */
export function sendFile(file: StaticFile, request: Request, extra: Record<string, string>): Response {
  const headers = new Headers({
    'content-type': file.type,
    etag: file.etag,
    vary: 'Accept-Encoding',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...extra,
  })
  if (request.headers.get('if-none-match')?.includes(file.etag)) return new Response(null, { status: 304, headers })
  const encoding = encodingFor(request)
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  const body = file.bodies[encoding]
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}

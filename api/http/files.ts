import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/** Files of a folder, read once: whatever is not in the table does not exist, so no path can leave the folder. */
export type Files = ReadonlyMap<string, StaticFile>

type StaticFile = { type: string; etag: string; bodies: Record<Encoding, Uint8Array<ArrayBuffer>> }
type Encoding = 'br' | 'gzip' | 'identity'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** Reads and compresses every file below `folder`, keyed by the path in its address (`/widgets/v1/passerelle.js`). */
export async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)])
  return new Map(
    await Promise.all(
      files.map(async (entry): Promise<[string, StaticFile]> => {
        const path = join(entry.parentPath, entry.name)
        const body = await readFile(path)
        return [
          `/${relative(folder, path).replaceAll('\\', '/')}`,
          {
            type: TYPES[extname(entry.name)] as string,
            etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
            bodies: {
              identity: new Uint8Array(body),
              br: new Uint8Array(await promisify(brotliCompress)(body)),
              gzip: new Uint8Array(await promisify(gzip)(body)),
            },
          },
        ]
      }),
    ),
  )
}

/** Widgets change without their address changing: fresh for five minutes, then shown once more while the new one is fetched. */
const CACHE = 'public, max-age=300, stale-while-revalidate=86400'

/** Answers a GET or HEAD for one of the files; null when there is no such file. */
export function serveFile(files: Files, request: Request, path: string): Response | null {
  const file = files.get(path)
  if (!file) return null
  const headers = new Headers({
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': path.startsWith('/widgets/') ? CACHE : 'no-cache',
  })
  // Scripts are meant for other sites' pages; nothing else is.
  if (path.startsWith('/widgets/')) {
    headers.set('access-control-allow-origin', '*')
    headers.set('cross-origin-resource-policy', 'cross-origin')
  }
  if (request.headers.get('if-none-match')?.includes(file.etag)) return new Response(null, { status: 304, headers })
  const encoding = encodingFor(request.headers.get('accept-encoding') ?? '')
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  const body = file.bodies[encoding]
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}

function encodingFor(accepted: string): Encoding {
  const offers = accepted.split(',').filter((offer) => !/;\s*q=0(\.0*)?\s*$/.test(offer))
  const names = new Set(offers.map((offer) => offer.split(';')[0]?.trim()))
  return names.has('br') ? 'br' : names.has('gzip') ? 'gzip' : 'identity'
}

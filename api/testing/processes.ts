import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A temporary folder that other users may pass through, because root's PostgreSQL is another user. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-test-'))
  await chmod(folder, 0o711)
  return folder
}

/**
 * Makes a file that Node runs as it is from a TypeScript entry point, since Node 20 runs no TypeScript.
 * @param entry path from the project's root
 */
export async function bundleProgram(entry: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await temporaryFolder()
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'program.mjs' } } },
  })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return { path: join(folder, 'program.mjs'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A child process that answers each line on its input with a line of JSON. */
export class Child {
  readonly process: ChildProcessWithoutNullStreams
  readonly ended: Promise<number | null>
  #lines: AsyncIterator<string>
  #errors = ''

  constructor(program: string, args: string[]) {
    this.process = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH } })
    this.process.stderr.on('data', (chunk) => (this.#errors += chunk))
    // Writing to one that was killed is no news.
    this.process.stdin.on('error', () => {})
    this.#lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]()
    this.ended = new Promise((resolve) => this.process.once('exit', resolve))
  }

  /** The next line it says. */
  async hear<T>(): Promise<T> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`The process ended instead of answering. ${this.#errors}`)
    return JSON.parse(value) as T
  }

  /** Sends a line and waits for the answer. */
  ask<T>(line: string): Promise<T> {
    this.process.stdin.write(`${line}\n`)
    return this.hear<T>()
  }

  /** As a crash or the kernel would end it: without a chance to tidy up. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.ended
  }
}

import { spawn } from 'node:child_process'

/** The built server as a process of its own. */
export type RunningServer = {
  address: string
  /** All it has written, to both its outputs. */
  output(): string
  /** When it is gone, whoever ended it. */
  ended: Promise<void>
  /** Ends it, and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** From a start to being ready, in milliseconds. */
const PATIENCE = 60_000

/** Levels at which a server says only what must be read: the first administrator's link, while there is none. */
const QUIET = new Set(['warn', 'error'])

/**
 * Starts what `npm start` runs, on a port of its own; `node scripts/build.mjs` builds it before.
 * @throws Error with what it wrote, when it ends before it is ready or takes too long
 */
export async function startServer(env: Record<string, string>): Promise<RunningServer> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_FORMAT: 'text', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`The server is not ready: ${written}`))
    const timer = setTimeout(fail, PATIENCE)
    child.once('close', fail)
    const hear = (chunk: Buffer) => {
      written += chunk
      // With a PUBLIC_URL it says by itself where it listens.
      const port = /It listens on .*, port (\d+)/.exec(written)?.[1]
      const told = QUIET.has(env.LOG_LEVEL ?? '') ? /(http:\S+)\/invitation\//.exec(written)?.[1] : undefined
      const found = port ? `http://127.0.0.1:${port}` : (told ?? /Demonstration\s+(http:\S+)\//.exec(written)?.[1])
      if (!found) return
      clearTimeout(timer)
      child.off('close', fail)
      resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return {
    address,
    output: () => written,
    ended,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await ended
    },
  }
}

/** Runs one of the built commands to its end. @returns its exit code and all it wrote */
export function runCommand(name: string, args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [`dist/server/${name}.js`, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

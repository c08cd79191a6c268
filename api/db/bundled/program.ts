import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { StartError } from '../start-error.ts'
import type { Place } from './place.ts'

type RunOptions = { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number }

/** Runs a program to its end. It stays in our process group, so that Ctrl-C in a terminal ends it too. */
export function runProgram(command: string, args: string[], options: RunOptions): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = startProgram(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => reject(cannotRun(command, error)))
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** `spawn`, with one line for a program that the system does not start; some of these errors are thrown, and others come as an event. */
export function startProgram(command: string, args: string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(command, args, options)
  } catch (error) {
    throw cannotRun(command, error as NodeJS.ErrnoException)
  }
}

/** One line for a program of the npm package that the system does not start. */
export function cannotRun(command: string, error: NodeJS.ErrnoException): StartError {
  const { platform, arch } = process
  if (error.code === 'EPERM') {
    return new StartError('PostgreSQL does not run as root, and this root may not change to another user: start as an ordinary user.')
  }
  const why = error.code === 'ENOENT' ? 'it needs glibc, which Alpine Linux, for one, has not' : (error.code ?? error.message)
  return new StartError(`The PostgreSQL that comes along does not run on this ${platform}-${arch} (${command}: ${why}): set DATABASE_URL.`)
}

/** What the server is told of our environment: not the keys and passwords in it. */
export function serverEnvironment({ binaries }: Place): NodeJS.ProcessEnv {
  const kept = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'APPDATA', 'USERPROFILE'] : ['PATH']
  const known = kept.map((name) => [name, process.env[name]])
  return { ...Object.fromEntries(known), LC_ALL: 'C', TZ: 'UTC', ...binaries.environment }
}

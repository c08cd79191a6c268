import { type ChildProcess, spawn } from 'node:child_process'

/** A built server that is meant to be killed. */
export type Victim = {
  /** Resolves when the process is gone, whoever ended it. */
  ended: Promise<void>
  /** What it wrote. */
  output(): string
  kill(): void
}

/** From a start to the line that says it is ready, in milliseconds: recovery of the database included. */
const PATIENCE = 60_000

/**
 * Starts the built server and waits until it is ready.
 * @throws Error with what it wrote, when it ends before or takes too long
 */
export async function startServer(env: Record<string, string>): Promise<Victim> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', LIMITS: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  const listen = (chunk: Buffer) => {
    written += chunk
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await readiness(child, () => written)
  return { ended, output: () => written, kill: () => void child.kill('SIGKILL') }
}

function readiness(child: ChildProcess, written: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL')
      reject(new Error(`the server ${why}: ${written()}`))
    }
    const timer = setTimeout(() => fail('was not ready in time'), PATIENCE)
    const ended = () => {
      clearTimeout(timer)
      fail('ended before it was ready')
    }
    child.once('close', ended)
    child.stdout?.on('data', () => {
      if (!written().includes('Passerelle is ready')) return
      clearTimeout(timer)
      child.off('close', ended)
      resolve()
    })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Job, Outcome } from '../load/job.ts'
import type { Usage } from './probe.ts'

/** A server under measurement. */
export type BenchProcess = {
  /** Where it takes GraphQL requests. */
  url: string
  /** From the start of the process until it said where it listens, in milliseconds. */
  startedIn: number
  usage(): Promise<Usage>
  /** From now on the longest block of the event loop is remembered, until `usage` is asked. */
  watch(): Promise<void>
  stop(): Promise<void>
}

/** Long enough for 30,000 services on a slow machine, in milliseconds. */
const PATIENCE = 180_000
/** A server says its address in a line of its output. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/graphql/

/**
 * Starts a server with the probe in it, and waits until it says its address.
 * @param program the file that node runs, from the project's folder
 * @param nodeOptions options of node itself
 * @throws Error with what it wrote, when it ends before
 */
export async function startServer(
  root: string,
  program: string,
  env: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<BenchProcess> {
  const began = performance.now()
  const child = spawn(process.execPath, [...nodeOptions, '--import', join(root, 'dist/bench/probe.js'), join(root, program)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // As in production, and nothing of this process's own settings.
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', LIMITS: 'off', ...env },
  })
  const url = await addressOf(child, program)
  return {
    url,
    startedIn: performance.now() - began,
    usage: () => ask<Usage>(child, 'usage'),
    watch: () => ask(child, 'watch'),
    stop: () => end(child),
  }
}

/** The load generator's process. */
export function startLoad(root: string): { run(job: Job): Promise<Outcome>; stop(): Promise<void> } {
  const child = spawn(process.execPath, [join(root, 'dist/bench/load.js')], { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return { run: (job) => ask<Outcome>(child, job), stop: () => end(child) }
}

function addressOf(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`${program} ${why}\n${said}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail('does not say where it listens')
    }, PATIENCE)
    const hear = (chunk: Buffer) => {
      said += chunk
      const address = ADDRESS.exec(said)
      if (!address) return
      clearTimeout(timer)
      resolve(address[0])
      // What it says later is no longer read, but must not fill the pipe.
      child.stdout?.removeListener('data', hear).resume()
      child.stderr?.removeListener('data', hear).pipe(process.stderr)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended (${code}) instead of listening`)
    })
  })
}

/** Sends a message and waits for the next one; only one question is under way at a time. */
function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('a process ended while it was measured'))
    child.once('exit', gone)
    child.once('message', (answer) => {
      child.removeListener('exit', gone)
      resolve(answer as T)
    })
    child.send(message)
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

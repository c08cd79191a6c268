import type { CrashPoint } from './context.ts'

/** Ends the process as a power cut would, when it comes to a point for so many times. Null: never, as everywhere but under `npm run faults`. */
export function crasher(at: { point: string; passages: number } | null): (point: CrashPoint) => void {
  if (!at) return () => {}
  let passed = 0
  return (point) => {
    if (point === at.point && ++passed === at.passages) process.kill(process.pid, 'SIGKILL')
  }
}

import { readdir, readFile } from 'node:fs/promises'

/** Clock ticks of a second, in /proc; the kernel shows 100 whatever it uses itself. */
const TICKS = 100

/**
 * CPU time of PostgreSQL's processes so far, in microseconds: what the peers that ask it in each request cost beside their own process.
 * @param postmaster its process, whose children are the connections
 * @returns null where there is no /proc
 */
export async function postgresCpu(postmaster: number | null): Promise<number | null> {
  if (postmaster === null) return null
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const times = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // After the name in parentheses: state, parent, … user and system time (proc(5), fields 14 and 15).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(fields[1]) === postmaster || Number(pid) === postmaster ? Number(fields[11]) + Number(fields[12]) : 0
    }),
  )
  return pids.length === 0 ? null : times.reduce((sum, ticks) => sum + ticks, 0) * (1_000_000 / TICKS)
}

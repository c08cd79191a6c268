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
      // After the name in parentheses: state, parent, … user and system time, and those of children that have ended (proc(5), 14 to 17).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(pid) === postmaster) return sum(fields.slice(11, 15))
      return Number(fields[1]) === postmaster ? sum(fields.slice(11, 13)) : 0
    }),
  )
  return pids.length === 0 ? null : sum(times) * (1_000_000 / TICKS)
}

const sum = (values: readonly (string | number)[]): number => values.reduce<number>((total, value) => total + Number(value), 0)

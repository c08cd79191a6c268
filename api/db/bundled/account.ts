import { access, constants, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartError } from '../start-error.ts'

/** Whom the server runs as. */
export type Account = { uid: number; gid: number }

/** How to start a program as that account. */
export type Launcher = {
  (program: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number }
  /** A folder on the way that the account may not enter by itself. */
  closed?: string
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as whoever owns the data already, else as `postgres` or `nobody`.
 * @param pgdata the folder of the data, which may not exist yet
 * @returns null when the server runs as ourselves
 */
export async function serverAccount(pgdata: string): Promise<Account | null> {
  const self = process.getuid?.()
  const owner = await stat(pgdata).catch(() => null)
  if (self === undefined) return null
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new StartError(`${pgdata} belongs to the user number ${owner.uid}: start as that user, or set DATA_DIR to another folder.`)
    }
    return null
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const account = findUser(passwd, 'postgres') ?? findUser(passwd, 'nobody')
  if (!account) throw new StartError('PostgreSQL does not run as root and there is no user "nobody": start as an ordinary user.')
  return account
}

/** An entry of /etc/passwd: name:password:uid:gid:… */
export function findUser(passwd: string, name: string): Account | null {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((line) => line[0] === name)
  return fields?.[2] && fields[3] ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null
}

/**
 * Root's folders are often closed to others (/root, `mktemp -d`). When the account cannot come to what it needs, the server keeps one
 * capability of root, to pass closed folders; PostgreSQL minds only the user number.
 * @param needed files the server reads and folders it passes through
 */
export async function launcherFor(account: Account | null, needed: string[]): Promise<Launcher> {
  if (!account) return (command, args) => ({ command, args })
  const closed = await firstClosed(account, needed)
  if (!closed) return (command, args) => ({ command, args, ...account })
  const setpriv = await findProgram('setpriv')
  if (!setpriv) throw new StartError(closedTo(closed))
  const { uid, gid } = account
  const privileges = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups']
  // Without no_setuid_fixup the system call access(2), with which PostgreSQL looks at its own programs, ignores the capability.
  const capability = ['--securebits', '+no_setuid_fixup', '--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override']
  const launch: Launcher = (program, args) => ({ command: setpriv, args: [...privileges, ...capability, '--', program, ...args] })
  return Object.assign(launch, { closed })
}

/** What to say when the server cannot come to a folder, be it of the data or of the programs. */
export const closedTo = (folder: string): string =>
  `PostgreSQL does not run as root, and other users may not enter ${folder}: move it or DATA_DIR, or start as an ordinary user.`

const READ = 0o4
const ENTER = 0o1

/** The first folder on the way to one of the paths that the account may not enter. */
async function firstClosed(account: Account, paths: string[]): Promise<string | null> {
  for (const path of paths) {
    for (const step of steps(await realpath(path))) {
      const status = await stat(step)
      const shift = status.uid === account.uid ? 6 : status.gid === account.gid ? 3 : 0
      const wanted = status.isFile() ? READ : ENTER
      if (((status.mode >> shift) & wanted) !== wanted) return step
    }
  }
  return null
}

/** The path and the folders above it, from the root down. */
function steps(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...steps(parent), path]
}

const yes = () => true
const no = () => false

async function findProgram(name: string): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/bin'].filter((folder) => folder.startsWith('/'))
  for (const folder of folders) {
    const program = join(folder, name)
    if (await access(program, constants.X_OK).then(yes, no)) return program
  }
  return null
}

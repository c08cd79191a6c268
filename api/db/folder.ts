import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it, one by one: Node's own recursive mkdir never ends where the system says "no such folder" of a folder
 * that cannot be made (/proc). They are this user's only; root's may be passed through, because its database server is another user.
 * @throws NodeJS.ErrnoException when it cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path)
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    await mkdir(folder, { mode })
  } catch (error) {
    if ((await stat(folder).catch(() => null))?.isDirectory()) return
    const parent = dirname(folder)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error
    await makeFolder(parent)
    await mkdir(folder, { mode }).catch((again: NodeJS.ErrnoException) => {
      // Another process may have made it meanwhile.
      if (again.code !== 'EEXIST') throw again
    })
  }
}

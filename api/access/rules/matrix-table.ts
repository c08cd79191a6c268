import { StaffRole } from '../../db/generated/enums.ts'
import { MATRIX } from './matrix.ts'

const ROLES = Object.values(StaffRole)
const titleOf = (role: string): string => role.charAt(0) + role.slice(1).toLowerCase()

/**
 * The table of who may see what, in Markdown, for docs/access.md. A type that is wholly public is only named; of the others there is a row
 * for each group of fields that the same roles may see.
 */
export function matrixTable(): string {
  const head = ['Type', 'Fields', 'Public', ...ROLES.map(titleOf)]
  const rows: string[][] = []
  const open: string[] = []
  for (const [type, fields] of Object.entries(MATRIX).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const groups = new Map<string, string[]>()
    for (const [name, audience] of Object.entries(fields)) {
      const key = audience === 'EVERYONE' ? audience : [...audience].sort().join()
      groups.set(key, [...(groups.get(key) ?? []), name])
    }
    if (groups.size === 1 && groups.has('EVERYONE')) open.push(`\`${type}\``)
    else {
      for (const [key, names] of groups) {
        const may = (role: string) => (key === 'EVERYONE' || key.split(',').includes(role) ? 'yes' : '')
        const listed = names.sort().map((name) => `\`${name}\``)
        rows.push([`\`${type}\``, listed.join(' '), key === 'EVERYONE' ? 'yes' : '', ...ROLES.map(may)])
      }
    }
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line), '', `Everyone sees the whole of: ${open.join(', ')}.`].join('\n')
}

import type { Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { ImportDoor } from '../rules/door.ts'
import { exportFor } from './export.ts'
import { importsOf, importTold, repeatImport, startImport } from './imports.ts'

export type ImportDoorParts = Pick<Context, 'db' | 'sql' | 'directory' | 'now'> & { viewer: Viewer }

/** What an editor brings in and takes home, for her pages. @param language of the texts in the tables, whose names are the same in each */
export function openImportDoor(parts: ImportDoorParts, language: LanguageCode): ImportDoor {
  return {
    list: () => importsOf(parts),
    find: (id) => importTold(parts, id),
    start: (upload) => startImport(parts, upload),
    repeat: (id) => repeatImport(parts, id),
    async tables() {
      const files = await exportFor('HSDS_CSV', { ...parts, language, today: dayIn(parts.now) })
      return files.map(({ name }) => name)
    },
  }
}

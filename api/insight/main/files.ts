import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Report } from '../rules/demand.ts'
import { csvOf } from './csv.ts'
import { pageOf } from './page.ts'
import { REPORT_WORDS, tablesOf } from './tables.ts'

/** The files of a report by name: the same for the same data, to the byte. */
export function filesOf(report: Report, directory: Snapshot, language: LanguageCode): ReadonlyMap<string, string> {
  const { withheld } = REPORT_WORDS[language]
  const tables = tablesOf(report, directory, language)
  return new Map([
    ['index.html', pageOf(report, tables, language)],
    ...Object.values(tables).map((table) => [`${table.name}.csv`, csvOf(table, withheld)] as const),
  ])
}

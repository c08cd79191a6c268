import type { Cell, ReportTable } from './tables.ts'
import { labelOf } from './tables.ts'

/** Without it Excel takes a file for Windows-1252, and every accent goes wrong. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * A table as comma-separated values (RFC 4180), UTF-8 with a byte order mark.
 * @param withheld what stands for a count that is not shown
 */
export function csvOf({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>, withheld: string): string {
  const text = (cell: Cell): string =>
    cell === null ? '' : typeof cell !== 'object' ? String(cell) : cell.shown === 'WITHHELD' ? withheld : labelOf(cell)
  return `${BYTE_ORDER_MARK}${[columns, ...rows].map((row) => row.map((cell) => quoted(text(cell))).join(',')).join('\r\n')}\r\n`
}

/** A spreadsheet takes what begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function quoted(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** One row of a table as it was written: `line` is where it begins in the file, from 1. */
export type CsvRow = { line: number; cells: string[] }

/** Without it Excel takes a file for Windows-1252, and every accent goes wrong. */
const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet takes for a formula; with so many apostrophes before it, it takes it for text. */
const FORMULA = /^'*[=+\-@\t\r]/
/** Numbers, phone numbers and coordinates begin so as well, and can do nothing. */
const HARMLESS = /^[+-]?[\d\s./(),-]*$/

/**
 * Rows as a file that Excel in Belgium opens by a double click: UTF-8 with a byte order mark, and semicolons. Other programs, and the tables of
 * HSDS, have commas.
 */
export function csvOf(rows: readonly (readonly (string | null)[])[], delimiter: ';' | ',' = ';'): string {
  return `${BYTE_ORDER_MARK}${rows.map((row) => `${row.map((cell) => quoted(cell ?? '', delimiter)).join(delimiter)}\r\n`).join('')}`
}

function quoted(text: string, delimiter: string): string {
  const plain = isFormula(text) ? `'${text}` : text
  return /["\r\n;,\t]/.test(plain) || plain.includes(delimiter) || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain
}

const isFormula = (text: string): boolean => FORMULA.test(text) && (text.startsWith("'") || !HARMLESS.test(text))

/** The text of a cell without the apostrophe that kept a spreadsheet from reading it as a formula. */
const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text)

/** Of one table: more are not read, so that no file fills the memory. The longest that is taken has 20,000 records with ten parts each. */
export const MOST_LINES = 200_001
/** Of one row; the widest table has 20. */
const MOST_CELLS = 1_000

/**
 * The rows of a table (RFC 4180), cut by whatever its first line is cut by: semicolon, comma or tab. Rows without any text are left out, and those
 * behind `MOST_LINES`.
 * @returns where a quoted cell begins that never ends, if there is one
 */
export function parseCsv(text: string): { rows: CsvRow[]; openQuote: number | null } {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  // For Excel, many programs write down first what cuts the rows.
  const [told = '', named] = /^sep=([;,\t])\r?\n/i.exec(content) ?? []
  const delimiter = named ?? delimiterOf(content)
  const rows: CsvRow[] = []
  let cells: string[] = []
  let [line, began, at] = told === '' ? [1, 1, 0] : [2, 2, told.length]
  const endRow = () => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: began, cells })
    cells = []
  }
  while (at <= content.length && rows.length <= MOST_LINES) {
    let cell = ''
    if (content[at] === '"') {
      const opened = line
      for (at++; ; at++) {
        const next = content.indexOf('"', at)
        if (next === -1) return { rows, openQuote: opened }
        cell += content.slice(at, next)
        at = next + 1
        if (content[at] !== '"') break
        cell += '"'
      }
      line += cell.split('\n').length - 1
    }
    // What stands behind a closing quote belongs to the cell, as spreadsheets read it.
    const end = endOfCell(content, at, delimiter)
    cell += content.slice(at, end)
    if (cells.length < MOST_CELLS) cells.push(unguarded(cell.replaceAll('\r\n', '\n')))
    at = end
    if (content[at] === delimiter) {
      at++
      continue
    }
    endRow()
    if (at >= content.length) break
    at += content[at] === '\r' && content[at + 1] === '\n' ? 2 : 1
    line++
    began = line
  }
  return { rows, openQuote: null }
}

function endOfCell(content: string, from: number, delimiter: string): number {
  for (let at = from; at < content.length; at++) {
    const letter = content[at]
    if (letter === delimiter || letter === '\n' || letter === '\r') return at
  }
  return content.length
}

/** Whichever stands most often in the first line, outside of quotes. */
function delimiterOf(content: string): string {
  const [first = ''] = content.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const count = (delimiter: string) => first.split(delimiter).length
  return [';', ',', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

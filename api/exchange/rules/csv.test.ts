import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, MOST_LINES, parseCsv } from './csv.ts'
import { openFiles } from './text.ts'

const cells = (text: string) => parseCsv(text).rows.map((row) => row.cells)

describe('a table', () => {
  test('comes back as it was written, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', "'=1", '-5', '+32 4 222', '@a', 'a;b', 'a,b', '"', 'a\nb', ' x ', 'é', '\t=1'),
    )
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.constantFrom(';', ','), (table, delimiter) => {
        const head = ['a', 'b', 'c', 'd']
        const sent = [head, ...table.map((row) => head.map((_name, index) => (row[index] ?? '').replaceAll('\r\n', '\n')))]
        const back = cells(csvOf(sent, delimiter as ';' | ','))
        expect(back).toEqual(sent.filter((row) => row.some((one) => one.trim() !== '')))
      }),
    )
  })

  test('is read as far as anybody could want it', () => {
    expect(parseCsv('a\n'.repeat(1_000_000)).rows.length).toBe(MOST_LINES + 1)
    expect(parseCsv(`a${';'.repeat(1_000_000)}`).rows[0]?.cells.length).toBe(1_000)
  })

  test('is cut as its first line tells Excel', () => {
    expect(parseCsv('sep=,\r\na;b,c\r\n1;2,3').rows).toEqual([
      { line: 2, cells: ['a;b', 'c'] },
      { line: 3, cells: ['1;2', '3'] },
    ])
  })

  test.each([
    ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+cmd|x', "'-2+cmd|x"],
    ['+32 4 222 00 00', '+32 4 222 00 00'],
    ['-5.25', '-5.25'],
    ["'=1", "''=1"],
  ])('no spreadsheet takes %s for a formula', (text, written) => {
    expect(csvOf([['a', text]])).toBe(`\uFEFFa;${written}\r\n`)
  })

  test.each([
    ['semicolons', 'a;b\r\n1;2\r\n'],
    ['commas', 'a,b\n1,2'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['old line ends', 'a;b\r1;2\r'],
    ['a byte order mark', '\uFEFFa;b\n1;2\n'],
    ['rows without anything', 'a;b\n;\n\n1;2\n ; \n'],
  ])('may have %s', (_what, text) => {
    expect(cells(text)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('knows in which line of the file a row begins', () => {
    expect(parseCsv('a;b\n"one\ntwo";x\n\ny;z').rows.map(({ line }) => line)).toEqual([1, 2, 5])
  })

  test('tells where a quotation mark opens that never closes', () => {
    expect(parseCsv('a;b\n1;2\n"x;y\nz').openQuote).toBe(3)
    expect(parseCsv('a;"b ""c"""\n').openQuote).toBeNull()
  })
})

describe('a file', () => {
  const bytes = (...values: number[]) => new Uint8Array(values)
  const open = (name: string, content: Uint8Array) => openFiles([{ name, bytes: content }])

  test.each([
    ['UTF-8', new TextEncoder().encode('é;b'), []],
    ['Windows-1252, as Excel saves it', bytes(0xe9, 0x3b, 0x62), ['windows-1252']],
    ['UTF-16, as Excel saves Unicode', bytes(0xff, 0xfe, 0xe9, 0, 0x3b, 0, 0x62, 0), ['utf-16le']],
  ])('is read as %s', (_name, content, told) => {
    const { files, notes, problems } = open('a.csv', content)
    expect([files[0]?.text, notes.map(({ value }) => value), problems]).toEqual(['é;b', told, []])
  })

  test.each([
    ['JSON that is not UTF-8', 'a.json', bytes(0x22, 0xe9, 0x22)],
    ['a zip, such as a workbook', 'a.xlsx', bytes(0x50, 0x4b, 3, 4, 0, 0, 0x81)],
    ['zeroes', 'a.csv', bytes(0x61, 0, 0x62)],
  ])('is not read: %s', (_what, name, content) => {
    expect(open(name, content)).toMatchObject({ files: [], problems: [{ code: 'file_unreadable', row: 1 }] })
  })
})

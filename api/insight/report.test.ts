import { readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../scripts/chromium.mjs'
import type { LanguageCode } from '../db/generated/enums.ts'
import { workingMs } from '../desk/rules/working-time.ts'
import type { Line } from '../directory/snapshot.ts'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { pastYear } from '../testing/demand.ts'
import { handOver, makePartner } from '../testing/partners.ts'
import { readReport } from './actions/demand.ts'
import { csvOf } from './main/csv.ts'
import { filesOf } from './main/files.ts'
import { delayOf } from './rules/demand.ts'

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const LANGUAGES = ['FR', 'DE', 'NL', 'EN'] as const
const YEAR = { from: '2026-01-01', to: '2026-12-31' }

let app: TestApp
let browser: Browser
beforeAll(async () => {
  app = await createTestApp()
  await pastYear(app)
  await makePartner(app)
  // One whose data are all there.
  const { requestId } = await handOver(app, { object: 'Bernadette Sentinelle a besoin d’aide', phone: '+32470987654' })
  await app.db.callbackRequest.update({ where: { id: requestId }, data: { reference: '7KM4QX9TQ', status: 'ESCALATED' } })
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function report(language: LanguageCode = 'FR', period = YEAR): Promise<ReadonlyMap<string, string>> {
  const directory = app.directory.current()
  return filesOf(await readReport({ sql: app.sql, directory }, period), directory, language)
}

/** Reads a file as RFC 4180 has it, character by character. */
function parsed(file: string): string[][] {
  expect(file.startsWith('\uFEFF')).toBe(true)
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const text = file.slice(1)
  for (let at = 0; at < text.length; at++) {
    const one = text[at]
    if (quoted) {
      if (one !== '"') cell += one
      else if (text[at + 1] === '"') cell += text[++at]
      else quoted = false
    } else if (one === '"') quoted = true
    else if (one === ',') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (one === '\r' && text[at + 1] === '\n') {
      at++
      rows.at(-1)?.push(cell)
      cell = ''
      rows.push([])
    } else cell += one
  }
  expect(rows.pop()).toEqual([])
  return rows
}

describe('the files', () => {
  test('are a page and tables with as many cells in each row as there are headers, in words', async () => {
    const files = await report()
    expect([...files.keys()].sort()).toEqual(
      `communes-unmet.csv communes.csv delays.csv index.html needs-communes.csv needs-outcomes.csv needs-unmet.csv needs-weeks.csv needs.csv
      outcomes.csv partners.csv returned.csv said.csv unmet.csv weeks.csv`.split(/\s+/),
    )
    for (const [name, content] of files) {
      if (!name.endsWith('.csv')) continue
      const [head = [], ...rows] = parsed(content)
      expect(rows.length, name).toBeGreaterThan(0)
      for (const row of rows) expect(row, name).toHaveLength(head.length)
      if (['delays.csv', 'partners.csv'].includes(name)) continue
      for (const row of rows) expect(row.at(-1), name).toMatch(/^([05-9]|[1-9]\d+|<5|non montré)$/)
    }
    expect(parsed(files.get('needs-communes.csv') ?? '')[0]).toEqual(['Besoin', 'Commune', 'Code INS', 'Demandes'])
  })

  test('give the same numbers in each table: what is shown of a need is no more than all of it', async () => {
    const files = await report()
    const numbers = (name: string) =>
      parsed(files.get(name) ?? '')
        .slice(1)
        .map((row) => ({ of: row[0] as string, count: Number(row.at(-1)) }))
    const food = numbers('needs.csv').find(({ of }) => of === 'Alimentation')?.count as number
    expect(food).toBeGreaterThan(200)
    for (const name of ['needs-communes.csv', 'needs-weeks.csv', 'needs-outcomes.csv']) {
      const shown = numbers(name).filter(({ of, count }) => of === 'Alimentation' && !Number.isNaN(count))
      const sum = shown.reduce((total, { count }) => total + count, 0)
      expect(sum, name).toBeGreaterThan(food / 3)
      expect(sum, name).toBeLessThanOrEqual(food)
    }
  })

  test('tell what partners made of it, and what people said of that', async () => {
    const files = await report('EN')
    expect(parsed(files.get('partners.csv') ?? '')).toEqual([
      ['Time until', 'Half of them, in minutes', 'Nine tenths, in minutes'],
      ['Answer: whether it takes the case', expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)],
      ['Outcome', expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)],
    ])
    expect(parsed(files.get('returned.csv') ?? '').slice(1)).toEqual([
      ['Refused by the partner', '9'],
      ['Given up by the partner', '7'],
      ['Passed to another partner', '<5'],
      ['Agreement withdrawn or data erased', '<5'],
    ])
    expect(parsed(files.get('said.csv') ?? '').slice(1)).toEqual([
      ['Was contacted', '90'],
      ['It was useful', '70'],
      ['Still needs help', '10'],
    ])
  })

  test('count everybody of a year, and how long she waited as the line’s working time has it', async () => {
    const directory = app.directory.current()
    const { requests, delays } = await readReport({ sql: app.sql, directory }, YEAR)
    const rows = await app.db.callbackRequest.findMany({ include: { attempts: { orderBy: { at: 'asc' }, take: 1 } } })
    expect(requests.total.value).toBe(rows.length)
    const waits = rows.flatMap(({ lineId, needCode, requestedAt, attempts: [first] }) =>
      first
        ? [{ need: needCode, minutes: workingMs(directory.linesById.get(lineId) as Line, requestedAt, first.at) / 60_000, count: 1 }]
        : [],
    )
    expect(waits.length).toBeGreaterThan(1_000)
    expect(waits.filter(({ minutes }) => minutes > 60).length).toBeGreaterThan(100)
    expect(delays.total).toEqual(delayOf(waits))
    const food = requests.groups.findIndex(({ need }) => need === 'food')
    expect(delays.groups[food]).toEqual(delayOf(waits.filter(({ need }) => need === 'food')))
    expect(delays.weeks.size).toBeGreaterThan(20)
  })

  test('are the same again, to the byte', async () => {
    expect([...(await report('DE'))]).toEqual([...(await report('DE'))])
  })

  test('hold nothing that a person left, and no id', async () => {
    const all = [...(await report()).values()].join('\n')
    expect(all).toContain('Alimentation')
    for (const word of ['Sentinelle', 'Bernadette', 'Ada', 'Dupont', '470987654', '0470', '7KM4QX9TQ', '7KM-4QX-9TQ']) {
      expect(all).not.toContain(word)
    }
    const ids = (await app.db.callbackRequest.findMany({ select: { id: true } })).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(1_000)
    expect(ids.filter((id) => all.includes(id))).toEqual([])
    expect(all).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
  })

  test('of a time in which nobody asked say so', async () => {
    const files = await report('EN', { from: '2020-01-01', to: '2020-01-31' })
    expect(files.get('index.html')).toContain('There is nothing to show for this period.')
    expect(parsed(files.get('needs.csv') ?? '')).toEqual([['Need', 'Requests']])
  })
})

test('what a cell holds comes back as it was, and a spreadsheet takes nothing for a formula', () => {
  const rows = [
    ['a "word", and\r\nmore', 5],
    ['=1+1', { shown: 'FEW', value: null }],
    ['é', { shown: 'WITHHELD', value: null }],
    [null, 0],
  ] as const
  expect(parsed(csvOf({ columns: ['A', 'B'], rows }, 'not shown'))).toEqual([
    ['A', 'B'],
    ['a "word", and\r\nmore', '5'],
    ["'=1+1", '<5'],
    ['é', 'not shown'],
    ['', '0'],
  ])
})

describe('the page', () => {
  test('needs nothing but itself', async () => {
    const page = (await report()).get('index.html') as string
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/)
    expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to]) => to).filter((to) => !/^[a-z-]+\.csv$/.test(to ?? ''))).toEqual([])
    expect(page).toContain("default-src 'none'")
  })

  test.each(LANGUAGES.flatMap((language) => [1280, 390].map((width) => [language, width] as const)))(
    'in %s, %i pixels wide, is well-formed and has nothing that axe finds',
    { timeout: 60_000 },
    async (language, width) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: width > 1_000 ? 'light' : 'dark',
        bypassCSP: true,
      })
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.setContent((await report(language)).get('index.html') as string)
      await page.evaluate(AXE)
      const found = await page.evaluate(async () => {
        const { violations } = await (globalThis as any).axe.run(document)
        const plots = [...document.querySelectorAll('svg')]
        const within = (one: Element, frame: DOMRect) => {
          const { left, right } = one.getBoundingClientRect()
          return left >= frame.left - 1 && right <= frame.right + 1
        }
        return {
          faults: violations.map(({ id }: { id: string }) => id),
          isWide: document.documentElement.scrollWidth > innerWidth,
          plots: plots.map((plot) => plot.querySelectorAll('rect, circle').length),
          unnamed: plots.filter((plot) => !plot.querySelector('title')?.textContent || !plot.querySelector('desc')?.textContent).length,
          // Words that leave their plot.
          outside: plots.flatMap((plot) =>
            [...plot.querySelectorAll('text')]
              .filter((text) => !within(text, plot.getBoundingClientRect()))
              .map(({ textContent }) => textContent),
          ),
          tables: document.querySelectorAll('section .pair table').length,
        }
      })
      expect(found).toMatchObject({ faults: [], isWide: false, unnamed: 0, outside: [], tables: 9 })
      expect(found.plots).toHaveLength(9)
      expect(Math.min(...found.plots)).toBeGreaterThan(1)
      expect([errors, asked]).toEqual([[], []])
      await context.close()
    },
  )
})

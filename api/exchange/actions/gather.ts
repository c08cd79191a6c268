import type { Tx } from '../../editing/actions/documents/parts.ts'

type Row = Record<string, unknown>

/** What writing a record asks of a table. */
const NOTHING_THERE: Readonly<Record<string, () => Promise<unknown>>> = {
  deleteMany: () => Promise.resolve({ count: 0 }),
  findMany: () => Promise.resolve([]),
}

/**
 * A transaction for records that are not in the tables yet: what is written goes on a heap, and `flush` stores the heap in one statement for each
 * table. So the editors' own door (`writeDocument`) writes 10,000 records in a few hundred statements instead of 150,000.
 */
export function gathering(tx: Tx): { tx: Tx; flush(): Promise<void> } {
  /** In the order in which tables were first written to: a row comes after the one that it belongs to. */
  const heap = new Map<string, Row[]>()
  const add = (table: string, rows: readonly Row[]) => {
    const known = heap.get(table)
    if (known) known.push(...rows)
    else heap.set(table, [...rows])
    return Promise.resolve({ count: rows.length })
  }
  const tableOf = (table: string) =>
    new Proxy(
      {},
      {
        get(_none, verb: string) {
          if (verb === 'upsert') return ({ create }: { create: Row }) => add(table, [create])
          if (verb === 'createMany') return ({ data }: { data: Row[] }) => add(table, data)
          const nothing = NOTHING_THERE[verb]
          if (!nothing) throw new Error(`${table}.${verb} is not known of records that are not there`)
          return nothing
        },
      },
    )
  return {
    tx: new Proxy({} as Tx, { get: (_none, table: string) => tableOf(table) }),
    async flush() {
      for (const [table, data] of heap) {
        const model = tx[table as 'service'] as unknown as { createMany(wanted: { data: Row[] }): Promise<unknown> }
        for (let from = 0; from < data.length; from += MOST_ROWS) await model.createMany({ data: data.slice(from, from + MOST_ROWS) })
      }
      heap.clear()
    },
  }
}

/** Rows of one statement: PostgreSQL takes 65,535 values in one, and the broadest table has 20 columns. */
const MOST_ROWS = 2_000

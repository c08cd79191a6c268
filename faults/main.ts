import { parseArgs } from 'node:util'
import { isGood, print } from './report.ts'
import { runFaults } from './run.ts'

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '30' },
    clients: { type: 'string', default: '20' },
    seed: { type: 'string' },
    external: { type: 'boolean', default: false },
  },
})
const number = (name: 'cycles' | 'clients' | 'seed', text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a number.`)
  return Number(text)
}

const report = await runFaults({
  cycles: number('cycles', values.cycles),
  clients: number('clients', values.clients),
  seed: number('seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000))),
  database: values.external ? 'external' : 'bundled',
  say: console.log,
})
print(report, console.log)
process.exit(isGood(report) ? 0 : 1)

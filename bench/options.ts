/** What is measured, by its letter. */
export const CASES = {
  a: 'node:http, ready JSON (the limit)',
  b: 'one SQL with json_agg, node:http',
  c: 'mercurius, JIT, hand-written SQL',
  d: 'Apollo Server, Prisma',
  e: 'this API, the same query again',
  f: 'this API, every query different',
  g: 'this API, findAid, every situation different',
  h: 'this API, requests to be called back',
} as const
export type Letter = keyof typeof CASES

export type Options = {
  only: readonly Letter[]
  /** Services of each directory that is made; the first one is for the comparison with the peers. */
  services: readonly number[]
  /** Rounds over everything; the table has their medians. */
  rounds: number
  /** Of load for each case in each round. */
  seconds: number
  /** Of load before anything is measured. */
  warmUp: number
  quick: boolean
  /** Whether this API's processes write a CPU profile, which costs them some speed. */
  profile: boolean
}

const FULL = { services: [300, 3_000, 30_000], rounds: 5, seconds: 1.5, warmUp: 1.5 }
/** Shows that everything works; its figures say little. */
const QUICK = { services: [300], rounds: 1, seconds: 0.5, warmUp: 0.5 }

/**
 * Reads the command line: `--quick`, `--only=e,f`, `--services=300,3000`, `--profile`.
 * @throws Error with one line for an argument that is not understood
 */
export function readOptions(args: readonly string[]): Options {
  const quick = args.includes('--quick')
  const options: Options = { ...(quick ? QUICK : FULL), only: lettersOf(Object.keys(CASES)), quick, profile: args.includes('--profile') }
  for (const arg of args) {
    const [name, value = ''] = arg.split('=')
    if (arg === '--quick' || arg === '--profile') continue
    if (name === '--only') options.only = lettersOf(value.split(','))
    else if (name === '--services') options.services = value.split(',').map(sizeOf)
    else throw new Error(`“${arg}” is not understood: there are --quick, --only=a,b,c,d,e,f,g,h, --services=300,3000,30000 and --profile.`)
  }
  return options
}

const lettersOf = (names: readonly string[]): Letter[] =>
  names.map((name) => {
    if (name in CASES) return name as Letter
    throw new Error(`“${name}” is none of the cases ${Object.keys(CASES).join(', ')}.`)
  })

function sizeOf(text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 50 || size > 100_000) throw new Error(`“${text}” services: it must be a number from 50 to 100000.`)
  return size
}

/**
 * Builds the widgets' bundles: one self-contained file a bundle, and one small file a language beside them.
 *
 *     node scripts/build-widgets.mjs [folder]      (default: dist/widgets/v1)
 *
 * No shared chunk: a second copy of Lit crashes under Trusted Types, and SRI does not cover a chunk.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const WIDGETS = fileURLToPath(new URL('../widgets', import.meta.url))

/** Each file a page may ask for, and where it starts. */
export const BUNDLES = {
  'passerelle.js': 'passerelle.ts',
  'passerelle-callback.js': 'callback/define.ts',
  'passerelle-finder.js': 'finder/define.ts',
  'passerelle-desk.js': 'desk/define.ts',
  'strings.de.js': 'shared/strings/de.ts',
  'strings.nl.js': 'shared/strings/nl.ts',
  'strings.en.js': 'shared/strings/en.ts',
  'desk.de.js': 'desk/strings/de.ts',
  'desk.nl.js': 'desk/strings/nl.ts',
  'desk.en.js': 'desk/strings/en.ts',
  'follow.js': 'callback/follow.ts',
  'solve.js': 'callback/solve.ts',
  'cases.js': 'desk/cases.ts',
  'passerelle-workshop.js': 'workshop/define.ts',
  'workshop.de.js': 'workshop/strings/de.ts',
  'workshop.nl.js': 'workshop/strings/nl.ts',
  'workshop.en.js': 'workshop/strings/en.ts',
  'preview.js': 'workshop/preview.ts',
}

/** For the staff: their budgets leave room for names as they are. */
const STAFF = ['passerelle-desk.js', 'passerelle-workshop.js']

/** What stays outside the bundles and is found beside them: the other languages, the steps of the callback that few people need, and the page of cases. */
const filesBeside = {
  name: 'files-beside',
  enforce: 'pre',
  resolveId(id, importer, { kind }) {
    if (kind !== 'dynamic-import') return
    const [, language, step] = /\/strings\/(\w\w)\.ts$|^\.\/(follow|solve|cases)\.ts$/.exec(id) ?? []
    const [, texts = 'strings'] = /[\\/](desk|workshop)[\\/]\w+\.ts$/.exec(importer ?? '') ?? []
    if (language || step) return { id: `./${step ?? `${texts}.${language}`}.js`, external: 'relative' }
  },
}

/**
 * Names that are nobody's but ours and Lit's, and become shorter: methods and fields of the elements, never of an answer or a page. Those
 * that stand in a list of strings (`properties`, `state`) cannot be among them.
 */
export const OURS =
  /^(_[a-z$].*|focus(On|ed)|needsFallback|willUpdate|renderRoot|updateComplete|requestUpdate|exposed|langOf|heading|emit|resume|life|leave|sender|concernedNeed|needKnown|onlyLine|chosenLine|gated|beSafe|ask|fail|view|show|choose)$/

/** Names the set of texts and what the bundles lend, so that a bundle never takes a file from beside it that belongs to another one. */
const edition = async () => {
  const names = (await readFile(join(WIDGETS, 'shared/strings/fr.ts'), 'utf8')).match(/^ *\w+:/gm)
  const lent = await Promise.all(['callback/later.ts', 'desk/lent.ts'].map((file) => readFile(join(WIDGETS, file))))
  return createHash('sha256').update(String(names)).update(Buffer.concat(lent)).digest('base64url').slice(0, 6)
}

const editionOfTexts = {
  name: 'edition-of-texts',
  enforce: 'pre',
  async transform(code, id) {
    if (/\/strings\/\w+\.ts$/.test(id)) return code.replace("'source'", `'${await edition()}'`)
  },
}

/** Style sheets and GraphQL documents without the spaces that people need, and documents as plain strings. */
const smallTexts = {
  name: 'small-texts',
  enforce: 'pre',
  transform(code, id) {
    if (/\/widgets\/.*\.ts$/.test(id)) return code.replace(/css`[^`]*`/g, smallCss)
    if (/\/schema\/generated\/.*\.ts$/.test(id)) {
      return code
        .replace(/export class TypedDocumentString[\s\S]*?\n}\n/, '')
        .replace(/new TypedDocumentString\((`[^`]*`)(?:, \{[^}]*\})?\)( as [^;]*)?/g, (_, text) =>
          tight(text, '{}():,!`').replace(/\.\.\. /g, '...'),
        )
    }
  },
}

/**
 * Our own custom properties (`--_…`, which no page sets) also get shorter names, the same in every sheet and at every build: in the order
 * in which the shared sheet names them first.
 */
const shortNames = new Map(
  [...new Set(readFileSync(join(WIDGETS, 'shared/tokens.ts'), 'utf8').match(/--_[\w-]+/g))].map((name, index) => [
    name,
    `--_${index.toString(36)}`,
  ]),
)
const smallCss = (css) =>
  tight(css, '{};,')
    .replace(/[^{}]+\{/g, (selector) => selector.replace(/ ?([+~>]) ?/g, '$1'))
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .replace(/(?<![\w.])0(?=\.\d)/g, '')
    .replace(/--_[\w-]+/g, (name) => shortNames.get(name) ?? name)

const tight = (text, marks) => text.replace(/\s+/g, ' ').replace(new RegExp(` ?([${marks}]) ?`, 'g'), '$1')

/**
 * Parts of Lit's templates that no template here can reach: the door for polyfills of 2019 and the list of versions (the tags are guarded
 * by `define`), and templates inside `<svg>` or `<math>`. The text must be there to the letter: a new version of Lit that changed it stops
 * the build, and somebody looks.
 */
const UNREACHED = [
  ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const ', ''],
  ['2===i?"<svg>":3===i?"<math>":""', '""'],
  ['(2===i?"</svg>":3===i?"</math>":"")', '""'],
  [
    'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(',
    'this.el=S.createElement(f,e);P.currentNode=this.el.content;for(',
  ],
]
const onlyWhatIsReached = {
  name: 'only-what-is-reached',
  transform(code, id) {
    if (!/\/lit-html\/lit-html\.js$/.test(id)) return
    for (const [unreached, instead] of UNREACHED) {
      if (!code.includes(unreached)) throw new Error(`Lit has changed: ${unreached}`)
      code = code.replace(unreached, instead)
    }
    return code
  },
}

/** After the minifier, line ends are left only inside Lit's templates: nothing is lost beside a tag or a hole, elsewhere a space does. */
const flatTemplates = {
  name: 'flat-templates',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type === 'chunk')
        file.code = file.code
          .replace(/\/\*( @__PURE__ |\*[\s\S]*?@license[\s\S]*?)\*\//g, '')
          .trim()
          .replace(/(?<=>)\n\s*|\n\s*(?=[<`]|\$\{)/g, '')
          .replace(/\n\s*/g, ' ')
          .replace(/\\xA0/g, '\u00a0')
    }
  },
}

/** @param {{ outDir: string, only?: string[] }} options */
export async function buildWidgets({ outDir, only = Object.keys(BUNDLES) }) {
  await mkdir(outDir, { recursive: true })
  for (const name of only) {
    await build({
      configFile: false,
      root: WIDGETS,
      logLevel: 'warn',
      publicDir: false,
      // Named here because Vite would add Lit's development build wherever NODE_ENV is not "production" (in a test, say).
      resolve: { conditions: ['browser', 'module'] },
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [filesBeside, editionOfTexts, smallTexts, onlyWhatIsReached, flatTemplates],
      build: {
        outDir,
        emptyOutDir: false,
        // What iOS 15, Chrome 90 and Firefox ESR 102 read: no static blocks (private names would become WeakMaps, so there are none).
        target: 'es2021',
        minify: true,
        copyPublicDir: false,
        lib: { entry: join(WIDGETS, BUNDLES[name]), formats: ['es'], fileName: () => name },
        rolldownOptions: {
          output: {
            codeSplitting: false,
            // Names with an underscore are nobody's but ours and Lit's: methods and fields of the elements, never of an answer or a page.
            // A file from beside meets the bundle under the names that the source has.
            minify: {
              compress: true,
              mangle: true,
              codegen: { removeWhitespace: true },
              mangleProps: name.startsWith('passerelle') && !STAFF.includes(name) ? { include: OURS } : undefined,
            },
            comments: { legal: false },
            postBanner: name.startsWith('passerelle')
              ? '/*! Passerelle, EUPL-1.2. Contains Lit, BSD-3-Clause, (c) Google LLC. */'
              : undefined,
          },
        },
      },
    })
    if (name.startsWith('strings')) await writeLanguage(join(outDir, name))
  }
}

/** A language's file holds only the words, in the order of the French names: the bundle has those already. */
async function writeLanguage(file) {
  const { edition, common, callback, finder } = await import(`${pathToFileURL(file)}?${Date.now()}`)
  const words = Object.entries({ common, callback, finder }).map(([name, texts]) => `${name}=${JSON.stringify(Object.values(texts))}`)
  await writeFile(file, `export const edition='${edition}',${words}`)
}

/** Bytes after brotli, as a server sends them. */
export async function brotliSize(file) {
  return brotliCompressSync(await readFile(file)).length
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outDir = resolve(process.argv[2] ?? 'dist/widgets/v1')
  await buildWidgets({ outDir })
  for (const name of Object.keys(BUNDLES)) console.log(name.padEnd(24), await brotliSize(join(outDir, name)), 'bytes (brotli)')
}

import { importOf, importsOf, reportOf } from '../actions/imports.ts'
import type * as enums from '../../db/generated/enums.ts'
import { ContentKindEnum } from '../../editing/graphql/record.ts'
import { builder } from '../../graphql/builder.ts'
import type { ImportView } from '../rules/door.ts'
import type { ImportProblem } from '../rules/entry.ts'
import type { Outcome } from '../rules/entry.ts'
import { noteSentence, problemSentence, type Report, type ReportRow } from '../rules/report.ts'

const ImportFormatEnum = builder.enumType('ImportFormat', {
  description: 'What is brought in at once.',
  values: {
    HSDS_JSON: { description: 'Services, organizations and places as HSDS 3.1 nests them, in JSON.' },
    HSDS_CSV: { description: 'The same as tables, one file each: the data package of HSDS 3.1.' },
    QUESTIONS: { description: 'Questions and answers as a spreadsheet.' },
  } satisfies Record<enums.ImportFormat, object>,
})
const ImportStateEnum = builder.enumType('ImportState', {
  description: 'How far an import is.',
  values: {
    WAITING: { description: 'It begins in a moment.' },
    RUNNING: { description: 'It is being read or stored.' },
    DONE: { description: 'All of it is stored; of a trial: nothing stands in its way.' },
    REFUSED: { description: 'Something in it is wrong: nothing was changed.' },
    FAILED: { description: 'The server could not do it: nothing was changed.' },
  } satisfies Record<enums.ImportState, object>,
})
const ImportOutcomeEnum = builder.enumType('ImportOutcome', {
  description: 'What becomes of a record.',
  values: {
    MADE: { description: 'It is new.' },
    CHANGED: { description: 'Some of its values change.' },
    UNCHANGED: { description: 'It says what it said: it is left alone.' },
    WRONG: { description: 'It cannot be taken: nor is any other record of the import.' },
  } satisfies Record<Outcome, object>,
})

const ImportProblemType = builder.objectRef<ImportProblem>('ImportProblem').implement({
  description: 'What is wrong in a file, and where.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'Name of the file.' }),
    row: t.exposeInt('row', { description: 'Line of a table, or place in a list of JSON; from 1.' }),
    column: t.exposeString('column', {
      nullable: true,
      description: 'The value, by its name in the file; null: the row or the file as a whole.',
    }),
    code: t.exposeString('code', { description: 'Stable, for programs: required, unknown, row_changed, column_unknown …' }),
    message: t.string({
      description: 'What to tell the person.',
      resolve: (problem, _args, { languages }) => problemSentence(problem, languages),
    }),
  }),
})

const ImportRowType = builder.objectRef<ReportRow>('ImportRow').implement({
  description: 'A record of an import, and what becomes of it.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'Name of the file.' }),
    row: t.exposeInt('row', { description: 'Line of a table, or place in a list of JSON; from 1.' }),
    outcome: t.field({ type: ImportOutcomeEnum, description: 'What becomes of it.', resolve: ({ outcome }) => outcome }),
    kind: t.field({ type: ContentKindEnum, description: 'What it is.', resolve: ({ kind }) => kind }),
    record: t.exposeID('id', { nullable: true, description: 'Id of the record, which is there once the import is stored.' }),
    slug: t.exposeString('slug', { nullable: true, description: 'Its short name in addresses.' }),
    title: t.exposeString('title', { description: 'What the file calls it; may be empty.' }),
    changed: t.exposeStringList('changed', { description: 'The values that change, by their names in the file.' }),
    problems: t.field({ type: [ImportProblemType], description: 'What is wrong; the first of it.', resolve: ({ problems }) => problems }),
    lacks: t.field({
      type: [ImportProblemType],
      description: 'What it lacks before it can be published; no draft needs it.',
      resolve: ({ lacks }) => lacks,
    }),
  }),
})

/** An import with its report, which is read when it is asked for, once. */
type Shown = ImportView & { report(): Promise<Report | null> }

const count = (description: string, of: (report: Report) => number) => ({ description, of })
const COUNTS = {
  made: count('New records; 0 until it is known.', ({ counts }) => counts.MADE),
  changed: count('Records that change.', ({ counts }) => counts.CHANGED),
  unchanged: count('Records that are left alone.', ({ counts }) => counts.UNCHANGED),
  wrong: count('Records that cannot be taken.', ({ counts }) => counts.WRONG),
  lacking: count('Records that could not be published as they are.', ({ lacking }) => lacking),
  problemCount: count('All that is wrong, of which the first part is told.', ({ problemCount }) => problemCount),
}

const ContentImportType = builder.objectRef<Shown>('ContentImport').implement({
  description: 'Files that were brought in (`POST /exchange/imports`), and what became of them: all rows, or none.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable.' }),
    format: t.field({ type: ImportFormatEnum, description: 'What it is.', resolve: ({ format }) => format }),
    names: t.exposeStringList('names', { description: 'What the files are called.' }),
    dryRun: t.exposeBoolean('dryRun', { description: 'A trial: all is done, and undone.' }),
    publish: t.exposeBoolean('publish', { description: 'Published at once; false: as drafts.' }),
    state: t.field({ type: ImportStateEnum, description: 'How far it is.', resolve: ({ state }) => state }),
    done: t.exposeInt('done', { description: 'Records done.' }),
    total: t.exposeInt('total', { description: 'Records in all; 0 until it is known.' }),
    by: t.exposeString('actorName', { description: 'Who brought it in.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was sent.', resolve: ({ createdAt }) => createdAt }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was over; null until then.',
      resolve: ({ endedAt }) => endedAt,
    }),
    made: t.int({ description: COUNTS.made.description, resolve: counted('made') }),
    changed: t.int({ description: COUNTS.changed.description, resolve: counted('changed') }),
    unchanged: t.int({ description: COUNTS.unchanged.description, resolve: counted('unchanged') }),
    wrong: t.int({ description: COUNTS.wrong.description, resolve: counted('wrong') }),
    lacking: t.int({ description: COUNTS.lacking.description, resolve: counted('lacking') }),
    problemCount: t.int({ description: COUNTS.problemCount.description, resolve: counted('problemCount') }),
    rows: t.field({
      type: [ImportRowType],
      description: 'Records that are wrong, change or are new, wrong ones first: up to 200 of each, 400 in all.',
      resolve: async ({ report }) => (await report())?.rows ?? [],
    }),
    problems: t.field({
      type: [ImportProblemType],
      description: 'What is wrong with no single record: with a file, or with a row that belongs to nothing; the first 200.',
      resolve: async ({ report }) => (await report())?.problems ?? [],
    }),
    notes: t.stringList({
      description: 'What was read without being taken over, in sentences.',
      resolve: async ({ report }, _args, { languages }) => ((await report())?.notes ?? []).map((note) => noteSentence(note, languages)),
    }),
  }),
})

function counted(name: keyof typeof COUNTS) {
  return async ({ report }: Shown): Promise<number> => {
    const known = await report()
    return known ? COUNTS[name].of(known) : 0
  }
}

builder.queryFields((t) => ({
  imports: t.field({
    type: [ContentImportType],
    nullable: true,
    description: 'The last 20 imports of editors of one’s organizations, the newest first.',
    resolve: async (_root, _args, context) => (await importsOf(context)).map((view) => shown(context, view)),
  }),
  import: t.field({
    type: ContentImportType,
    nullable: true,
    description: 'One import; null when there is none, or none that one may see. Ask again while it runs.',
    args: { id: t.arg.id({ required: true, description: 'Of the import.' }) },
    resolve: async (_root, { id }, context) => {
      const view = await importOf(context, String(id))
      return view && shown(context, view)
    },
  }),
}))

function shown(context: Parameters<typeof reportOf>[0], view: ImportView): Shown {
  let report: Promise<Report | null> | undefined
  return {
    ...view,
    report() {
      report ??= reportOf(context, view)
      return report
    },
  }
}

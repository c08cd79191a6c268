import type { SendOptions } from '../../shared/staff.ts'
import type { ContentRecord, Row } from '../model.ts'
import { line, makeRecord, makeRow, start } from './made.ts'

type Variables = { id?: string; input?: Record<string, unknown> } & Record<string, unknown>
export interface Asked {
  operation: string
  variables: Variables
  options: SendOptions
}

/** A server with the records of one editor, as the tests want it: what it holds, what it answers, and what it was asked. */
export function makeServer() {
  const server = {
    asked: [] as Asked[],
    viewer: start.viewer as object | null,
    records: [
      makeRecord('a'),
      makeRecord('l', { kind: 'LINE', title: 'Liège Solidaire', content: line as never, concerns: [], missing: [] }),
    ] as ContentRecord[],
    rows: [makeRow('a'), makeRow('b', { title: 'Épicerie sociale', state: 'DRAFT', concerns: ['DRAFT', 'REPORTED'] })] as Row[],
    answers: {} as Record<string, (variables: Variables, asked: Asked) => unknown>,
    of: (operation: string) => server.asked.filter((one) => one.operation === operation),
    record: (id: string) => server.records.find((one) => one.id === id),
    async send(document: { toString(): string }, variables: unknown, options: SendOptions): Promise<never> {
      const operation = /(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? ''
      const one = { operation, variables: variables as Variables, options }
      server.asked.push(one)
      return (await (server.answers[operation] ?? usual[operation])?.(one.variables, one)) as never
    },
    /** Somebody else saves. */
    changedByOther(id: string, content: object) {
      change(id, (before) => ({
        content: { ...before.content, ...content } as never,
        changedBy: 'Nora Jacquet',
        changedAt: '2026-11-23T08:59:00.000Z',
      }))
    },
  }
  const change = (id: string, what: (before: ContentRecord) => Partial<ContentRecord>): ContentRecord | undefined => {
    server.records = server.records.map((one) => (one.id === id ? { ...one, version: one.version + 1, ...what(one) } : one))
    return server.record(id)
  }
  const changes = [{ path: ['texts', 'FR', 'name'], label: 'Nom (français)', before: 'Colis', after: 'Colis alimentaires' }]
  /** A change of a version that was seen; of another one it is a conflict. */
  const seen =
    (what: (before: ContentRecord, input: Record<string, unknown>) => Partial<ContentRecord>) =>
    ({ input = {} }: Variables) => {
      const before = server.record(String(input.id))
      if (!before) return { result: { __typename: 'NotFound', message: 'Cette fiche n’existe pas.' } }
      if (input.version !== before.version)
        return {
          result: {
            __typename: 'Conflict',
            code: 'record_changed',
            message: 'Cette fiche a changé.',
            holderName: before.changedBy,
            changedAt: before.changedAt,
            changed: changes,
          },
        }
      return { result: { __typename: 'ContentRecord', ...change(before.id, (one) => what(one, input)) } }
    }
  const save =
    (kind: string) =>
    (variables: Variables): unknown => {
      const { input = {} } = variables
      const content = { __typename: `${kind}Content`, ...(input.content as object) }
      if (!input.id) {
        const made = makeRecord('new', {
          content: { slug: 'nouvelle', position: 9, ...content } as never,
          state: 'DRAFT',
          publishedVersion: null,
          concerns: ['DRAFT'],
        })
        server.records = [...server.records, made]
        return { result: { __typename: 'ContentRecord', ...made } }
      }
      return seen((before) => ({
        content: content as never,
        state: before.publishedVersion ? 'CHANGED' : 'DRAFT',
        changedBy: 'Eva Peeters',
      }))(variables)
    }
  const usual: typeof server.answers = {
    WorkshopStart: () => ({ ...start, viewer: server.viewer }),
    WorkshopList: () => ({
      contentRecords: {
        totalCount: server.rows.length,
        pageInfo: { hasNextPage: false, endCursor: null },
        edges: server.rows.map((node) => ({ node })),
      },
    }),
    WorkshopCounts: () => ({
      contentCounts: [
        { kind: 'SERVICE', concern: null, count: 212 },
        { kind: 'SERVICE', concern: 'STALE', count: 3 },
        { kind: 'LINE', concern: null, count: 12 },
        { kind: 'LINE', concern: 'REPORTED', count: 1 },
      ],
    }),
    WorkshopRecord: ({ id }) => ({ contentRecord: server.record(String(id)) ?? null }),
    WorkshopHistory: ({ id }) => ({
      contentRecord: {
        id,
        revisions: {
          totalCount: 2,
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: [
            { node: { number: 2, at: '2026-11-20T09:00:00.000Z', by: 'Nora Jacquet', action: 'PUBLISHED', revertedTo: null, changes } },
            { node: { number: 1, at: null, by: null, action: 'IMPORTED', revertedTo: null, changes: [] } },
          ],
        },
      },
    }),
    WorkshopCompare: ({ id }) => ({ contentRecord: { id, revisions: { edges: [{ node: { number: 2, changes } }] } } }),
    WorkshopRule: () => ({ ruleSentences: { sentences: ['avoir 65 ans ou plus'], problems: [] } }),
    WorkshopFind: ({ kind }) => ({
      contentRecords: {
        edges: [{ node: { id: 'x', slug: 'accueil', title: kind === 'LOCATION' ? 'Accueil social' : 'Une fiche', state: 'DRAFT' } }],
      },
    }),
    WorkshopFindOrganizations: () => ({ organizations: { edges: [{ node: { slug: 'rwlp', name: 'Réseau de lutte' } }] } }),
    WorkshopFindServices: () => ({ services: { edges: [{ node: { slug: 'epicerie', name: 'Épicerie sociale' } }] } }),
    WorkshopFindQuestions: () => ({ faqEntries: { edges: [] } }),
    WorkshopFindLines: () => ({ lines: [{ slug: '1718', name: 'Le 1718' }] }),
    WorkshopFindCommunes: () => ({ communes: [{ nisCode: '62063', name: 'Liège', postalCodes: ['4000'] }] }),
    WorkshopNameOfOrganization: () => ({ organization: { name: 'Ville de Liège' } }),
    WorkshopNameOfService: () => ({ service: { name: 'Colis alimentaires' } }),
    WorkshopNameOfQuestion: () => ({ faqEntry: null }),
    WorkshopSaveService: save('Service'),
    WorkshopSaveLine: save('Line'),
    WorkshopSaveQuestion: save('Question'),
    WorkshopSaveOrganization: save('Organization'),
    WorkshopSaveLocation: save('Location'),
    WorkshopSaveClosingDay: save('ClosingDay'),
    WorkshopPublish: seen((before) => ({ state: 'PUBLISHED', publishedVersion: before.version + 1 })),
    WorkshopDiscard: seen(() => ({ state: 'PUBLISHED' })),
    WorkshopRetire: seen(() => ({ state: 'RETIRED' })),
    WorkshopReturn: seen(() => ({ state: 'PUBLISHED' })),
    WorkshopRevert: seen(() => ({ state: 'CHANGED' })),
    WorkshopConfirm: seen((before) => ({ behind: [], concerns: before.concerns.filter((one) => one !== 'BEHIND_TRANSLATION') })),
    WorkshopSettle: () => ({ result: { __typename: 'ContentRecord', ...server.records[0], corrections: [] } }),
  }
  return server
}

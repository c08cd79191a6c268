import {
  type ContentKind,
  WorkshopFindCommunesDocument,
  WorkshopFindDocument,
  WorkshopFindLinesDocument,
  WorkshopFindOrganizationsDocument,
  WorkshopFindQuestionsDocument,
  WorkshopFindServicesDocument,
  WorkshopNameOfOrganizationDocument,
  WorkshopNameOfQuestionDocument,
  WorkshopNameOfServiceDocument,
} from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'

/** What is chosen by its name: a record by its slug, a commune by its NIS code. */
export type Wanted = ContentKind | 'COMMUNE'
export interface Choice {
  code: string
  name: string
}

/** A field in which something is looked for. */
export interface Searching {
  words: string
  /** Undefined until something was looked for. */
  found?: readonly Choice[]
}

interface Owner {
  ask<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R>
  failed(error: unknown): void
  requestUpdate(): void
  focusOn(selector: string): void
}

/** A typed word is looked for when the typing rests for so long. */
const REST_MS = 300

/** Names for codes, and codes for what somebody types. */
export class Lookup {
  private readonly _owner: Owner
  private readonly _names = new Map<string, string>()
  private readonly _fields = new Map<string, Searching>()
  private _rest?: ReturnType<typeof setTimeout>

  constructor(owner: Owner) {
    this._owner = owner
  }

  /** The field at this place, when it is open. */
  field(id: string): Searching | undefined {
    return this._fields.get(id)
  }

  open(id: string): void {
    this._fields.set(id, { words: '' })
    this._owner.requestUpdate()
    this._owner.focusOn(`#${CSS.escape(`${id}-find`)}`)
  }

  /** Closes the field, and leads back to where it was opened. */
  shut(id: string): void {
    this._fields.delete(id)
    this._owner.requestUpdate()
    this._owner.focusOn(`#${CSS.escape(id)}`)
  }

  type(id: string, kind: Wanted, words: string): void {
    const field: Searching = { ...this._fields.get(id), words }
    this._fields.set(id, field)
    clearTimeout(this._rest)
    this._rest = setTimeout(async () => {
      try {
        const found = words.trim().length > 1 ? await this._find(kind, words.trim()) : undefined
        if (this._fields.get(id)?.words !== words) return
        this._fields.set(id, { words, found })
        for (const { code, name } of found ?? []) this._names.set(`${kind} ${code}`, name)
        this._owner.requestUpdate()
      } catch (error) {
        this._owner.failed(error)
      }
    }, REST_MS)
  }

  /** The name of what has this code; the code itself until it is known. */
  nameOf(kind: Wanted, code: string): string {
    const key = `${kind} ${code}`
    const known = this._names.get(key)
    if (known !== undefined) return known
    this._names.set(key, code)
    this._name(kind, code).then(
      (name) => {
        if (!name) return
        this._names.set(key, name)
        this._owner.requestUpdate()
      },
      // The code says it too.
      () => {},
    )
    return code
  }

  private async _name(kind: Wanted, slug: string): Promise<string | undefined> {
    const { ask } = this
    const seen =
      kind === 'COMMUNE'
        ? (await ask(WorkshopFindCommunesDocument, { search: slug })).communes.find(({ nisCode }) => nisCode === slug)?.name
        : kind === 'ORGANIZATION'
          ? (await ask(WorkshopNameOfOrganizationDocument, { slug })).organization?.name
          : kind === 'SERVICE'
            ? (await ask(WorkshopNameOfServiceDocument, { slug })).service?.name
            : kind === 'QUESTION'
              ? (await ask(WorkshopNameOfQuestionDocument, { slug })).faqEntry?.question
              : kind === 'LINE'
                ? (await ask(WorkshopFindLinesDocument, {})).lines.find((line) => line.slug === slug)?.name
                : undefined
    if (seen || kind === 'COMMUNE') return seen
    // A draft, or a place: those are shown to editors only.
    const { contentRecords } = await ask(WorkshopFindDocument, { kind, search: slug })
    return contentRecords?.edges.find(({ node }) => node.slug === slug)?.node.title
  }

  private async _find(kind: Wanted, search: string): Promise<Choice[]> {
    const { ask } = this
    if (kind === 'COMMUNE')
      return (await ask(WorkshopFindCommunesDocument, { search })).communes.map(({ nisCode, name, postalCodes }) => ({
        code: nisCode,
        name: `${name} (${postalCodes[0] ?? nisCode})`,
      }))
    const [own, seen] = await Promise.all([ask(WorkshopFindDocument, { kind, search }), this._public(kind, search)])
    const found = new Map((own.contentRecords?.edges ?? []).map(({ node }) => [node.slug ?? '', node.title]))
    for (const { code, name } of seen) if (!found.has(code)) found.set(code, name)
    return [...found].map(([code, name]) => ({ code, name }))
  }

  private async _public(kind: ContentKind, search: string): Promise<Choice[]> {
    const { ask } = this
    switch (kind) {
      case 'ORGANIZATION':
        return ((await ask(WorkshopFindOrganizationsDocument, { search })).organizations?.edges ?? []).map(({ node }) => ({
          code: node.slug,
          name: node.name,
        }))
      case 'SERVICE':
        return (await ask(WorkshopFindServicesDocument, { search })).services.edges.map(({ node }) => ({
          code: node.slug,
          name: node.name,
        }))
      case 'QUESTION':
        return (await ask(WorkshopFindQuestionsDocument, { search })).faqEntries.edges.map(({ node }) => ({
          code: node.slug,
          name: node.question,
        }))
      case 'LINE':
        return (await ask(WorkshopFindLinesDocument, {})).lines
          .filter((line) => fold(line.name).includes(fold(search)))
          .map(({ slug, name }) => ({ code: slug, name }))
      default:
        return []
    }
  }

  private readonly ask = <R, V>(document: TypedDocument<R, V>, variables: V): Promise<R> => this._owner.ask(document, variables)
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

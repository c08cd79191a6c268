import { WorkshopRuleDocument, type WorkshopRuleQuery } from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'
import { codeOf, type Doc, type Path, type Tag } from './content.ts'

/** The rule is read aloud when its changes rest for so long. */
const REST_MS = 400

interface Owner {
  ask<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R>
  requestUpdate(): void
}

/** Whether the rule reads differently once this value is another. */
export const isRead = ([name = '']: Path): boolean => /^(eligibility|minimumAge|maximumAge|language)$/.test(name)

/** A service's rule as the public would read it, and what is wrong with it. */
export class Aloud {
  reading?: NonNullable<WorkshopRuleQuery['ruleSentences']>

  private readonly _owner: Owner
  private _rest?: ReturnType<typeof setTimeout>
  private _turn = 0

  constructor(owner: Owner) {
    this._owner = owner
  }

  read(doc: Doc, tag: Tag, rest = REST_MS): void {
    this.end()
    const turn = this._turn
    this._rest = setTimeout(async () => {
      const { eligibility: rule, minimumAge, maximumAge } = doc as { eligibility?: unknown; minimumAge?: number; maximumAge?: number }
      const variables = { rule, language: codeOf(tag), minimumAge: minimumAge ?? null, maximumAge: maximumAge ?? null }
      const answer = rule ? await this._owner.ask(WorkshopRuleDocument, variables).catch(() => undefined) : undefined
      // The rule is another one by now, or nobody looks at it any more.
      if (turn !== this._turn) return
      this.reading = answer?.ruleSentences ?? undefined
      this._owner.requestUpdate()
    }, rest)
  }

  end(): void {
    clearTimeout(this._rest)
    this._turn++
  }
}

import { html, nothing } from 'lit/html.js'
import { RequestFailed } from '../shared/client.ts'
import { fill } from '../shared/languages.ts'
import type { Properties } from '../shared/reactive.ts'
import { edition } from '../shared/strings/fr.ts'
import { Choosing } from './choosing.ts'
import { callLink } from '../shared/parts.ts'
import { input, phone, submit, summary } from './fields.ts'
import { missing, type Problem, tidyPhone, typed } from './input.ts'
import type { Follow, Host } from './later.ts'
import { expectation, missingTime, timesView } from './times.ts'

/** The callback element as far as the step needs it in which an earlier request is followed: it fetches that step and lends it what it uses. */
export abstract class Following extends Choosing {
  static override properties: Properties = { reference: String }
  static override state = ['problems', 'instead', 'following']

  declare reference?: string

  // What the views read (see model.ts); not for pages.
  declare problems: Problem[]
  declare instead: string
  declare following?: Follow

  abstract readonly busy: boolean
  abstract back(): void

  /** Shows the problems, if any, and brings the focus to their list. */
  protected _correct(problems: Problem[], focused = this.focused): boolean {
    this.problems = problems
    this.note = this.instead = ''
    this.phase = problems.length ? 'invalid' : 'idle'
    if (problems.length) this.focusOn('.summary', focused)
    return problems.length > 0
  }

  /** The step of those who follow a request is a file of its own. */
  protected async _fetchFollow(): Promise<void> {
    const here = () => this.step === 'follow'
    await this._try(
      async () => {
        const { createFollow, edition: theirs } = await import('./follow.ts').catch(() => {
          throw new RequestFailed(navigator.onLine ? 'unreachable' : 'offline')
        })
        if (!here()) return
        if (theirs !== edition) throw new RequestFailed('unreachable')
        this.phase = 'idle'
        this.note = ''
        const following = createFollow(this._lend(() => here() && this.following === following))
        this.following = following
      },
      'loading',
      here,
    )
  }

  /** What that step needs of this element, as long as it is shown. */
  private _lend(current: () => boolean): Host {
    let asked: Element | null = null
    return {
      m: this,
      html,
      nothing,
      parts: { callLink, expectation, fill, input, missing, missingTime, phone, submit, summary, tidyPhone, timesView, typed },
      title: (text, below) => this.heading(text, below),
      langFor: (code) => this.langOf(code),
      query: async (document, variables) => {
        const answer = await this.ask(document, variables, { personal: true })
        if (!current()) throw new DOMException('', 'AbortError')
        return answer
      },
      attempt: (work) => {
        asked = this.focused
        return this._try(work, 'sending', current)
      },
      correct: (problems) => this._correct(problems),
      redraw: (moved) => {
        this.requestUpdate()
        if (moved) this.focusOn('[role=heading]', asked ?? this.focused)
        asked = null
      },
      times: (line) => this._timesOf(line),
      close: () => this.back(),
    }
  }
}

import { html, type TemplateResult } from 'lit/html.js'
import type { CorrectionTopic } from '../../schema/generated/finder.ts'
import { field } from '../shared/fields.ts'
import type { Model } from './model.ts'

/** What somebody reports about one record. */
export interface Report {
  service?: string
  faqEntry?: string
  /** Nothing while it is written; then what to say of it: `thanks`, or why it was not received. */
  said?: string
}

/** "Something is wrong here": a button, then a small form in its place, then thanks. */
export function reportView(m: Model, subject: Report): TemplateResult {
  const { t, report } = m
  if (report?.service !== subject.service || report?.faqEntry !== subject.faqEntry)
    return html`<p><button type="button" class="quiet" @click=${() => m.write(subject)}>${t.report}</button></p>`
  if (report?.said === t.thanks) return html`<p id="thanks" tabindex="-1">${t.thanks}</p>`
  return html`
    <form class="report" @submit=${m.send}>
      ${field(
        { id: 'topic', label: t.topic },
        html`<select id="topic" name="topic">
          ${Object.entries(t.topics).map(([code, label]) => html`<option value=${code as CorrectionTopic}>${label}</option>`)}
        </select>`,
      )}
      ${field(
        { id: 'message', label: t.message, optional: t.optional, hint: t.messageHint, error: report?.said },
        html`<textarea id="message" name="message" rows="3" maxlength="1000" aria-describedby="message-hint message-error"></textarea>`,
      )}
      <button class="second">${t.send}</button>
    </form>
  `
}

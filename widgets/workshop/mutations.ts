import {
  type ContentKind,
  WorkshopSaveClosingDayDocument,
  WorkshopSaveLineDocument,
  WorkshopSaveLocationDocument,
  WorkshopSaveOrganizationDocument,
  WorkshopSaveQuestionDocument,
  WorkshopSaveServiceDocument,
  type WorkshopSaveServiceMutation,
} from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'

/** What comes of any change: the record as it is now, or why not. */
export type Outcome = WorkshopSaveServiceMutation['result']
export type Refusal = Exclude<Outcome, { __typename: 'ContentRecord' }>
export type Conflict = Extract<Outcome, { __typename: 'Conflict' }>
export type Changing = TypedDocument<{ result: Outcome }, { input: Record<string, unknown> }>

/** The documents differ in what they take, not in what comes of them. */
export const SAVES: Readonly<Record<ContentKind, unknown>> = {
  SERVICE: WorkshopSaveServiceDocument,
  LINE: WorkshopSaveLineDocument,
  QUESTION: WorkshopSaveQuestionDocument,
  ORGANIZATION: WorkshopSaveOrganizationDocument,
  LOCATION: WorkshopSaveLocationDocument,
  CLOSING_DAY: WorkshopSaveClosingDayDocument,
}

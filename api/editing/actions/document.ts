import type { ContentKind } from '../../db/generated/enums.ts'
import type { ContentDocument } from '../rules/documents.ts'
import { readClosingDay, writeClosingDay } from './documents/closing-day.ts'
import { readLine, writeLine } from './documents/line.ts'
import { readLocation, writeLocation } from './documents/location.ts'
import { readOrganization, writeOrganization } from './documents/organization.ts'
import type { References, Tx } from './documents/parts.ts'
import { readQuestion, writeQuestion } from './documents/question.ts'
import { readService, writeService } from './documents/service.ts'

/** The document of what is published, from its tables; null when there is no such row. */
export function readDocument(tx: Tx, kind: ContentKind, id: string): Promise<ContentDocument | null> {
  switch (kind) {
    case 'ORGANIZATION':
      return readOrganization(tx, id)
    case 'LOCATION':
      return readLocation(tx, id)
    case 'SERVICE':
      return readService(tx, id)
    case 'QUESTION':
      return readQuestion(tx, id)
    case 'LINE':
      return readLine(tx, id)
    case 'CLOSING_DAY':
      return readClosingDay(tx, id)
  }
}

/** Makes the tables say what a document says, and nothing more: the only way from documents to tables. */
export function writeDocument(tx: Tx, id: string, document: ContentDocument, refs: References): Promise<void> {
  switch (document.kind) {
    case 'ORGANIZATION':
      return writeOrganization(tx, id, document, refs)
    case 'LOCATION':
      return writeLocation(tx, id, document, refs)
    case 'SERVICE':
      return writeService(tx, id, document, refs)
    case 'QUESTION':
      return writeQuestion(tx, id, document, refs)
    case 'LINE':
      return writeLine(tx, id, document, refs)
    case 'CLOSING_DAY':
      return writeClosingDay(tx, id, document, refs)
  }
}

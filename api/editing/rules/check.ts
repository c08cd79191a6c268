import type { Findings, Known } from './checks.ts'
import { checkClosingDay } from './closing-day.ts'
import type { ContentDocument } from './documents.ts'
import { checkLine } from './line.ts'
import { checkLocation } from './location.ts'
import { checkOrganization } from './organization.ts'
import { checkQuestion } from './question.ts'
import { checkService } from './service.ts'

/** What is wrong with a document of whichever kind. */
export function checkDocument(document: ContentDocument, known: Known): Findings {
  switch (document.kind) {
    case 'ORGANIZATION':
      return checkOrganization(document, known)
    case 'LOCATION':
      return checkLocation(document, known)
    case 'SERVICE':
      return checkService(document, known)
    case 'QUESTION':
      return checkQuestion(document, known)
    case 'LINE':
      return checkLine(document, known)
    case 'CLOSING_DAY':
      return checkClosingDay(document, known)
  }
}

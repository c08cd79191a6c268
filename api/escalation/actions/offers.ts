import type { Context } from '../../context.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { requestById } from '../../desk/actions/rows.ts'
import { type Offer, offersFor } from '../../partner/actions/read.ts'
import { stringsFor } from '../../strings/strings.ts'
import { AGREEMENT_VERSION } from '../rules/shared.ts'

/** The partners to whom a request may be handed, the best first. @returns null when the viewer may not see it */
export async function partnersForRequest(context: Context, requestId: string): Promise<Offer[] | null> {
  const request = await requestById(context, requestId)
  return request && offersFor(context, request)
}

/** What is read to a person before her request is handed over. */
export type AgreementText = { version: string; text: string; anyone: string }

/** @param partner the organization's name */
export function agreementText(partner: string, language: LanguageCode): AgreementText {
  const { one, anyone } = stringsFor([language]).partners.agreement
  return { version: AGREEMENT_VERSION, text: one(partner), anyone }
}

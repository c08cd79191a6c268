import type { Context } from '../../context.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { requestById } from '../../desk/actions/rows.ts'
import { type Offer, offersFor } from '../../partner/actions/read.ts'
import { stringsFor } from '../../strings/strings.ts'
import { agreementVersion, type Share, sharesOf } from '../rules/shared.ts'

/** The partners to whom a request may be handed, the best first. @returns null when the viewer may not see it */
export async function partnersForRequest(context: Context, requestId: string): Promise<Offer[] | null> {
  const request = await requestById(context, requestId)
  return request && offersFor(context, request)
}

/** What is read to a person before her request is handed over. */
export type AgreementText = { version: string; text: string; anyone: string }

/** @param partner the organization's name */
export function agreementText(partner: string, language: LanguageCode, shares: readonly Share[]): AgreementText {
  const { one, also, anyone } = stringsFor([language]).partners.agreement
  const besides = sharesOf(shares).map((share) => `${also[share]} `)
  return { version: agreementVersion(shares), text: one(partner, besides.join('')), anyone }
}

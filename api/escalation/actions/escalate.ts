import { viewerIn } from '../../access/actions/staff.ts'
import { endRepeats, inTransaction, record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { AgreementWay, CallbackStatus, LanguageCode, Prisma, Urgency } from '../../db/generated/client.ts'
import { settledWith } from '../../desk/actions/end.ts'
import { checkHeld, holding, type Locked, lock } from '../../desk/actions/hold.ts'
import { communeOf } from '../../desk/rules/close.ts'
import { urgencyOf } from '../../desk/rules/queue.ts'
import { writtenText } from '../../desk/rules/written.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { Conflict, InvalidInput, PostRequired } from '../../errors.ts'
import { checkAgreement, LONGEST_OBJECT, type Share, sharesOf } from '../rules/shared.ts'
import { checkRoom } from './change.ts'
import { type CaseContact, contactOf } from './contact.ts'
import { deal } from './deal.ts'

type Tx = Prisma.TransactionClient

export type EscalateInput = {
  /** Slug of the partner's organization. */
  partner: string
  object: string
  shares: readonly Share[]
  agreement: { way: AgreementWay; version: string; language: LanguageCode; anyone: boolean }
}

/**
 * Hands a request that the viewer holds to a partner, with the agreement of the person, with whom somebody has spoken. Of what the same phone
 * asked besides ends with it what ends when a request is closed; the rest goes on waiting.
 * @returns the id of the case; sent twice it is one
 * @throws NotFound; Conflict `not_reached`, `partner_full`, or as of all that one must hold; InvalidInput
 */
export async function escalateCallback(context: Context, id: string, input: EscalateInput): Promise<string> {
  const { keys, now } = context
  const { organization, object } = read(context, input)
  checkAgreement(input.agreement, input.shares)
  let made: string | null = null
  await holding(
    context,
    id,
    async (tx, row, { actor }) => {
      if (row.status !== 'REACHED') throw new Conflict('not_reached')
      await checkRoom(tx, organization)
      const { way, version, language, anyone } = input.agreement
      const escalation = await deal(
        tx,
        keys,
        { request: row, hours: row.line },
        {
          organizationId: organization.id,
          object,
          ...(await aboutOf(context, tx, row)),
          shares: sharesOf(input.shares),
          agreementWay: way,
          agreementVersion: version,
          agreementLanguage: language,
          agreedAt: now,
          agreementBy: actor,
          agreementAnyone: anyone,
          previousId: null,
        },
        { actor, now },
      )
      await record(tx, 'callback.escalated', id, now, actor)
      await endRepeats(tx, row, { status: 'CLOSED', outcome: null, what: 'callback.closed' }, { now, actor }, settledWith(context, row))
      made = escalation.id
    },
    (row) => row.status === 'ESCALATED',
  )
  return made ?? sameAgain(context, id, organization)
}

/** What was handed over by a first click; to somebody else it is another thing. @throws Conflict */
async function sameAgain({ db }: Context, requestId: string, { id: organizationId }: Organization): Promise<string> {
  const open = await db.escalation.findFirst({ where: { requestId, organizationId, endedAt: null }, select: { id: true } })
  if (!open) throw new Conflict('callback_over')
  return open.id
}

/**
 * What a case is about, as far as the request says: as pressing as what goes with it, and not as what the same phone asks that stays at the line,
 * which may be somebody else's.
 */
async function aboutOf(
  context: Context,
  tx: Tx,
  row: Locked,
): Promise<{ urgency: Urgency; needCode: string | null; communeNis: string | null }> {
  const { directory } = context
  const isSettled = settledWith(context, row)
  const where = {
    repeatOfId: row.id,
    status: { in: ['NEW', 'CLOSED'] satisfies CallbackStatus[] },
    erasedAt: null,
    escalations: { none: {} },
  }
  const besides = await tx.callbackRequest.findMany({ where })
  return {
    urgency: urgencyOf(directory, row, ...besides.filter((one) => one.status === 'CLOSED' || isSettled(one))),
    needCode: row.needCode,
    communeNis: communeOf(directory, row.postalCode) || null,
  }
}

/** What the partner will see, before anything is sent: the same that it sees then, but for the number, of which two digits are shown. */
export type Preview = {
  organization: Organization
  object: string
  shares: Share[]
  contact: CaseContact
  about: Awaited<ReturnType<typeof aboutOf>>
}

/**
 * Shows to who holds a request what a partner would be given. Details of the person are in it, so that it was looked at is stored first.
 * @throws NotFound; Conflict; InvalidInput; PostRequired
 */
export async function previewEscalation(context: Context, id: string, input: EscalateInput): Promise<Preview> {
  const viewer = viewerIn(context)
  const { db, now, byAddress } = context
  // What is written about somebody comes in a body.
  if (byAddress) throw new PostRequired()
  const { organization, object } = read(context, input)
  return inTransaction(db, async (tx) => {
    const row: Locked = await lock(tx, context, viewer, id)
    await checkHeld(tx, row, viewer, now)
    await tx.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'escalation.previewed', subjectId: id } })
    const shares = sharesOf(input.shares)
    const contact = await contactOf(context, tx, row, shares)
    if (!contact) throw new Conflict('callback_over')
    return { organization, object, shares, contact, about: await aboutOf(context, tx, row) }
  })
}

/** @throws InvalidInput for an organization that is no partner's, or an object that is empty or too long */
function read({ directory }: Context, { partner, object }: EscalateInput): { organization: Organization; object: string } {
  const organization = directory.organizationsBySlug.get(partner)
  if (!organization) throw new InvalidInput([{ path: ['input', 'partner'], code: 'unknown', params: { value: partner.slice(0, 60) } }])
  return { organization, object: writtenText(object, ['input', 'object'], LONGEST_OBJECT) }
}

import { record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { CallbackRequest } from '../../db/generated/client.ts'
import type { Service } from '../../directory/snapshot.ts'
import { InvalidInput, type Problem } from '../../errors.ts'
import { isMobile, type NoticeChannel } from '../../notice/rules/notice.ts'
import { isNotOver } from '../../service/rules/filter.ts'
import { isExposing, needsQuickExit } from '../rules/queue.ts'
import { linesOf } from '../rules/scope.ts'
import { reread } from './claim.ts'
import { holding } from './hold.ts'
import { type Heeded, heededOf } from './repeats.ts'
import { type DeskRequest, opened } from './rows.ts'

/** Services one is led to at once: more is a list, not an orientation. */
const MOST_SERVICES = 10

/**
 * Notes to which services a person was led, and sends her their names and numbers if she wishes so. The same twice is once.
 * @throws NotFound; Conflict; InvalidInput for services that are not published, and for a way by which nothing may be sent
 */
export async function orientCallback(
  context: Context,
  id: string,
  { services: slugs, sendBy = null }: { services: readonly string[]; sendBy?: NoticeChannel | null },
): Promise<DeskRequest> {
  const { now } = context
  const services = knownServices(context, slugs)
  await holding(context, id, async (tx, row, viewer) => {
    const lineIds = linesOf(context.directory, viewer).map((line) => line.id)
    const heeded = (await heededOf(tx, [id], lineIds))(row)
    if (sendBy !== null && (!channelsFor(context, row, heeded).includes(sendBy) || services.some(isRisky)))
      throw new InvalidInput([{ path: ['input', 'sendBy'], code: 'not_sendable' }])
    const data = services.map(({ slug }) => ({ requestId: id, memberId: viewer.id, at: now, serviceSlug: slug, sentBy: sendBy }))
    const { count: added } = await tx.referral.createMany({ data, skipDuplicates: true })
    const where = { requestId: id, serviceSlug: { in: services.map(({ slug }) => slug) }, sentBy: null }
    const { count: sentLater } = sendBy === null ? { count: 0 } : await tx.referral.updateMany({ where, data: { sentBy: sendBy } })
    if (added > 0) await record(tx, 'callback.oriented', id, now, viewer.actor)
    if (sendBy !== null && added + sentLater > 0) await record(tx, SENT[sendBy], id, now, viewer.actor)
  })
  return reread(context, id)
}

/** The events by which she is told. */
const SENT: Record<NoticeChannel, string> = { EMAIL: 'callback.orientation_by_email', SMS: 'callback.orientation_by_sms' }

/**
 * By which channels an orientation may be sent: those that this server has, of which she gave the address and, for text messages, leave; and
 * none when being seen with it is a risk. Where the same phone asked several times, each of the requests must allow text messages, which reach
 * that phone; and nothing goes to an address, since whoever left it may be somebody else than who is spoken with.
 * @param heeded what the phone asks besides
 */
export function channelsFor(context: Context, row: CallbackRequest, { added, elsewhere, wishes }: Heeded): NoticeChannel[] {
  const besides = [...added, ...elsewhere]
  if (isExposing(context.directory, row, ...besides)) return []
  return context.channels.filter((channel) => {
    if (channel === 'EMAIL') return row.emailSealed !== null && besides.length === 0
    const phone = wishes.sms === true ? opened(context, row, 'phone') : null
    return phone !== null && isMobile(phone)
  })
}

const isRisky = ({ needs }: Service): boolean => needs.some(needsQuickExit)

function knownServices({ directory }: Context, slugs: readonly string[]): Service[] {
  const path = ['input', 'services']
  const wanted = [...new Set(slugs)]
  if (wanted.length === 0) throw new InvalidInput([{ path, code: 'required' }])
  if (wanted.length > MOST_SERVICES) throw new InvalidInput([{ path, code: 'too_many', params: { max: MOST_SERVICES } }])
  const problems: Problem[] = []
  const services = wanted.flatMap((slug) => {
    const service = directory.servicesBySlug.get(slug)
    if (service && isNotOver(service)) return [service]
    problems.push({ path, code: 'unknown', params: { value: slug.slice(0, 60) } })
    return []
  })
  if (problems.length > 0) throw new InvalidInput(problems)
  return services
}

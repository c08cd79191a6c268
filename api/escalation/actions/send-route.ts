import type { Route } from '../../jobs/dispatch.ts'
import { LINK_WANTED, TOLD_BY_LINK, TOLD_BY_WEBHOOK, TOLD_RUNG, TOLD_TO_STAFF } from '../rules/send.ts'

/**
 * What a partner is told of its cases: by a signed message to its own system, or by e-mail with a link to the case; in its inbox here it looks for
 * itself. As long as there is no system that has passed a test, the message waits for one, and an e-mail goes where there is an address. What its
 * system did itself it is not told. And what those who look after cases are told: not that a
 * mail to themselves could not be sent, and of a message that was given up only if the case is before them already; otherwise it is put there first
 * (`send-dead.ts`).
 * @param mail whether this server can send e-mails
 */
export const caseRoute =
  (mail: boolean): Route =>
  (bind) => {
    const webhook = `
      SELECT w."id", 'WEBHOOK'::"Channel"
      FROM waiting AS w JOIN "escalation" AS c ON c."id" = w."subject_id"
        JOIN "partner" AS p ON p."organization_id" = c."organization_id" LEFT JOIN "partner_endpoint" AS n ON n."organization_id" = p."organization_id"
      WHERE w."type" = ANY (${bind(TOLD_BY_WEBHOOK)}::text[]) AND p."hand_over" = 'WEBHOOK'
        AND NOT EXISTS (
          SELECT FROM "escalation_step" AS s WHERE s."escalation_id" = c."id" AND s."at" = w."at" AND s."actor" = 'endpoint:' || n."id"
        )`
    if (!mail) return webhook
    return `${webhook}
      UNION ALL
      SELECT w."id", 'CASE_LINK'::"Channel"
      FROM waiting AS w JOIN "escalation" AS c ON c."id" = w."subject_id" JOIN "partner" AS p ON p."organization_id" = c."organization_id"
      WHERE w."type" = ANY (${bind(TOLD_BY_LINK)}::text[]) AND p."email" IS NOT NULL AND (
        p."hand_over" = 'EMAIL' OR w."type" = ${bind(LINK_WANTED)} OR (p."hand_over" = 'WEBHOOK' AND NOT EXISTS (
          SELECT FROM "partner_endpoint" AS n WHERE n."organization_id" = p."organization_id" AND n."checked_at" IS NOT NULL)))
      UNION ALL
      SELECT w."id", 'EMAIL'::"Channel" FROM waiting AS w
      WHERE w."type" = ANY (${bind(TOLD_TO_STAFF)}::text[]) AND (
        EXISTS (SELECT FROM "escalation" AS c WHERE c."id" = w."subject_id")
        OR EXISTS (SELECT FROM "partner" AS p WHERE p."organization_id" = w."subject_id"))
        AND (w."type" <> 'delivery.dead' OR EXISTS (
          SELECT FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id" JOIN "escalation" AS c ON c."id" = e."subject_id"
          WHERE e."subject_id" = w."subject_id" AND d."state" = 'DEAD' AND d."channel" IN ('WEBHOOK', 'CASE_LINK') AND d."done_at" = w."at"
            AND c."rung" >= ${bind(TOLD_RUNG)}))`
  }

import type { Route } from '../../jobs/dispatch.ts'
import { NOTICE_EVENTS, type NoticeChannel, ONE_WAY } from '../rules/notice.ts'

/**
 * What a person is told of what happens to her request: by e-mail who left an address, by text message who said that she may get some. Whether
 * her number is a mobile one is sealed, and seen when the message goes.
 * @param channels the ways by which this server can send
 */
export const noticeRoute =
  (channels: readonly NoticeChannel[]): Route =>
  (bind) => {
    const [events, only] = [bind(ONE_WAY.map(([event]) => event)), bind(ONE_WAY.map(([, channel]) => channel))]
    return `
      SELECT w."id", c."channel"
      FROM waiting AS w JOIN "callback_request" AS r ON r."id" = w."subject_id" CROSS JOIN unnest(${bind(channels)}::"Channel"[]) AS c("channel")
      WHERE w."type" = ANY (${bind(NOTICE_EVENTS)}::text[])
        AND (w."type" <> ALL (${events}::text[]) OR (w."type", c."channel"::text) IN (SELECT * FROM unnest(${events}::text[], ${only}::text[])))
        AND CASE c."channel" WHEN 'EMAIL' THEN r."email_sealed" IS NOT NULL WHEN 'SMS' THEN r."safe_sms" AND r."phone_sealed" IS NOT NULL END`
  }

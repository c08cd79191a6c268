import { builder } from '../graphql/builder.ts'
import type { NoticeChannel } from './rules/notice.ts'

export const NoticeChannelEnum = builder.enumType('NoticeChannel', {
  description: 'A way to tell a person what becomes of her request.',
  values: {
    EMAIL: { description: 'By e-mail, to whoever leaves an address.' },
    SMS: { description: 'By text message, to a mobile number whose owner said that she may get some.' },
  } satisfies Record<NoticeChannel, { description: string }>,
})

builder.queryField('noticeChannels', (t) =>
  t.field({
    type: [NoticeChannelEnum],
    description:
      'The ways by which this server can tell a person that her request was received, moved or withdrawn. Ask for an e-mail address only when ' +
      'EMAIL is among them. A notice never tells what the request is about.',
    resolve: (_root, _args, { channels }) => [...channels],
  }),
)

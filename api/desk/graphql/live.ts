import { builder } from '../../graphql/builder.ts'
import { SignInRequired } from '../../errors.ts'
import type { QueueEvent } from '../actions/live.ts'

const CallbackQueueEvent = builder.objectRef<QueueEvent>('CallbackQueueEvent').implement({
  description: 'What the queue of the viewer’s organizations is at a moment.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: 'The moment.', resolve: ({ at }) => at }),
    version: t.exposeString('version', {
      description: 'Another one when her list of requests may have changed: then it is worth reading again.',
    }),
    waiting: t.exposeInt('waiting', { description: 'Open requests nobody is at.' }),
    due: t.exposeInt('due', { description: 'Of these: those that may be called now.' }),
    overdue: t.exposeInt('overdue', { description: 'Of these: those that should have been called by now.' }),
  }),
})

builder.subscriptionType({
  description:
    'What is told again whenever it changes, as server-sent events: POST with `accept: text/event-stream` (GraphQL over SSE, distinct connections).',
})

builder.subscriptionField('callbackQueue', (t) =>
  t.field({
    type: CallbackQueueEvent,
    description:
      'The queue of the viewer’s organizations: once at once, then after each change, at most ten times a second. Ends when the session does, and after eight hours at the latest.',
    subscribe: (_root, _args, { live, viewer }) => {
      if (!viewer) throw new SignInRequired()
      return live.watch(viewer)
    },
    resolve: (event) => event,
  }),
)

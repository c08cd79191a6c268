import { choose } from '../../directory/language.ts'
import { InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { UrgencyEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { LineType } from '../../line/graphql.ts'
import { setLineTarget, type Target, targetsFor, worksOn } from '../actions/targets.ts'

const LineTargetType = builder.objectRef<Target>('LineTarget').implement({
  description: 'Within how much time a line calls who asks with an urgency.',
  fields: (t) => ({
    urgency: t.expose('urgency', { type: UrgencyEnum, description: 'The urgency.' }),
    minutes: t.exposeInt('minutes', { description: 'Minutes of the line’s opening hours.' }),
  }),
})

builder.objectFields(LineType, (t) => ({
  script: t.string({
    nullable: true,
    description:
      'What an agent of the line says and asks, in paragraphs separated by an empty line. For the staff of whoever runs it; null for others.',
    resolve: (line, _args, context) => (worksOn(context, line) ? choose(line.texts, context.languages).text.script : null),
  }),
  targets: t.field({
    type: [LineTargetType],
    nullable: true,
    description: 'Within how much time it calls, for each urgency. For the staff of whoever runs it; null for others.',
    resolve: (line, _args, context) => targetsFor(context, line),
  }),
}))

const SetLineTargetInput = builder.inputType('SetLineTargetInput', {
  description: 'A target of a line.',
  fields: (t) => ({
    line: t.string({ required: true, description: 'Slug of the line.' }),
    urgency: t.field({ type: UrgencyEnum, required: true, description: 'For requests of this urgency.' }),
    minutes: t.int({ required: true, description: 'Minutes of opening hours, 1 to 10080.' }),
  }),
})

builder.mutationField('setLineTarget', (t) =>
  t.field({
    type: LineType,
    description: 'Sets within how much time a line calls who asks with an urgency.',
    args: { input: t.arg({ type: SetLineTargetInput, required: true, description: 'The target.' }) },
    errors: { types: [InvalidInput, NotFound], union: resultOf('setLineTarget') },
    resolve: (_root, { input }, context) => setLineTarget(context, input),
  }),
)

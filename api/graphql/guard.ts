import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { type Audience, audienceOf } from '../access/rules/matrix.ts'
import { hasRole } from '../access/rules/viewer.ts'
import type { Context } from '../context.ts'
import { Forbidden, SignInRequired } from '../errors.ts'

/**
 * Asks the table of `access/rules/matrix.ts` before each field that is not for everyone. Public fields are left as they are, and cost
 * nothing. Whose rows somebody sees is decided where they are read.
 */
class GuardPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const audience = audienceOf(config.parentType, config.name)
    if (audience === 'EVERYONE') return resolver
    const scope = config.parentType === 'Mutation' ? 'WRITE' : 'READ'
    return (parent, args, context, info) => {
      const asked = context as unknown as Context
      admit(asked, audience, scope)
      // Who changes something is there; looking on, or a page that asks by itself, keeps no session.
      if (scope === 'READ') return resolver(parent, args, context, info)
      return asked.touch().then(() => resolver(parent, args, context, info))
    }
  }

  override wrapSubscribe(
    subscribe: GraphQLFieldResolver<unknown, Types['Context'], object> | undefined,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> | undefined {
    const audience = audienceOf(config.parentType, config.name)
    if (!subscribe || audience === 'EVERYONE') return subscribe
    return (parent, args, context, info) => {
      admit(context as unknown as Context, audience, 'READ')
      return subscribe(parent, args, context, info)
    }
  }
}

/** @throws SignInRequired; Forbidden */
function admit({ viewer }: Context, audience: Exclude<Audience, 'EVERYONE'>, scope: 'READ' | 'WRITE'): void {
  if (!viewer) throw new SignInRequired()
  if (!hasRole(viewer, audience) || !viewer.scopes.includes(scope)) throw new Forbidden()
}

export const GUARD = 'passerelleGuard'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      passerelleGuard: GuardPlugin<Types>
    }
  }
}

SchemaBuilder.registerPlugin(GUARD, GuardPlugin)

import { builder } from './graphql/builder.ts'
import './graphql/scalars.ts'
import './graphql/enums.ts'
import './graphql/errors.ts'
import './directory/graphql.ts'
import './place/graphql.ts'
import './taxonomy/graphql.ts'
import './organization/graphql.ts'
import './service/opening.ts'
import './service/situation.ts'
import './service/graphql.ts'
import './faq/graphql.ts'
import './line/graphql.ts'
import './callback/graphql.ts'

/** The whole schema. Each feature's file adds its types as it is imported: left to right, as in the house's order. */
export const schema = builder.toSchema()

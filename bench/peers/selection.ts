import type { GraphQLResolveInfo, SelectionNode, SelectionSetNode } from 'graphql'

/** The fields asked for, as a tree. */
export type Selection = { [field: string]: Selection }

/** What a resolver is asked for, fragments included. Directives are not looked at: GraphQL leaves out what was read too much. */
export function selectionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection {
  const selection: Selection = {}
  const collect = (set: SelectionSetNode | undefined, into: Selection): void => {
    for (const node of set?.selections ?? []) visit(node, into)
  }
  const visit = (node: SelectionNode, into: Selection): void => {
    if (node.kind === 'Field') {
      const own = into[node.name.value] ?? {}
      into[node.name.value] = own
      collect(node.selectionSet, own)
    } else {
      collect(node.kind === 'InlineFragment' ? node.selectionSet : fragments[node.name.value]?.selectionSet, into)
    }
  }
  for (const field of fieldNodes) collect(field.selectionSet, selection)
  return selection
}

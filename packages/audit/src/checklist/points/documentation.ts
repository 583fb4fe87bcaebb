import { qualifiedName } from '@rolecast/catalog'
import { count, named } from '../evidence.js'
import { fail, type Point, pass } from '../point.js'

export const documentation: Point = {
  title: 'Everything that the API offers is described',
  judge({ audit }) {
    const offered = new Map<string, string | null>()
    for (const role of audit.roles) {
      const { relations, functions } = audit.surface(role)
      for (const { schema, name, comment } of relations) offered.set(qualifiedName(schema, name), comment)
      for (const { schema, name, arguments: inputs, comment } of functions) {
        offered.set(`${qualifiedName(schema, name)}(${inputs})`, comment)
      }
    }
    const bare = [...offered].filter(([, comment]) => (comment ?? '').trim() === '').map(([name]) => name)
    return bare.length > 0
      ? fail(
          `${bare.length} of ${count(offered.size, 'relation or function')} have no comment, and the comment is what clients and / show: ${named(bare)}.`,
        )
      : pass(`The API offers ${count(offered.size, 'relation or function')}; each has a comment.`)
  },
}

import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** The role sees the schema and nothing of it. */
export const lint: Lint = {
  id: 'S03',
  severity: 'information',
  title: 'USAGE on a schema in which nothing may be used',
  nearMiss: 'A role that may call one function of the schema.',
  references: ['CWE-1164'],
  *find({ roles, schemas, index, surface }) {
    for (const role of roles) {
      const { relations, functions, sqlFunctions } = surface(role)
      for (const schema of schemas) {
        const isUsed = [...relations, ...functions, ...sqlFunctions].some((each) => each.schema === schema)
        if (isUsed || !(index.privileges.get(role)?.schemas.includes(schema) ?? false)) continue
        const [quoted, name] = [quoteIdentifier(schema), quoteIdentifier(role)]
        yield {
          object: quoted,
          role,
          message: `${name} may use the schema ${quoted}, but nothing in it.`,
          evidence: `${name} has USAGE on ${quoted} and no privilege on a relation or function of it.`,
          fix: `REVOKE USAGE ON SCHEMA ${quoted} FROM ${name};`,
          narrows: true,
        }
      }
    }
  },
}

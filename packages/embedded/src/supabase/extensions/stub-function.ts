/**
 * Functions that have a signature and do nothing: they return NULL. `schema` ends with a dot, or is empty for where the
 * extension goes.
 *
 * @param signatures `name(arguments) returns type`, a line each
 */
export function stubFunctions(signatures: string, schema = ''): string {
  return signatures
    .trim()
    .split('\n')
    .map((line) => {
      const [, name = '', returns = ''] = /^\s*(.+\)) returns (.+?)\s*$/.exec(line) ?? []
      if (name === '') throw new Error(`not a signature: ${line}`)
      const body = /^(setof|table|void)\b/.test(returns) ? 'BEGIN RETURN; END' : 'BEGIN RETURN NULL; END'
      return `CREATE FUNCTION ${schema}${name} RETURNS ${returns} LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ ${body} $$;`
    })
    .join('\n')
}

/** A type that keeps what it is given as text. With a modifier it says it, `vector(3)`, or takes any and forgets it. */
export function stubType(name: string, modifier: 'none' | 'length' | 'any' = 'none'): string {
  const modifiers = {
    none: ['', ''],
    length: [
      `CREATE FUNCTION ${name}_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION ${name}_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';`,
      `, TYPMOD_IN = ${name}_typmod_in, TYPMOD_OUT = ${name}_typmod_out`,
    ],
    // The modifier is how many words there were, which nobody wants to know: it is printed as nothing.
    any: [
      `CREATE FUNCTION ${name}_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'array_cardinality';
CREATE FUNCTION ${name}_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'void_out';`,
      `, TYPMOD_IN = ${name}_typmod_in, TYPMOD_OUT = ${name}_typmod_out`,
    ],
  } as const
  const [functions, options] = modifiers[modifier]
  return `CREATE TYPE ${name};
CREATE FUNCTION ${name}_in(cstring, oid, integer) RETURNS ${name} LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION ${name}_out(${name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
${functions}
CREATE TYPE ${name} (INPUT = ${name}_in, OUTPUT = ${name}_out${options}, STORAGE = extended);
CREATE CAST (text AS ${name}) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (${name} AS text) WITHOUT FUNCTION AS ASSIGNMENT;
`
}

/** `<->` and the like over two types, which return NULL. */
export function stubOperators(names: readonly string[], left: string, right: string, returns: string): string {
  const name = `${left}_${right}_${returns.replaceAll(' ', '_')}_operator`
  const operators = names.map(
    (operator) => `CREATE OPERATOR ${operator} (LEFTARG = ${left}, RIGHTARG = ${right}, FUNCTION = ${name});`,
  )
  return `${stubFunctions(`${name}(a ${left}, b ${right}) returns ${returns}`)}\n${operators.join('\n')}`
}

/** Makes a schema that may be there already, which CREATE SCHEMA IF NOT EXISTS refuses inside of an extension. */
export function ownSchema(name: string): string {
  return `DO $$ BEGIN IF to_regnamespace('${name}') IS NULL THEN CREATE SCHEMA ${name}; END IF; END $$;`
}

import type { StubExtension } from '../../platform/platform.js'
import { stubFunctions, stubOperators, stubType } from './stub-function.js'

const types = ['vector', 'halfvec', 'sparsevec'] as const

const distances = ['<->', '<#>', '<=>', '<+>']

const script = types
  .map((type) =>
    [
      stubType(type, 'length'),
      stubOperators(distances, type, type, 'double precision'),
      stubOperators(['+', '-', '*'], type, type, type),
      stubOperators(['=', '<>', '<', '<=', '>', '>='], type, type, 'boolean'),
      stubFunctions(`
l2_distance(a ${type}, b ${type}) returns double precision
l1_distance(a ${type}, b ${type}) returns double precision
cosine_distance(a ${type}, b ${type}) returns double precision
inner_product(a ${type}, b ${type}) returns double precision
${type === 'vector' ? 'vector_dims' : `${type}_dims`}(a ${type}) returns integer
${type === 'vector' ? 'vector_norm' : `${type}_norm`}(a ${type}) returns double precision
l2_normalize(a ${type}) returns ${type}
to_${type}(a double precision[]) returns ${type}`),
      ...['real[]', 'double precision[]', 'numeric[]', 'integer[]'].map((array) => arrayCast(array, type)),
      `CREATE AGGREGATE avg(${type}) (SFUNC = ${type}_step, STYPE = ${type});`,
      `CREATE AGGREGATE sum(${type}) (SFUNC = ${type}_step, STYPE = ${type});`,
    ].join('\n'),
  )
  .join('\n')

function arrayCast(array: string, type: string): string {
  const name = `${array.replace(/\W+/g, '_')}to_${type}`
  const step = array === 'real[]' ? `${stubFunctions(`${type}_step(a ${type}, b ${type}) returns ${type}`)}\n` : ''
  return `${step}${stubFunctions(`${name}(a ${array}) returns ${type}`)}
CREATE CAST (${array} AS ${type}) WITH FUNCTION ${name}(${array}) AS ASSIGNMENT;`
}

export const vector: StubExtension = { name: 'vector', script, isRelocatable: true }

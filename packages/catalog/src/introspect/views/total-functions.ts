import type { RoutineRow } from '../objects/rows.js'
import type { NullFacts } from './nullability.js'

/** Functions of comparisons and casts, by object id. */
export interface OperatorFunctions {
  /** of the operators of B-trees and hashes, and their negators */
  readonly comparisons: readonly number[]
  /** PostgreSQL's own, without those that make null of what is not */
  readonly ownCasts: readonly number[]
}

/** Whether a function never returns null, or only where an argument is null. */
export function totalFunctions(
  routines: readonly RoutineRow[],
  { comparisons, ownCasts }: OperatorFunctions,
): Pick<NullFacts, 'isTotal' | 'isTotalOfGroups' | 'isSure'> {
  const own = routines.filter(({ isBuiltIn }) => isBuiltIn)
  const total = new Set([...comparisons, ...ownCasts, ...own.filter(isListed).map(({ oid }) => oid)])
  const grouped = new Set(own.filter(({ kind, name }) => kind === 'a' && aggregates.has(name)).map(({ oid }) => oid))
  const always = new Set(own.filter(({ name }) => sure.has(name)).map(({ oid }) => oid))
  return {
    isSure: (oid) => always.has(oid),
    isTotal: (oid) => total.has(oid),
    isTotalOfGroups: (oid) => grouped.has(oid),
  }
}

/** text, varchar and bpchar */
const texts = new Set([25, 1043, 1042])

function isListed({ name, inputs, kind }: RoutineRow): boolean {
  if (kind !== 'f') return false
  if (arithmetic.test(name) || everywhere.has(name)) return true
  return ofText.has(name) && inputs.every((type, index) => texts.has(type) || (index > 0 && type === integer))
}

const integer = 23

/** The functions of + - * / % and of signs, for numbers. */
const arithmetic =
  /^(?:int(?:[248]|24|42|28|82|48|84)|float(?:4|8|48|84))(?:pl|mi|mul|div|mod|um|up)$|^numeric_(?:add|sub|mul|div|mod|uminus)$/

/** Whatever their arguments are. */
const everywhere = new Set([
  ...['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp', 'timeofday'],
  ...['gen_random_uuid', 'uuidv4', 'uuidv7', 'random', 'pg_typeof', 'txid_current', 'pg_current_xact_id'],
  ...['jsonb_concat'],
  ...['abs', 'round', 'ceil', 'ceiling', 'floor', 'trunc', 'sign', 'date_trunc', 'textcat', 'anytextcat', 'textanycat'],
  ...[
    'textlike',
    'textnlike',
    'texticlike',
    'texticnlike',
    'textregexeq',
    'textregexne',
    'texticregexeq',
    'texticregexne',
  ],
  ...['date_pli', 'date_mii', 'date_mi', 'date_pl_interval', 'date_mi_interval', 'timestamp_mi', 'timestamptz_mi'],
  ...['timestamp_pl_interval', 'timestamp_mi_interval', 'timestamptz_pl_interval', 'timestamptz_mi_interval'],
  ...['starts_with', 'to_json', 'to_jsonb', 'row_to_json', 'array_to_json', 'cardinality'],
])

/** Of text: of ranges and patterns, functions of these names may return null. */
const ofText = new Set([
  ...['lower', 'upper', 'initcap', 'length', 'char_length', 'character_length', 'octet_length', 'md5', 'reverse'],
  ...['btrim', 'ltrim', 'rtrim', 'lpad', 'rpad', 'replace', 'repeat', 'left', 'right', 'substr', 'translate'],
])

/** What they make of a group's rows is null only if all of these are. */
const aggregates = new Set([...['min', 'max', 'sum', 'avg', 'bool_and', 'bool_or', 'every', 'string_agg']])

/** They take null as a value like others. */
const sure = new Set([
  ...['concat', 'json_build_object', 'json_build_array', 'jsonb_build_object', 'jsonb_build_array'],
  ...['array_agg', 'json_agg', 'jsonb_agg', 'json_object_agg', 'jsonb_object_agg'],
])

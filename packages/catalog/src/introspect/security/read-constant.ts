import type { Term } from '../../model/term.js'
import { numberAt, type TreeNode } from '../expressions/node-tree.js'
import type { Names } from '../names.js'

/** Types whose constants are told, by object id (src/include/catalog/pg_type.dat), with how their bytes are read. */
const readers: Readonly<Record<number, (bytes: Buffer) => string>> = {
  16: (bytes) => (bytes[0] === 0 ? 'false' : 'true'),
  19: (bytes) => bytes.toString('utf8').replace(/\0.*$/s, ''),
  20: (bytes) => String(bytes.readBigInt64LE()),
  21: (bytes) => String(bytes.readInt16LE()),
  23: (bytes) => String(bytes.readInt32LE()),
  25: textOf,
  1042: textOf,
  1043: textOf,
  2950: (bytes) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
}

/** After the four bytes of its length. */
function textOf(bytes: Buffer): string {
  return bytes.subarray(4).toString('utf8')
}

/** A constant of another type than those is `other`: its bytes mean nothing here. */
export function readConstant(node: TreeNode, names: Names): Term {
  const oid = numberAt(node, 'consttype')
  const type = names.formatted(oid)
  if (node.fields.get('constisnull') === 'true') return { kind: 'constant', value: null, type }
  const bytes = node.fields.get('constvalue')
  const read = readers[oid]
  if (read === undefined || !Array.isArray(bytes)) return { kind: 'other', name: 'constant', parts: [] }
  return { kind: 'constant', value: read(Buffer.from(bytes.map((byte) => Number(byte) & 0xff))), type }
}

import type { AclItem } from '../../model/catalog.js'
import { byNames, compareNames } from '../../postgres/names.js'

/** PostgreSQL's letters for privileges ("Privileges", table 5.1). */
const privilegeNames: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  c: 'CONNECT',
  T: 'TEMPORARY',
  s: 'SET',
  A: 'ALTER SYSTEM',
}

/** An `aclitem[]`, as text items: `"Odd ""Role"""=r*w/owner`. */
export function parseAcl(items: readonly string[] | null): AclItem[] | null {
  if (items === null) return null
  return items.map(parseItem).sort(
    byNames(
      (item) => item.grantee ?? '',
      (item) => item.grantor,
    ),
  )
}

function parseItem(text: string): AclItem {
  const [grantee, afterGrantee] = readName(text, 0)
  const slash = text.indexOf('/', afterGrantee)
  const privileges = [...text.slice(afterGrantee + 1, slash).matchAll(/([a-zA-Z])(\*?)/g)].map(
    ([, letter = '', star]) => ({
      privilege: privilegeNames[letter] ?? letter,
      grantable: star === '*',
    }),
  )
  privileges.sort((a, b) => compareNames(a.privilege, b.privilege))
  return { grantee: grantee === '' ? null : grantee, grantor: readName(text, slash + 1)[0], privileges }
}

/** A role name ends at `=` or the text's end; within double quotes anything is part of it, a double quote twice. */
function readName(text: string, start: number): [name: string, end: number] {
  let name = ''
  let quoted = false
  let index = start
  for (; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"') {
      if (quoted && text[index + 1] === '"') {
        name += '"'
        index += 1
      } else quoted = !quoted
    } else if (character === '=' && !quoted) break
    else name += character
  }
  return [name, index]
}

import type { AclItem } from '@rolecast/catalog'

/** Privileges that PUBLIC holds by an access list; null is the default one, which gives PUBLIC nothing on most objects. */
export function publicPrivileges(acl: readonly AclItem[] | null): readonly string[] {
  return privilegesOf(acl, (grantee) => grantee === null)
}

/** Privileges that grantees of a kind hold by an access list, each once. */
export function privilegesOf(
  acl: readonly AclItem[] | null,
  isMeant: (grantee: string | null) => boolean,
): readonly string[] {
  const items = (acl ?? []).filter(({ grantee }) => isMeant(grantee))
  return [...new Set(items.flatMap(({ privileges }) => privileges.map(({ privilege }) => privilege)))].sort()
}

/** Privileges that grantees of a kind may grant on, each once. */
export function grantableOf(
  acl: readonly AclItem[] | null,
  isMeant: (grantee: string | null) => boolean,
): readonly string[] {
  const items = (acl ?? []).filter(({ grantee }) => isMeant(grantee))
  return [
    ...new Set(
      items.flatMap(({ privileges }) =>
        privileges.filter(({ grantable }) => grantable).map(({ privilege }) => privilege),
      ),
    ),
  ].sort()
}

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable'

export type Setting = readonly [name: string, value: string]

/** What `ALTER ROLE ... SET` says of a role that requests run as. */
export interface RoleSettings {
  readonly settings: readonly Setting[]
  readonly isolation: IsolationLevel | null
}

export const isolationSetting = 'default_transaction_isolation'

const levels: readonly string[] = ['read committed', 'repeatable read', 'serializable'] satisfies IsolationLevel[]

/** null: no level, or one that PostgreSQL does not have */
export function isolationOf(value: string | undefined): IsolationLevel | null {
  const level = value?.toLowerCase()
  return level !== undefined && levels.includes(level) ? (level as IsolationLevel) : null
}

export function roleSettingsOf(
  rows: readonly { readonly role: string; readonly name: string; readonly value: string }[],
): ReadonlyMap<string, RoleSettings> {
  const byRole = new Map<string, RoleSettings>()
  for (const { role, name, value } of rows) {
    const known = byRole.get(role) ?? { settings: [], isolation: null }
    byRole.set(
      role,
      name === isolationSetting
        ? { ...known, isolation: isolationOf(value) }
        : { ...known, settings: [...known.settings, [name, value]] },
    )
  }
  return byRole
}

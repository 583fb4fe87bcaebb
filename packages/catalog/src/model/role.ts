export interface Role {
  readonly name: string
  readonly canLogin: boolean
  readonly superuser: boolean
  readonly inherit: boolean
  readonly bypassRowSecurity: boolean
  readonly createRole: boolean
  readonly createDatabase: boolean
  readonly replication: boolean
  readonly memberOf: readonly Membership[]
  readonly comment: string | null
}

export interface Membership {
  readonly role: string
  /** before PostgreSQL 16: what the member's INHERIT attribute says */
  readonly inherit: boolean
  /** before PostgreSQL 16: always true */
  readonly set: boolean
  readonly admin: boolean
}

export interface RoleSetting {
  /** null: all roles */
  readonly role: string | null
  /** whether it holds in this database only */
  readonly thisDatabase: boolean
  readonly name: string
  /** null where the value may be a secret: custom settings other than known harmless ones */
  readonly value: string | null
}

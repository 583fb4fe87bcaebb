import type { ClaimValue } from '../postgres/claim-settings.js'
import type { QualifiedName, Signature } from '../postgres/names.js'
import type { AclItem } from './acl-item.js'
import type { Term } from './term.js'

/**
 * What only an audit needs of a database: read when `IntrospectOptions.security` asks for it. It holds no source code of
 * functions and no values of settings that may be secret; code is described by what it does.
 */
export interface Security {
  /** the roles that the introspection was asked about: those that requests may run as */
  readonly apiRoles: readonly string[]
  readonly database: {
    readonly name: string
    readonly owner: string
    readonly acl: readonly AclItem[] | null
  }
  /** names of the other databases that PUBLIC or a role of `logins` may connect to */
  readonly otherDatabases: readonly string[]
  /** limits of every role's login; null: none */
  readonly logins: readonly {
    readonly role: string
    /** null: unlimited */
    readonly connectionLimit: number | null
    /** ISO 8601 with time zone; null: for ever */
    readonly validUntil: string | null
    /** how its password is stored; null where the reader may not see it, which only superusers may */
    readonly password: 'none' | 'md5' | 'scram-sha-256' | null
  }[]
  /** the server's own settings, of a fixed list (see `serverSettings`); absent: this version has no such setting */
  readonly serverSettings: Readonly<Record<string, string>>
  /** languages that are not trusted, `c` and `internal` too; absent in catalogs that an older version wrote */
  readonly untrustedLanguages?: readonly string[]
  /** GRANT … ON PARAMETER, from PostgreSQL 15 on */
  readonly parameterAcls: readonly { readonly parameter: string; readonly acl: readonly AclItem[] }[]
  /** objects of PostgreSQL itself that are dangerous in an API, and who of the roles asked about may use them */
  readonly systemAccess: readonly {
    readonly role: string
    /** SELECT */
    readonly relations: readonly QualifiedName[]
    /** EXECUTE */
    readonly functions: readonly Signature[]
  }[]
  /** functions of extensions that reach the network or schedule work, in any schema, by signature */
  readonly outreach: readonly {
    readonly function: Signature
    readonly extension: string
    readonly roles: readonly string[]
  }[]
  readonly publications: readonly {
    readonly name: string
    /** all tables of the database */
    readonly all: boolean
    readonly tables: readonly { readonly table: QualifiedName; readonly filtered: boolean }[]
  }[]
  /** REPLICA IDENTITY FULL */
  readonly fullReplicaIdentity: readonly QualifiedName[]
  readonly userMappings: readonly {
    readonly server: string
    /** null: PUBLIC */
    readonly role: string | null
    /** its options name a password; null where the reader may not see them */
    readonly hasPassword: boolean | null
  }[]
  /** sequences of the user's schemas with their grants, whether an expression names them or not */
  readonly sequenceAcls: readonly {
    readonly sequence: QualifiedName
    readonly owner: string
    readonly acl: readonly AclItem[]
  }[]
  /** what the code of each described routine does, by signature */
  readonly code: Readonly<Record<Signature, RoutineCode>>
  /** the conditions of every policy, taken apart; by relation, then policy */
  readonly conditions: Readonly<Record<QualifiedName, Readonly<Record<string, PolicyTerms>>>>
}

export interface PolicyTerms {
  readonly using: Term | null
  readonly check: Term | null
}

/** What a routine's body does, as far as its text tells. Of SQL bodies (`BEGIN ATOMIC`), of its decompiled text. */
export interface RoutineCode {
  /** the body was there to be read: `internal` and C functions have none */
  readonly readable: boolean
  readonly settingsRead: readonly SettingUse[]
  readonly settingsWritten: readonly SettingWrite[]
  /** EXECUTE of a text that is put together with `||` or `format('%s')` */
  readonly dynamicSql: boolean
  /** a literal that signs or encrypts: what `sign`, `hmac` and the like are given */
  readonly literalSecret: boolean
  /** a secret that was published somewhere stands in it */
  readonly publishedSecret: boolean
  /** names current_user, session_user or the like */
  readonly identities: readonly ('current_user' | 'session_user' | 'current_role' | 'user')[]
  /** it can raise an exception */
  readonly raises: boolean
  /** words of its body that are names of described relations, written with or without schema */
  readonly relations: readonly QualifiedName[]
  /** of `relations`: those that it writes to */
  readonly writes: readonly QualifiedName[]
  /**
   * the words of commands that write or lock which stand in it: it does neither without them. Absent from catalogs that an
   * older version stored
   */
  readonly commands?: readonly ('insert' | 'update' | 'delete' | 'merge' | 'truncate' | 'share' | 'lock')[]
  /** words of its body that are names of described routines */
  readonly calls: readonly QualifiedName[]
  /** it returns this claim of the request, and does nothing else */
  readonly claim?: ClaimValue
}

export interface SettingUse {
  /** null: it is not a literal */
  readonly name: string | null
  /** `current_setting(…, true)` */
  readonly missingOk: boolean
  /** wrapped in nullif(…, '') */
  readonly nullIfEmpty: boolean
  /** cast to json or jsonb */
  readonly asJson: boolean
  /** the claim that is taken from it, key by key; empty: all of it */
  readonly path: readonly string[]
}

export interface SettingWrite {
  /** null: it is not a literal */
  readonly name: string | null
  /** it outlives the transaction: set_config(…, false), SET SESSION, SET */
  readonly session: boolean
}

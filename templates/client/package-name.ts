const npmName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/

/** The name of a role's package: `{role}` stands for the role, as far as npm's lower-case, URL-safe names have it. */
export function packageNameOf(name: string, role: string): string {
  const part = role.toLowerCase().replace(/[^a-z0-9-]+/g, '-')
  return name.replaceAll('{role}', part.replace(/^-+|-+$/g, '') || 'role')
}

/** Why these roles cannot have packages of this name, or null where they can. */
export function packageNameProblem(name: string, roles: readonly string[]): string | null {
  const takenBy = new Map<string, string>()
  for (const role of roles) {
    const own = packageNameOf(name, role)
    if (own.length > 214 || !npmName.test(own)) return `${JSON.stringify(own)} is no name for an npm package`
    const other = takenBy.get(own)
    if (other !== undefined) {
      const advice = name.includes('{role}') ? '' : '; put {role} into it'
      return `the roles ${JSON.stringify(other)} and ${JSON.stringify(role)} would both be ${own}${advice}`
    }
    takenBy.set(own, role)
  }
  return null
}

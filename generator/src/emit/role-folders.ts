import { UsageError } from '../errors.js'

/** Names that a file system or a package manager gives a meaning of their own. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|node_modules|\.+)$/i

/**
 * A folder name for each role: the role's own where every file system takes it, otherwise with the other characters as
 * `_`. The name stays inside the output folder whatever the role is called.
 *
 * @throws UsageError when two roles would share a folder (also where only the case of letters differs)
 */
export function roleFolders(roles: readonly string[]): ReadonlyMap<string, string> {
  const folders = new Map<string, string>()
  const takenBy = new Map<string, string>()
  for (const role of roles) {
    const plain = role.replace(/[^\p{L}\p{N}_-]/gu, '_')
    const folder = reserved.test(plain) ? `_${plain}` : plain
    const other = takenBy.get(folder.toLowerCase())
    if (other !== undefined) {
      throw new UsageError(
        `The roles ${JSON.stringify(other)} and ${JSON.stringify(role)} would share the folder ${folder}. Generate them into different output folders.`,
      )
    }
    takenBy.set(folder.toLowerCase(), role)
    folders.set(role, folder)
  }
  return folders
}

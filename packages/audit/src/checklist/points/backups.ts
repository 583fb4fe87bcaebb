import { manual, type Point } from '../point.js'

export const backups: Point = {
  title: 'Backups are made, and restoring one was tried',
  judge() {
    return manual(
      'A database does not know whether it can be restored. Restore the last backup elsewhere, and run this there.',
    )
  },
}

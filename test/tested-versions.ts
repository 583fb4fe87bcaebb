import { embeddedVersions, type PostgresVersion } from '@rolecast/embedded'

/**
 * The PostgreSQL versions that tests run on where behaviour differs between versions. By default the two that differ most;
 * `ROLECAST_VERSIONS` names others (`14,16`), or all that are installed (`all`).
 */
export const testedVersions: readonly PostgresVersion[] = versionsIn(process.env.ROLECAST_VERSIONS ?? '15,18')

function versionsIn(text: string): PostgresVersion[] {
  const installed = embeddedVersions().toReversed()
  return text === 'all' ? installed : installed.filter((version) => text.split(',').includes(String(version)))
}

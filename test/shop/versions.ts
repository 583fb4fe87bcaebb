import { embeddedVersions, type PostgresVersion } from '@rolecast/embedded'

/** The oldest and the newest that behave differently; `ROLECAST_VERSIONS=all` takes every installed one. */
export const testedVersions: readonly PostgresVersion[] = embeddedVersions().filter(
  (version) => process.env.ROLECAST_VERSIONS === 'all' || version === 15 || version === 18,
)

/** The value of an option of pg_class.reloptions, in the case it was written in. */
export function optionOf(options: readonly string[] | null, name: string): string | undefined {
  return options?.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** Whether a Boolean option is on; PostgreSQL stores it as somebody wrote it. */
export function isOnOption(options: readonly string[] | null, name: string): boolean {
  return /^(t|tr|tru|true|y|ye|yes|on|1)$/i.test(optionOf(options, name) ?? '')
}

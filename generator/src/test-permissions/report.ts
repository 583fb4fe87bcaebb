import { printable } from '@rolecast/audit/printable'
import type { Judged } from './mutate.js'

/** What `--mutate --json` prints. */
export interface MutationReport {
  /** null: a command of the user's own */
  readonly tests: number | null
  readonly summary: {
    readonly killed: number
    readonly survived: number
    readonly equivalent: number
    /** changes that PostgreSQL does not take */
    readonly impossible: number
  }
  readonly survivors: readonly {
    readonly kind: string
    readonly object: string
    readonly change: string
    readonly widens: boolean
    /** the role that it matters to, and how it shows */
    readonly role: string
    readonly why: string
  }[]
}

export function reportOf(judged: readonly Judged[], tests: number | null): MutationReport {
  const of = (verdict: Judged['result']['verdict']) => judged.filter(({ result }) => result.verdict === verdict).length
  return {
    tests,
    summary: {
      killed: of('killed'),
      survived: of('survived'),
      equivalent: of('equivalent'),
      impossible: of('impossible'),
    },
    survivors: judged.flatMap(({ mutant, result }) =>
      result.verdict === 'survived'
        ? [
            {
              kind: mutant.kind,
              object: mutant.object,
              change: mutant.change,
              widens: mutant.widens,
              role: result.difference.role,
              why: `no test sees that for ${result.difference.role}: ${result.difference.what}`,
            },
          ]
        : [],
    ),
  }
}

export function reportText({ summary, survivors, tests }: MutationReport): string {
  const { killed, survived, equivalent, impossible } = summary
  const rate = killed + survived === 0 ? 100 : Math.floor((1000 * killed) / (killed + survived)) / 10
  return [
    `killed ${killed}, survived ${survived} (${rate} % killed${tests === null ? '' : ` by ${tests} tests`}), equivalent ${equivalent}${impossible > 0 ? `, not possible ${impossible}` : ''}`,
    ...survivors.map(
      ({ object, change, widens, why }) =>
        `SURVIVED ${printable(object)}: ${printable(change)}${widens ? ' (widens)' : ''}\n  ${printable(why)}`,
    ),
    '',
  ].join('\n')
}

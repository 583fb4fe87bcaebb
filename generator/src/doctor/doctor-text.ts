import { printable } from '@rolecast/audit/printable'
import type { Diagnosis } from './diagnosis.js'

/** A diagnosis as a terminal shows it. */
export function doctorText({ verdict, status, cause, repair }: Diagnosis, plan: string | null): string {
  const lines = [
    `${verdict.toUpperCase()} (${status})`,
    ...(cause === null
      ? verdict === 'empty'
        ? ['No such row is there: privileges and policies hide none.']
        : []
      : [`Because of ${cause.kind}: ${printable(cause.message)}`]),
    ...(repair === null
      ? []
      : ['', repair.tried ? 'Repair (tried and rolled back: the request passes):' : 'Repair (not tried):']),
    ...(repair?.sql.split('\n').map((line) => `  ${printable(line)}`) ?? []),
    ...(repair?.note ? [printable(repair.note)] : []),
    ...(repair?.tried ? widening(repair.widens) : []),
    ...(plan === null
      ? []
      : [
          '',
          'Plan:',
          ...plan
            .trimEnd()
            .split('\n')
            .map((line) => `  ${printable(line)}`),
        ]),
  ]
  return `${lines.join('\n')}\n`
}

function widening(widens: NonNullable<Diagnosis['repair']>['widens']): string[] {
  if (widens.length === 0) return ['It opens nothing else.']
  return [
    'It also opens:',
    ...widens.map(({ role, object, verb, column }) =>
      printable(`  ${role}: ${verb} of ${object}${column === undefined ? '' : `, column ${column}`}`),
    ),
  ]
}

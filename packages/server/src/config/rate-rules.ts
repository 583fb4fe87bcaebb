import { z } from 'zod'

/** How many requests are answered, counted together by what they have in common. */
export interface RateRule {
  readonly by: 'address' | 'role' | 'claim'
  /** the claim's name; null where it is not by a claim */
  readonly claim: string | null
  readonly requests: number
  /** in which so many requests are answered again and again */
  readonly seconds: number
  /** how many may come at once */
  readonly burst: number
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 }

const form =
  /^(\d{1,9})\s*\/\s*(s|min|h|d)\s+by\s+(?:(address|role)|claim\s+([\w:./-]{1,100}))(?:\s+burst\s+(\d{1,9}))?$/

const expected = 'expected rules such as 20/s by address burst 100, 600/min by role, 10000/d by claim sub'

function ruleOf(text: string): RateRule | undefined {
  const [, count = '', unit = '', by = 'claim', claim = null, burst = count] = form.exec(text.trim()) ?? []
  const seconds = unitSeconds[unit]
  if (seconds === undefined || Number(count) === 0 || Number(burst) === 0) return undefined
  return {
    by: by === 'address' || by === 'role' ? by : 'claim',
    claim,
    requests: Number(count),
    seconds,
    burst: Number(burst),
  }
}

const written = z.string().transform((text, context): readonly RateRule[] => {
  const rules = text.trim() === '' ? [] : text.split(',').map(ruleOf)
  if (rules.every((rule) => rule !== undefined)) return rules
  context.addIssue({ code: 'custom', message: expected })
  return z.NEVER
})

const given = z
  .array(
    z.strictObject({
      by: z.enum(['address', 'role', 'claim']),
      claim: z.string().nullable(),
      requests: z.int().positive(),
      seconds: z.number().positive(),
      burst: z.int().positive(),
    }),
  )
  .readonly()

/** A rule as a file has it; of one that a program made of other units, its seconds. */
export function rateRuleText({ by, claim, requests, seconds, burst }: RateRule): string {
  const unit = Object.entries(unitSeconds).find(([, length]) => length === seconds)?.[0] ?? `${seconds}s`
  return `${requests}/${unit} by ${by === 'claim' ? `claim ${claim}` : by}${burst === requests ? '' : ` burst ${burst}`}`
}

/** `20/s by address burst 100, 600/min by role`; programs may also give the rules themselves. */
export const rateRules = z.union([given, written], { error: expected }).describe('rules, with commas')

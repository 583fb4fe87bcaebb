import type { Find } from './find.js'

type Step = (value: unknown) => unknown

const comparisons: Readonly<Record<string, (element: string, wanted: string) => boolean>> = {
  '==': (element, wanted) => element === wanted,
  '!=': (element, wanted) => element !== wanted,
  '^==': (element, wanted) => element.startsWith(wanted),
  '==^': (element, wanted) => element.endsWith(wanted),
  '*==': (element, wanted) => element.includes(wanted),
}

const keyStep = /\.(?:([\p{L}\p{N}_$@]+)|"([^"]*)")/uy
const indexStep = /\[(\d{1,9})\]/y
const filterStep = /\[\?\(@\s*(==\^|==|!=|\^==|\*==)\s*"([^"]*)"\)\]$/y

/** `.key."other key"[0][?(@ == "text")]`, with the filter at the end only; null where it is none. */
export function compileOldPath(text: string): Find | null {
  const steps: Step[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) at += found[0].length
    return found
  }
  while (at < text.length) {
    const key = match(keyStep)
    const index = key === null ? match(indexStep) : null
    const filter = key === null && index === null ? match(filterStep) : null
    if (key !== null) steps.push(member(key[1] ?? key[2] ?? ''))
    else if (index !== null) steps.push(element(Number(index[1])))
    else if (filter !== null) steps.push(firstThat(filter[1] ?? '', filter[2] ?? ''))
    else return null
  }
  if (steps.length === 0) return null
  return (claims) => steps.reduce<unknown>((value, step) => step(value), claims)
}

function member(key: string): Step {
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined
}

function element(index: number): Step {
  return (value) => (Array.isArray(value) ? value[index] : undefined)
}

function firstThat(operator: string, wanted: string): Step {
  const compare = comparisons[operator]
  return (value) =>
    Array.isArray(value) && compare !== undefined
      ? value.find((item) => typeof item === 'string' && compare(item, wanted))
      : undefined
}

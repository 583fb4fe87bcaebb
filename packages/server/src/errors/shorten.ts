/** A request is not sent back as a whole: responses would grow with what others make clients ask for. */
export function shorten(text: string): string {
  return text.length <= longestEcho ? text : `${text.slice(0, longestEcho)}…`
}

export const longestEcho = 2_000

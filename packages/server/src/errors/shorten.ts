/** A request is not sent back as a whole: responses would grow with what others make clients ask for. */
export function shorten(text: string): string {
  return text.length <= maxEchoLength ? text : `${text.slice(0, maxEchoLength)}…`
}

export const maxEchoLength = 2_000

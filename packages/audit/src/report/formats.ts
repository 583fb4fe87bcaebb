import type { ReportFormat } from './report.js'

/** How a report can be printed. One is loaded when it is asked for. */
const loaders = {
  text: async () => (await import('./text.js')).text,
  json: async () => (await import('./json.js')).json,
  sarif: async () => (await import('./sarif.js')).sarif,
  markdown: async () => (await import('./markdown.js')).markdown,
  github: async () => (await import('./github.js')).github,
  junit: async () => (await import('./junit.js')).junit,
  html: async () => (await import('./page/html.js')).loadHtml(),
} satisfies Record<string, () => Promise<ReportFormat>>

export type FormatName = keyof typeof loaders

export const formatNames = Object.keys(loaders) as readonly FormatName[]

export function loadFormat(name: FormatName): Promise<ReportFormat> {
  return loaders[name]()
}

import { openAsker } from '../ask/ask.js'
import type { Question } from './diagnosis.js'

/** How PostgreSQL runs the request as the role (EXPLAIN). @throws UnreachableError */
export async function planOf(question: Question, statements: readonly string[] = []): Promise<string> {
  const { request } = question
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'accept')
  await using asker = await openAsker({ ...question, server: { ...question.server, dbPlanEnabled: true } })
  const headers = [...others, ['Accept', 'application/vnd.pgrst.plan+text'] as const]
  const { status, body, message } = await asker.ask({ ...request, headers }, statements)
  return status < 400 ? body : `There is none: ${message ?? body}`
}

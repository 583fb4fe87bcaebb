import type { SequenceCall } from '../model/catalog.js'
import { EffectivePrivileges } from './effective-privileges.js'

/** What a decision may ask of a role. Whatever it asks else is of the catalog, and the same for every role. */
type Topic = 'is' | 'has' | 'bypasses' | 'schema' | 'grants' | 'function' | SequenceCall

type Question =
  | { readonly topic: Topic; readonly about: string }
  /** a policy's list of roles */
  | { readonly topic: 'has any of'; readonly about: readonly string[] }

type Answer = string | boolean

function answerOf(role: EffectivePrivileges, question: Question): Answer {
  if (question.topic === 'has any of') return role.hasAnyOf(question.about)
  const { topic, about } = question
  switch (topic) {
    case 'is':
      return role.is(about)
    case 'has':
      return role.hasRole(about)
    case 'bypasses':
      return role.bypassesRowSecurity()
    case 'schema':
      return role.mayUseSchema(about)
    case 'grants':
      return JSON.stringify(role.grantsOn(about)) ?? ''
    case 'function':
      return role.mayExecute(about)
    default:
      return role.mayCall(topic, about)
  }
}

/** A role's privileges that remember what they were asked. */
export class AskedPrivileges extends EffectivePrivileges {
  readonly #asked = new Map<Topic, Set<string>>()
  readonly #askedOfLists = new Set<readonly string[]>()
  #questions: Question[] = []

  /** What was asked since this was last called, in order, each question once. */
  takeQuestions(): readonly Question[] {
    const questions = this.#questions
    this.#questions = []
    for (const about of this.#asked.values()) about.clear()
    this.#askedOfLists.clear()
    return questions
  }

  #ask(topic: Topic, about: string): void {
    const known = this.#asked.get(topic) ?? new Set()
    if (known.size === 0) this.#asked.set(topic, known)
    if (known.has(about)) return
    known.add(about)
    this.#questions.push({ topic, about })
  }

  override is(role: string) {
    this.#ask('is', role)
    return super.is(role)
  }

  override hasRole(other: string) {
    this.#ask('has', other)
    return super.hasRole(other)
  }

  override hasAnyOf(roles: readonly string[]) {
    if (!this.#askedOfLists.has(roles)) this.#questions.push({ topic: 'has any of', about: roles })
    this.#askedOfLists.add(roles)
    return super.hasAnyOf(roles)
  }

  override bypassesRowSecurity() {
    this.#ask('bypasses', '')
    return super.bypassesRowSecurity()
  }

  override mayUseSchema(schema: string) {
    this.#ask('schema', schema)
    return super.mayUseSchema(schema)
  }

  override grantsOn(relation: string) {
    this.#ask('grants', relation)
    return super.grantsOn(relation)
  }

  override mayExecute(signature: string) {
    this.#ask('function', signature)
    return super.mayExecute(signature)
  }

  override mayCall(call: SequenceCall, sequence: string) {
    this.#ask(call, sequence)
    return super.mayCall(call, sequence)
  }
}

type Step<Result> =
  | { readonly question: Question; readonly next: Map<Answer, Step<Result>> }
  | { readonly result: Result }

/**
 * One decision for many roles. It is made once for all roles that give the same answers to what it asks: it is a pure
 * function of the catalog and these answers, so it asks them the same questions, and its result is the same.
 */
export class DecidedByAnswers<Result> {
  #first: Step<Result> | undefined

  /** @param decide asks `role` only, and keeps nothing from one call to the next */
  of(role: AskedPrivileges, decide: () => Result): Result {
    const known = this.#find(role)
    role.takeQuestions()
    if (known !== undefined) return known.result
    const result = decide()
    this.#add(role, role.takeQuestions(), result)
    role.takeQuestions()
    return result
  }

  #find(role: EffectivePrivileges): { readonly result: Result } | undefined {
    let step = this.#first
    while (step !== undefined && 'question' in step) step = step.next.get(answerOf(role, step.question))
    return step
  }

  #add(role: EffectivePrivileges, questions: readonly Question[], result: Result): void {
    let put = (step: Step<Result>) => {
      this.#first = step
    }
    let step = this.#first
    for (const question of questions) {
      if (step === undefined || !('question' in step)) {
        step = { question, next: new Map() }
        put(step)
      }
      if (step.question.topic !== question.topic || step.question.about !== question.about)
        throw new Error(
          `A decision asked for ${question.about} after the same answers that led to ${step.question.about}`,
        )
      const { next } = step
      const answer = answerOf(role, step.question)
      put = (following) => next.set(answer, following)
      step = next.get(answer)
    }
    put({ result })
  }
}

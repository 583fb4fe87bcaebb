import { ApiError, type ApiErrorDetails, type ApiErrorName } from './api-error.js'
import { isApiError } from './guards.js'

/** A class of the errors of one name: `instanceof` also holds for those of another client's runtime. */
function kind(name: ApiErrorName) {
  return class extends ApiError {
    constructor(about: ApiErrorDetails) {
      super(about, name)
    }

    static override [Symbol.hasInstance](error: unknown): boolean {
      return isApiError(error) && error.name === name
    }
  }
}

/** The request did not reach the API, or its answer did not come back. */
export class NetworkError extends /* @__PURE__ */ kind('NetworkError') {}

/** There was no answer in time. */
export class TimeoutError extends /* @__PURE__ */ kind('TimeoutError') {}

/** A signal of the call, or the client's `reset()`, ended it. */
export class AbortError extends /* @__PURE__ */ kind('AbortError') {}

/** What came back is no answer of the API: not the form that was asked for, or more of it than allowed. */
export class ResponseError extends /* @__PURE__ */ kind('ResponseError') {}

/** The token's source failed, or gave what is no bearer token. */
export class TokenError extends /* @__PURE__ */ kind('TokenError') {}

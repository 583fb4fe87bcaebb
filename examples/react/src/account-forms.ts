import { LoginArguments, SignupArguments } from './api/anon/zod.js'
import { visitor } from './clients.js'
import { setSession } from './session.js'
import { type Problems, submit } from './submit.js'

const rules = {
  '28P01': ['pass', 'Unknown address or wrong password'],
  '23505': ['email', 'This address has an account already'],
  '22023': ['pass', 'A password has 10 to 72 bytes'],
  email_is_canonical: ['email', 'Not an address'],
  profiles_name_check: ['name', 'A name has 1 to 80 letters'],
} as const

export function logIn(form: FormData): Promise<Problems> {
  const typed = { email: form.get('email'), pass: form.get('pass') }
  return submit(LoginArguments, typed, (values) => visitor.rpc.login(values), rules, setSession)
}

export function signUp(form: FormData): Promise<Problems> {
  const typed = { email: form.get('email'), pass: form.get('pass'), name: form.get('name') }
  return submit(SignupArguments, typed, (values) => visitor.rpc.signup(values), rules, setSession)
}

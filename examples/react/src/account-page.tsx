import { logIn, signUp } from './account-forms.js'
import { Field, Form } from './form.jsx'

/** For whoever is not logged in. */
export function AccountPage() {
  return (
    <div className="columns">
      <section>
        <h2>Log in</h2>
        <Form label="Log in" send={logIn}>
          <Field name="email" label="Email" type="email" autoComplete="username" />
          <Field name="pass" label="Password" type="password" autoComplete="current-password" />
          <button type="submit">Log in</button>
        </Form>
      </section>
      <section>
        <h2>Sign up</h2>
        <Form label="Sign up" send={signUp}>
          <Field name="name" label="Name" autoComplete="name" />
          <Field name="email" label="Email" type="email" autoComplete="username" />
          <Field name="pass" label="Password" type="password" autoComplete="new-password" />
          <button type="submit">Sign up</button>
        </Form>
      </section>
    </div>
  )
}

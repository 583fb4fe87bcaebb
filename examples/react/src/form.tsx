import { useMutation } from '@tanstack/react-query'
import { createContext, type InputHTMLAttributes, type ReactNode, useContext, useId } from 'react'
import type { Problems } from './submit.js'

const Shown = createContext<Problems>({})

interface FormProps {
  readonly label: string
  readonly send: (form: FormData) => Promise<Problems>
  readonly onDone?: () => Promise<unknown>
  readonly children: ReactNode
}

/** A form that shows what is wrong at the fields. */
export function Form({ label, send, onDone, children }: FormProps) {
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: send,
    onSuccess: async (problems) => Object.keys(problems).length === 0 && onDone?.(),
  })
  const problems = data ?? {}
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        mutate(new FormData(event.currentTarget))
      }}
    >
      <Shown value={problems}>
        <fieldset disabled={isPending}>{children}</fieldset>
      </Shown>
      {(problems.form ?? error) && <p role="alert">{problems.form ?? error?.message}</p>}
    </form>
  )
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly name: string
  readonly label: string
  /** Instead of an input, a menu of these. */
  readonly options?: readonly { readonly id: number; readonly name: string }[]
}

/** An input or a menu, with what is wrong with it. */
export function Field({ name, label, options, ...input }: FieldProps) {
  const problem = useContext(Shown)[name]
  const id = useId()
  const shared = { id, name, 'aria-invalid': problem !== undefined, 'aria-describedby': `${id}-problem` }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {options ? (
        <select {...shared}>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} {...input} />
      )}
      <span id={`${id}-problem`} className="problem">
        {problem}
      </span>
    </div>
  )
}

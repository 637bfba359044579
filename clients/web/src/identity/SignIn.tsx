import { type FormEvent, useState } from 'react'
import { signIn } from '../live'
import { Banner, Form, PasswordField, Submit, TextField } from '../ui'
import { texts } from './texts.pl'

/** Login and password. What was typed stays when it was refused. */
export function SignIn() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing: Record<string, string> = {}
    if (!login.trim()) missing.login = texts.loginMissing
    if (!password) missing.password = texts.passwordMissing
    setErrors(missing)
    if (Object.keys(missing).length > 0 || isPending) return
    setPending(true)
    setRefusal(null)
    const result = await signIn({ login: login.trim(), password })
    setPending(false)
    if (!result.ok) setRefusal(result.problem.message)
  }
  return (
    <div className="door-sign-in">
      <h1>{texts.signInTitle}</h1>
      <p className="muted">{texts.signInLead}</p>
      {refusal ? <Banner tone="danger">{refusal}</Banner> : null}
      <Form onSubmit={submit} validationErrors={errors} validationBehavior="aria">
        <TextField
          name="login"
          label={texts.login}
          hint={texts.loginHint}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          error={errors.login}
          autoFocus
        />
        <PasswordField
          name="password"
          label={texts.password}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={errors.password}
        />
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.signIn}</Submit>
        </div>
      </Form>
      <details className="door-help">
        <summary>{texts.noAccess}</summary>
        <p>{texts.noAccessWords}</p>
      </details>
    </div>
  )
}

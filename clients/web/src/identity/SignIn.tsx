import { type FormEvent, useState } from 'react'
import { showSecondFactor, signIn } from '../live'
import { Banner, Form, PasswordField, Submit, TextField } from '../ui'
import { texts } from './texts.pl'

/** Six digits are an app's, eight a card's; letters stand on the recovery sheet. */
function wayOf(code: string) {
  const typed = code.replace(/[\s-]/g, '')
  if (!/^\d+$/.test(typed)) return 'recovery_code'
  return typed.length === 6 ? 'totp' : 'code_card'
}

/** Login and password, and the second factor where it is asked for. What was typed stays when it was refused. */
export function SignIn() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [attempt, setAttempt] = useState<string | null>(null)
  const [code, setCode] = useState('')

  const submitCode = async (event: FormEvent) => {
    event.preventDefault()
    if (!attempt || !code.trim() || isPending) return
    setPending(true)
    setRefusal(null)
    const result = await showSecondFactor({ attempt, way: wayOf(code), code, remember: false })
    setPending(false)
    if (result.ok) return
    setRefusal(result.problem.message)
    if (result.problem.field === 'attempt') setAttempt(null)
  }
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
    else if (result.value.second_step) setAttempt(result.value.second_step.attempt)
  }
  if (attempt)
    return (
      <div className="door-sign-in">
        <h1>{texts.secondTitle}</h1>
        <p className="muted">{texts.secondLead}</p>
        {refusal ? <Banner tone="danger">{refusal}</Banner> : null}
        <Form onSubmit={submitCode} validationErrors={{}} validationBehavior="aria">
          <TextField
            name="code"
            label={texts.code}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            autoFocus
          />
          <div className="form-actions">
            <Submit isPending={isPending}>{texts.signIn}</Submit>
          </div>
        </Form>
      </div>
    )
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

import { type FormEvent, useState } from 'react'
import { call } from '../live'
import { Banner, Card, Form, PasswordField, Submit, tell } from '../ui'
import { texts } from './texts.pl'

/** Changes one's password; the old one is asked for. */
export function PasswordForm() {
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const change = async (event: FormEvent) => {
    event.preventDefault()
    const wrong: Record<string, string> = {}
    if (!old) wrong.old = texts.passwordMissing
    if ([...fresh].length < 8) wrong.fresh = texts.tooShort
    else if (fresh !== again) wrong.again = texts.notTheSame
    setErrors(wrong)
    if (Object.keys(wrong).length > 0) return
    setPending(true)
    const result = await call('identity.change_password', { old_password: old, new_password: fresh })
    setPending(false)
    setProblem(result.ok ? null : result.problem.message)
    if (!result.ok) return
    setOld('')
    setFresh('')
    setAgain('')
    tell(texts.passwordChanged)
  }
  return (
    <Card title={texts.changePassword}>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={change}>
        <PasswordField
          label={texts.oldPassword}
          value={old}
          onChange={setOld}
          error={errors.old}
          autoComplete="current-password"
        />
        <PasswordField
          label={texts.newPassword}
          hint={texts.newPasswordHint}
          value={fresh}
          onChange={setFresh}
          error={errors.fresh}
          autoComplete="new-password"
        />
        <PasswordField
          label={texts.newPasswordAgain}
          value={again}
          onChange={setAgain}
          error={errors.again}
          autoComplete="new-password"
        />
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.changePassword}</Submit>
        </div>
      </Form>
    </Card>
  )
}

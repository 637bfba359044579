import { type FormEvent, useState } from 'react'
import { call, type InstitutionId } from '../live'
import { Banner, Button, Dialog, Form, PasswordField, Submit, TextField, tell } from '../ui'
import { texts } from './texts.pl'

/** Enters a person under the institution; without a login they exist without signing in (E-02). */
export function AddPersonDialog({ institution, onClose }: { institution: InstitutionId; onClose: () => void }) {
  const [name, setName] = useState('')
  const [post, setPost] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const missing: Record<string, string> = {}
    if (!name.trim()) missing.name = texts.nameMissing
    if (login.trim() && !password) missing.password = texts.passwordMissing
    setErrors(missing)
    if (Object.keys(missing).length > 0) return
    setPending(true)
    const result = await call('identity.create_person', {
      institution,
      name: name.trim(),
      post: post.trim(),
      login: login.trim() || undefined,
      password: login.trim() ? password : undefined,
    })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.personAdded(name.trim()))
    onClose()
  }
  return (
    <Dialog title={texts.addPerson} onClose={onClose}>
      <p className="muted">{texts.addPersonLead}</p>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={add}>
        <TextField label={texts.personName} value={name} onChange={setName} error={errors.name} autoFocus />
        <TextField label={texts.post} value={post} onChange={setPost} />
        <TextField
          label={texts.personLogin}
          hint={texts.personLoginHint}
          value={login}
          onChange={setLogin}
          autoComplete="off"
        />
        {login.trim() ? (
          <PasswordField
            label={texts.personPassword}
            hint={texts.personPasswordHint}
            value={password}
            onChange={setPassword}
            error={errors.password}
            autoComplete="new-password"
          />
        ) : null}
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.addPerson}</Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}

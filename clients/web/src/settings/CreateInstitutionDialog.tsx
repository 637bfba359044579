import { type FormEvent, useState } from 'react'
import { call, type InstitutionKind } from '../live'
import { institutionWord } from '../teams/words.pl'
import { Banner, Button, Dialog, Form, PasswordField, Select, Submit, TextField, tell } from '../ui'
import { texts } from './texts.pl'

const kinds = Object.keys(institutionWord) as InstitutionKind[]
const empty = { name: '', short: '', town: '', head: '', post: '', login: '', password: '' }

/** A new institution comes with its head, who does the rest. */
export function CreateInstitutionDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [fields, setFields] = useState(empty)
  const [kind, setKind] = useState<InstitutionKind>('welfare_centre')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const field = (name: keyof typeof empty) => ({
    value: fields[name],
    onChange: (value: string) => setFields((last) => ({ ...last, [name]: value })),
    error: errors[name],
  })
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const needed = ['name', 'short', 'town', 'head', 'login'] as const
    const missing = Object.fromEntries(
      needed.filter((name) => !fields[name].trim()).map((name) => [name, texts.missing]),
    )
    setErrors(missing)
    if (Object.keys(missing).length > 0) return
    setPending(true)
    const result = await call('teams.create_institution', {
      name: fields.name.trim(),
      short_name: fields.short.trim(),
      kind,
      town: fields.town.trim(),
      head_name: fields.head.trim(),
      head_post: fields.post.trim(),
      head_login: fields.login.trim(),
      head_password: fields.password || undefined,
    })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.added(fields.name.trim()))
    onMade()
    onClose()
  }
  return (
    <Dialog title={texts.addInstitution} onClose={onClose} wide>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={add}>
        <TextField label={texts.institutionName} {...field('name')} autoFocus />
        <TextField label={texts.shortName} hint={texts.shortNameHint} {...field('short')} />
        <Select<InstitutionKind>
          label={texts.kind}
          options={kinds.map((one) => ({ value: one, label: institutionWord[one] }))}
          value={kind}
          onChange={setKind}
        />
        <TextField label={texts.town} {...field('town')} />
        <TextField label={texts.headName} {...field('head')} />
        <TextField label={texts.headPost} {...field('post')} />
        <TextField label={texts.headLogin} {...field('login')} autoComplete="off" />
        <PasswordField
          label={texts.headPassword}
          hint={texts.headPasswordHint}
          {...field('password')}
          autoComplete="new-password"
        />
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.addInstitution}</Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}

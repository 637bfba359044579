import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react'
import {
  FieldError,
  Input,
  Label,
  SearchField as Search,
  Text,
  TextArea,
  type TextFieldProps,
  TextField as TextInput,
} from 'react-aria-components'
import { IconButton } from './Button'
import { Eye, EyeOff, SearchIcon, X } from './icons'
import { texts } from './texts.pl'
import './field.css'

export type FieldProps = Omit<TextFieldProps, 'className' | 'style' | 'children'> & {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** The label is spoken but not shown: only where the place itself says it. */
  hideLabel?: boolean
}

/** What every field has: a label above, a hint between, an error below. */
export function FieldFrame({
  label,
  hint,
  error,
  hideLabel,
  children,
}: Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'> & { children: ReactNode }) {
  return (
    <>
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      {children}
      <FieldError className="field-error">{error}</FieldError>
    </>
  )
}

/** One line of text. */
export function TextField({ label, hint, error, hideLabel, ...rest }: FieldProps & { placeholder?: string }) {
  return (
    <TextInput {...rest} isInvalid={!!error} className="field">
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <Input className="input" />
      </FieldFrame>
    </TextInput>
  )
}

/** A password, which can be shown: typing it blind on an office keyboard is half of all failed sign-ins. */
export function PasswordField({ label, hint, error, ...rest }: FieldProps) {
  const [isShown, setShown] = useState(false)
  return (
    <TextInput {...rest} type={isShown ? 'text' : 'password'} isInvalid={!!error} className="field">
      <FieldFrame label={label} hint={hint} error={error}>
        <div className="input-with-end">
          <Input className="input" spellCheck={false} autoCapitalize="none" />
          <IconButton
            label={isShown ? texts.hidePassword : texts.showPassword}
            icon={isShown ? <EyeOff /> : <Eye />}
            onPress={() => setShown(!isShown)}
          />
        </div>
      </FieldFrame>
    </TextInput>
  )
}

type LongProps = FieldProps & {
  rows?: number
  onTextKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  inputRef?: Ref<HTMLTextAreaElement>
  placeholder?: string
}

/** Several lines. */
export function LongText({
  label,
  hint,
  error,
  hideLabel,
  rows = 3,
  onTextKeyDown,
  inputRef,
  placeholder,
  ...rest
}: LongProps) {
  return (
    <TextInput {...rest} isInvalid={!!error} className="field">
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <TextArea
          className="input input-long"
          rows={rows}
          onKeyDown={onTextKeyDown}
          ref={inputRef}
          placeholder={placeholder}
        />
      </FieldFrame>
    </TextInput>
  )
}

type SearchProps = {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  autoFocus?: boolean
  /** A list that the arrows move through while the cursor stays here. */
  list?: { id: string; active: string | undefined }
}

/** Words to search for, with one key to clear them. */
export function SearchField({ label, value, onChange, placeholder, autoFocus, list }: SearchProps) {
  const combobox = list
    ? ({
        role: 'combobox',
        'aria-expanded': true,
        'aria-controls': list.id,
        'aria-activedescendant': list.active,
        'aria-autocomplete': 'list',
      } as const)
    : {}
  return (
    <Search aria-label={label} value={value} onChange={onChange} className="field search-field" autoFocus={autoFocus}>
      <SearchIcon />
      <Input className="input" placeholder={placeholder} {...combobox} />
      {value ? <IconButton label={texts.clear} icon={<X />} slot="clear" /> : null}
    </Search>
  )
}

import type { ReactNode } from 'react'
import {
  Checkbox as Box,
  CheckboxGroup as Boxes,
  type CheckboxGroupProps,
  type CheckboxProps,
  Radio,
  type RadioGroupProps,
  RadioGroup as Radios,
  type SwitchProps,
  Switch as Toggle,
} from 'react-aria-components'
import { FieldFrame, type FieldProps } from './Field'
import { Check, Minus } from './icons'
import './field.css'

type Words = { children: ReactNode; hint?: ReactNode }

/** Yes or no. Never ticked beforehand where it stands for somebody's agreement. */
export function Checkbox({ children, hint, ...rest }: Omit<CheckboxProps, 'className' | 'style' | 'children'> & Words) {
  return (
    <Box {...rest} className="choice">
      <span className="choice-mark">{rest.isIndeterminate ? <Minus /> : <Check />}</span>
      <span className="choice-words">
        <span>{children}</span>
        {hint ? <span className="field-hint">{hint}</span> : null}
      </span>
    </Box>
  )
}

type Group = Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'>

export function CheckboxGroup({
  label,
  hint,
  error,
  hideLabel,
  children,
  ...rest
}: Omit<CheckboxGroupProps, 'className' | 'style' | 'children'> & Group & { children: ReactNode }) {
  return (
    <Boxes {...rest} className="field">
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <div className="choices">{children}</div>
      </FieldFrame>
    </Boxes>
  )
}

export type Option<T extends string> = { value: T; label: string; hint?: string }

/** One of a few; all of them are seen at once. */
export function RadioGroup<T extends string>({
  label,
  hint,
  error,
  hideLabel,
  options,
  onChange,
  ...rest
}: Omit<RadioGroupProps, 'className' | 'style' | 'children' | 'onChange' | 'value'> &
  Group & { options: Option<T>[]; value?: T; onChange?: (value: T) => void }) {
  return (
    <Radios {...rest} {...(onChange ? { onChange: (value: string) => onChange(value as T) } : {})} className="field">
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <div className="choices">
          {options.map((option) => (
            <Radio key={option.value} value={option.value} className="choice">
              <span className="choice-mark choice-round" />
              <span className="choice-words">
                <span>{option.label}</span>
                {option.hint ? <span className="field-hint">{option.hint}</span> : null}
              </span>
            </Radio>
          ))}
        </div>
      </FieldFrame>
    </Radios>
  )
}

/** On or off, in force at once. */
export function Switch({ children, hint, ...rest }: Omit<SwitchProps, 'className' | 'style' | 'children'> & Words) {
  return (
    <Toggle {...rest} className="choice">
      <span className="switch-track" />
      <span className="choice-words">
        <span>{children}</span>
        {hint ? <span className="field-hint">{hint}</span> : null}
      </span>
    </Toggle>
  )
}

import type { ReactNode } from 'react'
import {
  Button,
  ComboBox as Combo,
  type ComboBoxProps,
  Input,
  type Key,
  ListBox as List,
  ListBoxItem,
  type ListBoxProps,
  Select as Picker,
  Popover,
  type SelectProps,
  SelectValue,
} from 'react-aria-components'
import type { Option } from './Choice'
import { FieldFrame, type FieldProps } from './Field'
import { ChevronDown } from './icons'
import { texts } from './texts.pl'
import './field.css'
import './overlay.css'

type Frame = Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'>

function Items<T extends string>({ options }: { options: Option<T>[] }) {
  return options.map((option) => (
    <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="menu-item">
      <span className="menu-words">
        <span>{option.label}</span>
        {option.hint ? <span className="menu-hint">{option.hint}</span> : null}
      </span>
    </ListBoxItem>
  ))
}

/** One of many known things. */
export function Select<T extends string>({
  label,
  hint,
  error,
  hideLabel,
  options,
  value,
  onChange,
  ...rest
}: Omit<SelectProps<object>, 'className' | 'style' | 'children' | 'onChange' | 'value'> &
  Frame & { options: Option<T>[]; value?: T | null; onChange?: (value: T) => void }) {
  return (
    <Picker
      {...rest}
      isInvalid={!!error}
      {...(value !== undefined ? { value } : {})}
      {...(onChange ? { onChange: (key: Key | null) => onChange(String(key) as T) } : {})}
      placeholder={rest.placeholder ?? texts.choose}
      className="field"
    >
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <Button className="picker">
          <SelectValue />
          <ChevronDown />
        </Button>
      </FieldFrame>
      <Popover className="popover popover-list">
        <List className="menu">
          <Items options={options} />
        </List>
      </Popover>
    </Picker>
  )
}

/** One of very many: typing finds it. */
export function ComboBox<T extends string>({
  label,
  hint,
  error,
  hideLabel,
  options,
  value,
  onChange,
  ...rest
}: Omit<ComboBoxProps<object>, 'className' | 'style' | 'children' | 'onChange' | 'value' | 'selectedKey'> &
  Frame & { options: Option<T>[]; value?: T | null; onChange?: (value: T | null) => void }) {
  return (
    <Combo
      {...rest}
      menuTrigger="focus"
      isInvalid={!!error}
      {...(value !== undefined ? { selectedKey: value } : {})}
      {...(onChange
        ? { onSelectionChange: (key: Key | null) => onChange(key === null ? null : (String(key) as T)) }
        : {})}
      className="field"
    >
      <FieldFrame label={label} hint={hint} error={error} hideLabel={hideLabel}>
        <div className="picker-combo">
          <Input className="input" />
          <Button className="icon-button">
            <ChevronDown />
          </Button>
        </div>
      </FieldFrame>
      <Popover className="popover popover-list">
        <List className="menu" renderEmptyState={() => <p className="menu-empty">{texts.nothingFound}</p>}>
          <Items options={options} />
        </List>
      </Popover>
    </Combo>
  )
}

/** Things to choose from, always open. */
export function ListBox<T extends string>({
  label,
  options,
  empty,
  ...rest
}: Omit<ListBoxProps<object>, 'className' | 'style' | 'children' | 'aria-label'> & {
  label: string
  options: Option<T>[]
  empty?: ReactNode
}) {
  return (
    <List
      {...rest}
      aria-label={label}
      className="menu"
      renderEmptyState={() => <p className="menu-empty">{empty ?? texts.nothingFound}</p>}
    >
      <Items options={options} />
    </List>
  )
}

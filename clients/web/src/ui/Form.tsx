import type { ReactNode } from 'react'
import { type FormProps, Form as Whole } from 'react-aria-components'
import { Button } from './Button'
import './page.css'

/** A form whose fields show what the hub found wrong: `validationErrors` by the field's name. */
export function Form({
  children,
  ...rest
}: Omit<FormProps, 'className' | 'style' | 'children'> & { children: ReactNode }) {
  return (
    <Whole {...rest} className="form">
      {children}
    </Whole>
  )
}

/** The one button that sends a form. While it is sent the button stays where it is, and is not pressed twice. */
export function Submit({
  children,
  isPending,
  isDisabled,
}: {
  children: ReactNode
  isPending?: boolean
  isDisabled?: boolean
}) {
  return (
    <Button type="submit" kind="primary" isPending={isPending} isDisabled={isDisabled}>
      {children}
    </Button>
  )
}

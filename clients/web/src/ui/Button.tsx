import type { ReactNode, Ref } from 'react'
import { type ButtonProps, Button as Pressable, Tooltip, TooltipTrigger } from 'react-aria-components'
import './button.css'

type Kind = 'primary' | 'secondary' | 'quiet' | 'danger'

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  kind?: Kind
  icon?: ReactNode
  small?: boolean
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/**
 * One thing to do. At most one `primary` on a screen. While pending it keeps its place and its focus, and is not pressed
 * twice.
 */
export function Button({ kind = 'secondary', icon, small, isPending, children, ...rest }: Props) {
  const waiting = isPending ? ({ type: 'button', onPress: undefined, 'data-pending': true } as const) : {}
  return (
    <Pressable {...rest} {...waiting} className={`button button-${kind}${small ? ' button-small' : ''}`}>
      {icon}
      <span className="button-words">{children}</span>
    </Pressable>
  )
}

type IconProps = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  label: string
  icon: ReactNode
  isActive?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A button without words: its label is spoken, and shown on hover and on focus. */
export function IconButton({ label, icon, isActive, ...rest }: IconProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      <Pressable {...rest} aria-label={label} className={`icon-button${isActive ? ' is-active' : ''}`}>
        {icon}
      </Pressable>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** Looks like a link, does something here: opens a sheet, shows names. */
export function LinkButton({
  children,
  ...rest
}: Omit<ButtonProps, 'className' | 'style' | 'children'> & { children: ReactNode }) {
  return (
    <Pressable {...rest} className="link-button">
      {children}
    </Pressable>
  )
}

import type { ReactNode } from 'react'
import {
  Dialog as Content,
  DialogTrigger,
  Popover as Floating,
  Heading,
  Menu as List,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Separator,
} from 'react-aria-components'
import { IconButton } from './Button'
import { X } from './icons'
import { texts } from './texts.pl'
import './overlay.css'

type DialogProps = {
  title: string
  onClose: () => void
  children: ReactNode
  /** What is needed to decide stands above; what decides stands here. */
  actions?: ReactNode
  wide?: boolean
  isOpen?: boolean
  alert?: boolean
  /** Only to be read: what is too high for the screen scrolls by the keyboard too. */
  isText?: boolean
}

/** A question or a form over the page. Escape and the cross close it; focus returns to where it was. */
export function Dialog({ title, onClose, children, actions, wide, isOpen = true, alert, isText }: DialogProps) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={!alert} className="veil">
      <Modal className={`dialog${wide ? ' dialog-wide' : ''}`}>
        <Content className="dialog-body" role={alert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={texts.close} icon={<X />} onPress={onClose} />
          </header>
          <div className="dialog-content" tabIndex={isText ? 0 : undefined}>
            {children}
          </div>
          {actions ? <footer className="dialog-actions">{actions}</footer> : null}
        </Content>
      </Modal>
    </ModalOverlay>
  )
}

/** More about what is on the page, at its right edge; on a telephone the whole page. */
export function Sheet({
  title,
  onClose,
  children,
  isOpen = true,
}: Pick<DialogProps, 'title' | 'onClose' | 'children' | 'isOpen'>) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className="veil veil-side">
      <Modal className="sheet">
        <Content className="dialog-body">
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={texts.close} icon={<X />} onPress={onClose} />
          </header>
          <div className="dialog-content">{children}</div>
        </Content>
      </Modal>
    </ModalOverlay>
  )
}

export type Item = {
  id: string
  label: string
  hint?: string
  icon?: ReactNode
  isDanger?: boolean
  isDisabled?: boolean
  separated?: boolean
}

/** Things to do with one object. `trigger` is a Button or an IconButton. */
export function Menu({
  trigger,
  label,
  items,
  onAction,
  onOpenChange,
}: {
  trigger: ReactNode
  label: string
  items: Item[]
  onAction: (id: string) => void
  onOpenChange?: (isOpen: boolean) => void
}) {
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      {trigger}
      <Floating className="popover popover-list" placement="bottom end">
        <List className="menu" aria-label={label} onAction={(key) => onAction(String(key))}>
          {items.flatMap((item) => [
            ...(item.separated ? [<Separator key={`${item.id}-line`} className="menu-line" />] : []),
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              isDisabled={item.isDisabled ?? false}
              className={`menu-item${item.isDanger ? ' menu-danger' : ''}`}
            >
              {item.icon}
              <span className="menu-words">
                <span>{item.label}</span>
                {item.hint ? <span className="menu-hint">{item.hint}</span> : null}
              </span>
            </MenuItem>,
          ])}
        </List>
      </Floating>
    </MenuTrigger>
  )
}

/** A little more about something, beside it. */
export function Popover({
  trigger,
  label,
  children,
}: {
  trigger: ReactNode
  label: string
  children: ReactNode | ((close: () => void) => ReactNode)
}) {
  return (
    <DialogTrigger>
      {trigger}
      <Floating className="popover" placement="bottom start">
        <Content aria-label={label} className="popover-body">
          {({ close }) => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what is too high for the screen scrolls by the keyboard too
            <div className="popover-scroll" tabIndex={0}>
              {typeof children === 'function' ? children(close) : children}
            </div>
          )}
        </Content>
      </Floating>
    </DialogTrigger>
  )
}

import type { ReactNode } from 'react'
import { type Key, Tab, TabList, TabPanel, Tabs as Whole } from 'react-aria-components'
import './page.css'

export type TabItem = { id: string; label: string; content: ReactNode }

/** Parts of one page, of which one is seen. */
export function Tabs({
  label,
  items,
  selected,
  onSelect,
}: {
  label: string
  items: TabItem[]
  selected?: string
  onSelect?: (id: string) => void
}) {
  return (
    <Whole className="tabs" selectedKey={selected} onSelectionChange={(key: Key) => onSelect?.(String(key))}>
      <TabList aria-label={label} className="tab-list">
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="tab">
            {item.label}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="tab-panel">
          {item.content}
        </TabPanel>
      ))}
    </Whole>
  )
}

import type { ReactNode } from 'react'
import { ChannelRow } from '../channels/ChannelsPage'
import { type ChannelEntry, useLive } from '../live'
import { Link } from '../shell/Link'
import { useNow } from '../shell/now'
import { at } from '../shell/route'
import { useTitle } from '../shell/title'
import { roleWord } from '../teams/words.pl'
import { Banner, Card, Chip, EmptyState, Page, PageHead, Skeleton } from '../ui'
import { dateOf, weekName } from '../ui/dates'
import { compareWords } from '../ui/words'
import { texts } from './texts.pl'
import './week.css'

/** What waits for me: mentions, new messages, what was not sent; later meetings, tasks and answers. */
export function WeekPage() {
  const now = useNow()
  const me = useLive((state) => state.me?.person)
  const channels = useLive((state) => state.channels)
  const unsent = useLive((state) => [...state.pending.values()].filter((one) => one.status === 'refused').length)
  useTitle(texts.short)
  if (!me)
    return (
      <Page>
        <Skeleton rows={6} />
      </Page>
    )
  const waiting = [...channels.values()].filter((entry) => entry.unread > 0)
  const forMe = waiting.filter((entry) => entry.mentions > 0).sort((a, b) => b.mentions - a.mentions)
  const rest = waiting
    .filter((entry) => entry.mentions === 0)
    .sort((a, b) => b.unread - a.unread || compareWords(a.channel.name, b.channel.name))
  return (
    <Page>
      <PageHead title={texts.title(weekName(now))} lead={texts.hello(me.name)} />
      {unsent > 0 ? (
        <Banner tone="warn" title={texts.notSent}>
          {texts.notSentWords(unsent)}
        </Banner>
      ) : null}
      <div className="week">
        <div className="week-main">
          <Waiting title={texts.forYou} entries={forMe} empty={<p className="muted">{texts.forYouEmpty}</p>} />
          <Waiting
            title={texts.unread}
            entries={rest}
            empty={
              waiting.length === 0 ? <EmptyState title={texts.unreadEmptyTitle}>{texts.unreadEmpty}</EmptyState> : null
            }
          />
        </div>
        <aside className="week-side">
          <Mandates />
        </aside>
      </div>
    </Page>
  )
}

function Waiting({ title, entries, empty }: { title: string; entries: readonly ChannelEntry[]; empty: ReactNode }) {
  if (entries.length === 0 && !empty) return null
  return (
    <section aria-label={title} className="form">
      <h2>{title}</h2>
      {entries.length === 0 ? (
        empty
      ) : (
        <ul className="channel-rows rows">
          {entries.map((entry) => (
            <li key={entry.channel.id}>
              <ChannelRow entry={entry} withPlace />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const soon = 30 * 86_400_000

function Mandates() {
  const now = useNow()
  const teams = useLive((state) => state.teams)
  const institutions = useLive((state) => state.institutions)
  const mine = useLive((state) =>
    [...state.mandates.values()].filter((mandate) => mandate.person === state.me?.person.id),
  )
  return (
    <Card title={texts.mandates}>
      {mine.length === 0 ? (
        <div>
          <h3>{texts.noMandatesTitle}</h3>
          <p className="muted">{texts.noMandates}</p>
        </div>
      ) : (
        <ul className="week-mandates">
          {mine.map((mandate) => {
            const team = mandate.team ? teams.get(mandate.team) : undefined
            const institution = institutions.get(mandate.institution)
            const endsSoon = mandate.until !== undefined && Date.parse(mandate.until) - now.getTime() < soon
            return (
              <li key={mandate.id}>
                <strong>{institution?.short_name}</strong>
                <span className="muted">
                  {roleWord[mandate.role]}
                  {team ? (
                    <>
                      {' · '}
                      <Link to={at.team(team.id)}>{team.name}</Link>
                    </>
                  ) : null}
                </span>
                <span className="meta">
                  {mandate.until ? texts.until(dateOf(mandate.until)) : texts.noEnd}{' '}
                  {endsSoon ? <Chip tone="warn">{texts.endsSoon}</Chip> : null}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}

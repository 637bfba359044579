import { useMemo, useState } from 'react'
import { ChannelRow } from '../channels/ChannelsPage'
import { type Institution, type InstitutionId, type Mandate, type Person, useLive } from '../live'
import { useRoles } from '../shell/acting'
import { Link } from '../shell/Link'
import { at } from '../shell/route'
import { useTitle } from '../shell/title'
import { Button, Card, Chip, EmptyState, Page, PageHead, Skeleton, Table } from '../ui'
import { dateOf } from '../ui/dates'
import { Plus } from '../ui/icons'
import { compareWords } from '../ui/words'
import { AddPersonDialog } from './AddPersonDialog'
import { EndMandateDialog } from './EndMandateDialog'
import { GiveMandateDialog } from './GiveMandateDialog'
import { texts } from './texts.pl'
import { institutionWord, membershipWord, roleWord } from './words.pl'
import './teams.css'

type Row = { person: Person; mandate: Mandate; where: string }
type Open = { what: 'add' } | { what: 'give' } | { what: 'end'; row: Row } | null

/** One institution: its people, its teams; its head gives and ends mandates here (T-10). */
export function InstitutionPage({ id }: { id: InstitutionId }) {
  const institution = useLive((state) => state.institutions.get(id))
  const isStarted = useLive((state) => state.me !== null)
  useTitle(texts.institution)
  if (institution) return <Inside institution={institution} />
  return (
    <Page>
      {isStarted ? <EmptyState title={texts.institutionGone}>{texts.goneWords}</EmptyState> : <Skeleton rows={6} />}
    </Page>
  )
}

function Inside({ institution }: { institution: Institution }) {
  const { id } = institution
  const rows = useRows(id)
  const memberships = useLive((state) => state.memberships.filter((membership) => membership.institution === id))
  const teams = useLive((state) => state.teams)
  const channels = useLive((state) => [...state.channels.values()].filter((entry) => entry.channel.institution === id))
  const roles = useRoles(useMemo(() => ({ institution: id }), [id]))
  const isHead = roles.has('head')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <Page>
      <PageHead
        title={institution.name}
        lead={`${institutionWord[institution.kind]}, ${institution.town}`}
        tags={roles.size > 0 ? <Chip tone="brand">{texts.own}</Chip> : null}
        actions={
          isHead ? (
            <>
              <Button icon={<Plus />} onPress={() => setOpen({ what: 'add' })}>
                {texts.addPerson}
              </Button>
              <Button kind="primary" onPress={() => setOpen({ what: 'give' })}>
                {texts.giveMandate}
              </Button>
            </>
          ) : null
        }
      />
      <section className="form" aria-label={texts.staff}>
        <div>
          <h2>{texts.staff}</h2>
          <p className="muted">{texts.staffHint}</p>
        </div>
        <div className="paper">
          <Table
            label={texts.staff}
            rows={rows}
            rowKey={(row) => row.mandate.id}
            columns={[
              { id: 'name', label: texts.name, isHead: true, cell: (row) => row.person.name },
              { id: 'post', label: texts.post, cell: (row) => row.person.post },
              { id: 'role', label: texts.role, cell: (row) => roleWord[row.mandate.role] },
              { id: 'where', label: texts.inTeams, cell: (row) => row.where },
              { id: 'until', label: texts.until, cell: (row) => (row.mandate.until ? dateOf(row.mandate.until) : '') },
              ...(isHead
                ? [
                    {
                      id: 'end',
                      label: texts.endMandate,
                      cell: (row: Row) => (
                        <Button
                          kind="quiet"
                          small
                          aria-label={texts.endMandateOf(row.person.name)}
                          onPress={() => setOpen({ what: 'end', row })}
                        >
                          {texts.endMandate}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      </section>
      <div className="team-columns">
        <Card title={texts.inTeams}>
          <ul className="rows">
            {memberships.map((membership) => (
              <li key={membership.team} className="team-row">
                <Link to={at.team(membership.team)}>{teams.get(membership.team)?.name ?? ''}</Link>
                <span className="muted">{membershipWord[membership.mode]}</span>
              </li>
            ))}
          </ul>
        </Card>
        {channels.length > 0 ? (
          <ul className="channel-rows rows">
            {channels.map((entry) => (
              <li key={entry.channel.id}>
                <ChannelRow entry={entry} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {open?.what === 'add' ? <AddPersonDialog institution={id} onClose={close} /> : null}
      {open?.what === 'give' ? <GiveMandateDialog institution={id} memberships={memberships} onClose={close} /> : null}
      {open?.what === 'end' ? (
        <EndMandateDialog
          mandate={open.row.mandate}
          name={open.row.person.name}
          where={open.row.where}
          onClose={close}
        />
      ) : null}
    </Page>
  )
}

function useRows(id: InstitutionId): Row[] {
  const mandates = useLive((state) => state.mandates)
  const people = useLive((state) => state.people)
  const teams = useLive((state) => state.teams)
  return useMemo(
    () =>
      [...mandates.values()]
        .filter((mandate) => mandate.institution === id)
        .flatMap((mandate) => {
          const person = people.get(mandate.person)
          const where = mandate.team ? (teams.get(mandate.team)?.name ?? '') : texts.insideOnly
          return person ? [{ person, mandate, where }] : []
        })
        .sort((a, b) => compareWords(a.person.name, b.person.name) || compareWords(a.where, b.where)),
    [id, mandates, people, teams],
  )
}

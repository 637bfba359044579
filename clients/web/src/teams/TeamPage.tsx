import { useState } from 'react'
import { WhoDialog, WhyDialog } from '../access/ExplainDialog'
import { texts as access } from '../access/texts.pl'
import { ChannelRow } from '../channels/ChannelsPage'
import { type TeamId, useLive } from '../live'
import { useRoles } from '../shell/acting'
import { Link } from '../shell/Link'
import { useNow } from '../shell/now'
import { at } from '../shell/route'
import { useTitle } from '../shell/title'
import {
  Banner,
  Button,
  Chip,
  EmptyState,
  IconButton,
  Menu,
  NameTag,
  Page,
  PageHead,
  Skeleton,
  Table,
  Tabs,
} from '../ui'
import { dateOf } from '../ui/dates'
import { More, Plus, Printer, Shield, Users } from '../ui/icons'
import { AdmitInstitutionDialog } from './AdmitInstitutionDialog'
import { RoleTable } from './RoleTable'
import { type RosterInstitution, useRoster } from './roster'
import { texts } from './texts.pl'
import { membershipWord, roleWord, teamWord, variantWord } from './words.pl'
import './teams.css'

/** One team: its institutions, people, conversations, and the rules it works by. */
export function TeamPage({ id }: { id: TeamId }) {
  const team = useLive((state) => state.teams.get(id))
  const isStarted = useLive((state) => state.me !== null)
  const lead = useLive((state) => (team ? state.institutions.get(team.lead) : undefined))
  const channels = useLive((state) => [...state.channels.values()].filter((entry) => entry.channel.team === id))
  const roster = useRoster(id)
  const roles = useRoles({ team: id })
  const [open, setOpen] = useState<'why' | 'who' | 'admit' | null>(null)
  useTitle(texts.title)
  if (!team)
    return (
      <Page>{isStarted ? <EmptyState title={texts.gone}>{texts.goneWords}</EmptyState> : <Skeleton rows={6} />}</Page>
    )
  return (
    <Page>
      <PageHead
        title={team.name}
        lead={team.purpose}
        tags={
          <>
            <Chip>{teamWord[team.kind]}</Chip>
            <Chip>{variantWord[team.variant]}</Chip>
            {lead ? <Chip>{texts.lead_institution(lead.short_name)}</Chip> : null}
          </>
        }
        actions={
          <>
            {roles.has('animator') ? (
              <Button icon={<Plus />} onPress={() => setOpen('admit')}>
                {texts.admit}
              </Button>
            ) : null}
            <Menu
              trigger={<IconButton label={texts.about} icon={<More />} />}
              label={texts.about}
              items={[
                { id: 'who', label: access.who, icon: <Users /> },
                { id: 'why', label: access.why, icon: <Shield /> },
                { id: 'print', label: texts.print, icon: <Printer /> },
              ]}
              onAction={(what) => (what === 'print' ? window.print() : setOpen(what as 'why' | 'who'))}
            />
          </>
        }
      />
      <Tabs
        label={texts.tabsLabel}
        items={[
          { id: 'institutions', label: texts.institutions, content: <Institutions roster={roster} /> },
          { id: 'people', label: texts.people, content: <People roster={roster} /> },
          {
            id: 'channels',
            label: texts.channels,
            content: (
              <ul className="channel-rows rows">
                {channels.map((entry) => (
                  <li key={entry.channel.id}>
                    <ChannelRow entry={entry} />
                  </li>
                ))}
              </ul>
            ),
          },
          { id: 'rules', label: texts.rules, content: <RoleTable /> },
        ]}
      />
      {open === 'why' ? <WhyDialog title={access.whyTeam} asked={{ team: id }} onClose={() => setOpen(null)} /> : null}
      {open === 'who' ? <WhoDialog title={access.whoTeam} asked={{ team: id }} onClose={() => setOpen(null)} /> : null}
      {open === 'admit' ? (
        <AdmitInstitutionDialog
          team={id}
          known={roster.map((one) => one.institution.id)}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Page>
  )
}

const soon = 30 * 86_400_000

function useWarnings(roster: readonly RosterInstitution[]): readonly string[] {
  const now = useNow()
  return roster.flatMap(({ institution, membership, rows }) => {
    if (rows.length === 0 && membership.mode !== 'suspended') return [texts.noContact(institution.short_name)]
    return rows.flatMap((row) =>
      row.mandates.flatMap((mandate) =>
        mandate.until && Date.parse(mandate.until) - now.getTime() < soon
          ? [texts.endsSoon(row.person.name, institution.short_name, dateOf(mandate.until))]
          : [],
      ),
    )
  })
}

function Institutions({ roster }: { roster: readonly RosterInstitution[] }) {
  const warnings = useWarnings(roster)
  return (
    <>
      {warnings.length > 0 ? (
        <Banner tone="warn" title={texts.warnings}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Banner>
      ) : null}
      <div className="paper">
        <Table
          label={texts.institutions}
          rows={[...roster]}
          rowKey={(row) => row.institution.id}
          columns={[
            {
              id: 'name',
              label: texts.institution,
              isHead: true,
              cell: ({ institution }) => <Link to={at.institution(institution.id)}>{institution.name}</Link>,
            },
            {
              id: 'people',
              label: texts.people,
              cell: ({ rows }) => rows.map((row) => row.person.name).join(', ') || '–',
            },
            { id: 'mode', label: texts.mode, cell: ({ membership }) => membershipWord[membership.mode] },
            {
              id: 'since',
              label: texts.since,
              cell: ({ membership }) => <span className="number">{dateOf(membership.from)}</span>,
            },
          ]}
        />
      </div>
    </>
  )
}

function People({ roster }: { roster: readonly RosterInstitution[] }) {
  const present = useLive((state) => state.present)
  const rows = roster.flatMap((one) => one.rows)
  return (
    <div className="paper">
      <Table
        label={texts.people}
        rows={rows}
        rowKey={(row) => `${row.person.id}/${row.institution.id}`}
        columns={[
          {
            id: 'name',
            label: texts.name,
            isHead: true,
            cell: (row) => <NameTag name={row.person.name} note={present.has(row.person.id) ? texts.now : undefined} />,
          },
          { id: 'post', label: texts.post, cell: (row) => row.person.post },
          {
            id: 'institution',
            label: texts.institution,
            cell: (row) => <span className="nowrap">{row.institution.short_name}</span>,
          },
          {
            id: 'role',
            label: texts.role,
            cell: (row) =>
              row.mandates
                .map((mandate) => `${roleWord[mandate.role]}${mandate.decision_maker ? `, ${texts.decision}` : ''}`)
                .join('; '),
          },
          {
            id: 'until',
            label: texts.until,
            cell: (row) => row.mandates.flatMap((mandate) => (mandate.until ? dateOf(mandate.until) : [])).join(', '),
          },
        ]}
      />
    </div>
  )
}

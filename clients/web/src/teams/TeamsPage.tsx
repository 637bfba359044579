import { useLive } from '../live'
import { Link } from '../shell/Link'
import { at } from '../shell/route'
import { useTitle } from '../shell/title'
import { Chip, EmptyState, Page, PageHead } from '../ui'
import { SearchIcon } from '../ui/icons'
import { byName } from '../ui/words'
import { texts } from './texts.pl'
import { institutionWord, teamWord } from './words.pl'
import './teams.css'

/** The teams that one works in, and one's own institutions. */
export function TeamsPage() {
  const teams = useLive((state) => [...state.teams.values()].sort(byName))
  const memberships = useLive((state) => state.memberships)
  const institutions = useLive((state) => state.institutions)
  const own = useLive((state) => {
    const mine = [...state.mandates.values()].filter((mandate) => mandate.person === state.me?.person.id)
    return [...new Set(mine.map((mandate) => mandate.institution))]
      .flatMap((id) => state.institutions.get(id) ?? [])
      .sort(byName)
  })
  useTitle(texts.title)
  return (
    <Page>
      <PageHead
        title={texts.title}
        lead={texts.lead}
        actions={
          <Link to={at.people} className="button button-secondary">
            <SearchIcon />
            {texts.peopleTitle}
          </Link>
        }
      />
      {teams.length === 0 ? <EmptyState title={texts.noTeamsTitle}>{texts.noTeams}</EmptyState> : null}
      <ul className="team-cards">
        {teams.map((team) => (
          <li key={team.id}>
            <Link to={at.team(team.id)} className="team-card">
              <span className="team-card-name">{team.name}</span>
              <span className="muted">{team.purpose}</span>
              <span className="team-card-tags">
                <Chip>{teamWord[team.kind]}</Chip>
                <Chip>{texts.institutionsCount(memberships.filter((one) => one.team === team.id).length)}</Chip>
                <Chip>{texts.lead_institution(institutions.get(team.lead)?.short_name ?? '')}</Chip>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {own.length > 0 ? (
        <section className="form" aria-label={texts.own}>
          <h2>{texts.own}</h2>
          <ul className="team-cards">
            {own.map((institution) => (
              <li key={institution.id}>
                <Link to={at.institution(institution.id)} className="team-card">
                  <span className="team-card-name">{institution.name}</span>
                  <span className="muted">
                    {institutionWord[institution.kind]}, {institution.town}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  )
}

import { useEffect, useMemo, useState } from 'react'
import { useLive } from '../live'
import { Link } from '../shell/Link'
import { at, useRoute } from '../shell/route'
import { useTitle } from '../shell/title'
import { EmptyState, NameTag, Page, PageHead, SearchField, Table } from '../ui'
import { compareWords, matches } from '../ui/words'
import { texts } from './texts.pl'
import { roleWord } from './words.pl'
import './teams.css'

/** Everybody whom one works with. */
export function PeoplePage() {
  const route = useRoute()
  const wanted = route.query.get('kto')
  const people = useLive((state) => state.people)
  const mandates = useLive((state) => state.mandates)
  const institutions = useLive((state) => state.institutions)
  const teams = useLive((state) => state.teams)
  const present = useLive((state) => state.present)
  const [query, setQuery] = useState('')
  useTitle(texts.peopleTitle)
  useEffect(() => {
    const person = wanted ? [...people.values()].find((one) => one.id === wanted) : undefined
    if (person) setQuery(person.name)
  }, [wanted, people])
  const rows = useMemo(() => {
    const byPerson = new Map<string, { institutions: Set<string>; places: Set<string> }>()
    for (const mandate of mandates.values()) {
      const known = byPerson.get(mandate.person) ?? { institutions: new Set<string>(), places: new Set<string>() }
      known.institutions.add(mandate.institution)
      known.places.add(
        [
          roleWord[mandate.role],
          mandate.team ? teams.get(mandate.team)?.name : texts.insideOnly.toLocaleLowerCase('pl'),
        ]
          .filter(Boolean)
          .join(', '),
      )
      byPerson.set(mandate.person, known)
    }
    return [...people.values()]
      .flatMap((person) => {
        const known = byPerson.get(person.id)
        if (!known) return []
        return [
          {
            person,
            institutions: [...institutions.values()].filter((one) => known.institutions.has(one.id)),
            places: [...known.places],
          },
        ]
      })
      .sort((a, b) => compareWords(a.person.name, b.person.name))
  }, [people, mandates, institutions, teams])
  const found = query.trim()
    ? rows.filter((row) =>
        matches(
          `${row.person.name} ${row.person.post} ${row.institutions.map((one) => `${one.short_name} ${one.name}`).join(' ')}`,
          query,
        ),
      )
    : rows
  return (
    <Page>
      <PageHead title={texts.peopleTitle} lead={texts.peopleLead} />
      <SearchField label={texts.find} placeholder={texts.find} value={query} onChange={setQuery} />
      <p className="meta" role="status">
        {texts.found(found.length)}
      </p>
      {found.length === 0 ? (
        <EmptyState title={texts.nobody}>{texts.nobodyWords}</EmptyState>
      ) : (
        <div className="paper">
          <Table
            label={texts.peopleTitle}
            rows={found}
            rowKey={(row) => row.person.id}
            columns={[
              {
                id: 'name',
                label: texts.name,
                isHead: true,
                cell: (row) => (
                  <NameTag name={row.person.name} note={present.has(row.person.id) ? texts.now : undefined} />
                ),
              },
              { id: 'post', label: texts.post, cell: (row) => row.person.post },
              {
                id: 'institution',
                label: texts.institution,
                cell: (row) =>
                  row.institutions.map((one) => (
                    <div key={one.id}>
                      <Link to={at.institution(one.id)}>{one.short_name}</Link>
                    </div>
                  )),
              },
              {
                id: 'role',
                label: texts.role,
                cell: (row) => row.places.map((place) => <div key={place}>{place}</div>),
              },
            ]}
          />
        </div>
      )}
    </Page>
  )
}

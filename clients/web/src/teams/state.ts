import type {
  Institution,
  InstitutionId,
  Mandate,
  MandateId,
  Membership,
  Person,
  PersonId,
  Started,
  Team,
  TeamId,
} from '../live/protocol.gen'
import type { Told } from '../live/told'

/** Who there is around the person: teams, institutions, people, and on what ground. */
export interface TeamsState {
  readonly teams: ReadonlyMap<TeamId, Team>
  readonly institutions: ReadonlyMap<InstitutionId, Institution>
  readonly memberships: readonly Membership[]
  readonly mandates: ReadonlyMap<MandateId, Mandate>
  readonly people: ReadonlyMap<PersonId, Person>
}

export type TeamTold = Told<'institution_admitted' | 'mandate_given' | 'mandate_ended'>

function byId<Id, Item extends { readonly id: Id }>(items: readonly Item[]): ReadonlyMap<Id, Item> {
  return new Map(items.map((item) => [item.id, item]))
}

export function teamsOf(started: Started): TeamsState {
  return {
    teams: byId(started.teams),
    institutions: byId(started.institutions),
    memberships: started.memberships,
    mandates: byId([...started.mandates, ...started.colleagues]),
    people: byId([...started.people, started.person]),
  }
}

/** What an event of a team's or an institution's stream changes. */
export function applyEvent<S extends TeamsState>(state: S, told: TeamTold): S {
  switch (told.kind) {
    case 'institution_admitted': {
      const { institution, membership } = told.payload
      const others = state.memberships.filter(
        (one) => one.team !== membership.team || one.institution !== membership.institution,
      )
      return {
        ...state,
        institutions: new Map(state.institutions).set(institution.id, institution),
        memberships: [...others, membership],
      }
    }
    case 'mandate_given': {
      const { person, mandate } = told.payload
      return {
        ...state,
        people: new Map(state.people).set(person.id, person),
        mandates: new Map(state.mandates).set(mandate.id, mandate),
      }
    }
    case 'mandate_ended': {
      const { mandate } = told.payload
      return { ...state, mandates: new Map(state.mandates).set(mandate.id, mandate) }
    }
  }
}

import type { InstitutionKind, MembershipMode, Role, TeamKind, Variant } from '../live'

/** Words for what the protocol counts up. */
export const roleWord = {
  head: 'kierownictwo',
  animator: 'animacja zespołu',
  member: 'praca w zespole',
  contact_person: 'osoba do kontaktu',
  councillor: 'mandat w radzie',
  authority: 'władze samorządu',
  regional_adviser: 'doradztwo regionalne',
  supervisor: 'superwizja',
  observer: 'obserwacja',
  guest: 'gość',
} satisfies Record<Role, string>

export const membershipWord = {
  active: 'członek',
  supporting: 'członek wspierający',
  suspended: 'zawieszony',
  guest: 'gość',
} satisfies Record<MembershipMode, string>

export const teamWord = {
  partnership: 'partnerstwo',
  case_team: 'zespół sprawy',
  regional: 'zespół regionalny',
  steering: 'rada koordynacyjna',
  working: 'grupa robocza',
} satisfies Record<TeamKind, string>

export const variantWord = {
  rural: 'model wiejski',
  urban_rural: 'model miejsko-wiejski',
  urban: 'model miejski',
  service_partnership: 'partnerstwo usługi',
} satisfies Record<Variant, string>

export const institutionWord = {
  welfare_centre: 'ośrodek pomocy społecznej',
  family_centre: 'centrum pomocy rodzinie',
  labour_office: 'urząd pracy',
  ngo: 'organizacja pozarządowa',
  regional_centre: 'regionalny ośrodek polityki społecznej',
  regional_labour_office: 'wojewódzki urząd pracy',
  social_services_centre: 'centrum usług społecznych',
  integration_centre: 'centrum integracji społecznej',
  counselling_centre: 'poradnia',
  police: 'policja',
  probation_service: 'kuratorzy sądowi',
  school: 'szkoła',
  health: 'ochrona zdrowia',
  authority: 'urząd',
  commission: 'komisja',
  workshop: 'warsztat lub środowiskowy dom',
  other: 'inna instytucja',
} satisfies Record<InstitutionKind, string>

#include "clients/cli/words.h"

namespace splot::cli {

std::string_view word(Role role) {
    switch (role) {
    case Role::head:
        return "kierownik";
    case Role::animator:
        return "animator";
    case Role::member:
        return "członek";
    case Role::contact_person:
        return "osoba do kontaktu";
    case Role::councillor:
        return "radny";
    case Role::authority:
        return "przedstawiciel władz";
    case Role::regional_adviser:
        return "doradca regionalny";
    case Role::supervisor:
        return "superwizor";
    case Role::observer:
        return "obserwator";
    case Role::guest:
        return "gość";
    }
    return "?";
}

std::string_view word(Lane lane) {
    switch (lane) {
    case Lane::all:
        return "dla całego zespołu";
    case Lane::announcements:
        return "ogłoszenia";
    case Lane::heads:
        return "dla kierowników";
    case Lane::animators:
        return "dla animatorów";
    case Lane::listed:
        return "dla osób z listy";
    case Lane::institution:
        return "własny kanał instytucji";
    }
    return "?";
}

std::string_view word(MembershipMode mode) {
    switch (mode) {
    case MembershipMode::active:
        return "członek";
    case MembershipMode::supporting:
        return "członek wspierający";
    case MembershipMode::suspended:
        return "zawieszony";
    case MembershipMode::guest:
        return "gość";
    }
    return "?";
}

std::string_view word(TeamKind kind) {
    switch (kind) {
    case TeamKind::partnership:
        return "partnerstwo";
    case TeamKind::case_team:
        return "zespół sprawy";
    case TeamKind::regional:
        return "zespół regionalny";
    case TeamKind::steering:
        return "rada koordynacyjna";
    case TeamKind::working:
        return "grupa robocza";
    }
    return "?";
}

std::string_view word(InstitutionKind kind) {
    switch (kind) {
    case InstitutionKind::welfare_centre:
        return "ośrodek pomocy społecznej";
    case InstitutionKind::family_centre:
        return "centrum pomocy rodzinie";
    case InstitutionKind::labour_office:
        return "urząd pracy";
    case InstitutionKind::ngo:
        return "organizacja pozarządowa";
    case InstitutionKind::regional_centre:
        return "regionalny ośrodek polityki społecznej";
    case InstitutionKind::regional_labour_office:
        return "wojewódzki urząd pracy";
    case InstitutionKind::social_services_centre:
        return "centrum usług społecznych";
    case InstitutionKind::integration_centre:
        return "centrum integracji społecznej";
    case InstitutionKind::counselling_centre:
        return "poradnia";
    case InstitutionKind::police:
        return "policja";
    case InstitutionKind::probation_service:
        return "kuratorzy";
    case InstitutionKind::school:
        return "szkoła";
    case InstitutionKind::health:
        return "ochrona zdrowia";
    case InstitutionKind::authority:
        return "urząd";
    case InstitutionKind::commission:
        return "komisja";
    case InstitutionKind::workshop:
        return "warsztat, środowiskowy dom";
    case InstitutionKind::other:
        return "inna";
    }
    return "?";
}

std::string_view word(Way way) {
    switch (way) {
    case Way::telephone:
        return "telefonicznie";
    case Way::paper:
        return "na papierze";
    case Way::in_person:
        return "osobiście";
    }
    return "?";
}

std::string counted(std::int64_t number, std::string_view one, std::string_view few, std::string_view many) {
    const auto tens = number % 100;
    const auto units = number % 10;
    const bool is_few = units >= 2 && units <= 4 && (tens < 12 || tens > 14);
    return std::to_string(number) + ' ' + std::string(number == 1 ? one : is_few ? few : many);
}

} // namespace splot::cli

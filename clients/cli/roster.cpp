#include "clients/cli/roster.h"

#include "clients/cli/names.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"

#include <algorithm>

namespace splot::cli {
namespace {

/// How one kind of thing is spoken of when a name does not fit exactly one of them.
struct Speech {
    std::string_view none; ///< "Nie ma kanału"
    std::string_view many; ///< "Kilka kanałów pasuje do"
    std::string_view advice;
};
constexpr Speech channels{"Nie ma kanału", "Kilka kanałów pasuje do", "Twoje kanały pokazuje: splot list"};
constexpr Speech teams{"Nie ma zespołu", "Kilka zespołów pasuje do", "Twoje zespoły pokazuje: splot teams list"};
constexpr Speech institutions{"Nie ma instytucji", "Kilka instytucji pasuje do",
                              "Instytucje pokazuje: splot institutions list"};
constexpr Speech people{"Nie ma osoby", "Kilka osób pasuje do",
                        "Osoby instytucji pokazuje: splot people list INSTYTUCJA"};
constexpr Speech mandates{"Nie ma mandatu", "Kilka mandatów pasuje do", "Mandaty pokazuje: splot mandates list"};
constexpr Speech topics{"Nie ma tematu", "Kilka tematów pasuje do",
                        "Tematy pokazuje: splot topics list KANAŁ; nowy zakłada: splot topics create KANAŁ NAZWA"};

/// The one that fits, or why not: none, or a list to choose from.
Outcome<std::size_t> choose(std::string_view query, const std::vector<Candidate>& candidates, const Speech& speech) {
    const auto best = best_fits(query, candidates);
    if (best.size() == 1) return best.front();
    const auto quoted = " „" + printable(query) + "”";
    if (best.empty())
        return Failure{Exit::not_found, std::string(speech.none) + quoted + ".", std::string(speech.advice)};
    std::string listed = std::string(speech.many) + quoted + ":";
    for (const auto place : best) {
        const auto& one = candidates[place];
        listed += "\n  " + printable(one.within.empty() ? one.names.front() : one.within + "/" + one.names.front());
    }
    return Failure{Exit::usage, listed, "Podaj więcej liter albo identyfikator."};
}

template <class T, class Describe>
Outcome<T> choose_one(std::string_view query, const std::vector<T>& all, const Speech& speech, Describe describe) {
    std::vector<Candidate> candidates;
    candidates.reserve(all.size());
    for (const T& one : all)
        candidates.push_back(describe(one));
    TRY(const auto place, choose(query, candidates, speech));
    return all[place];
}

template <class T, class Key> const T* find_by_id(const std::vector<T>& all, const Key& id) {
    const auto found = std::ranges::find(all, id, &T::id);
    return found == all.end() ? nullptr : &*found;
}

std::string unknown(const Uuid& id) { return "(" + short_id(id) + ")"; }

} // namespace

std::string Roster::name(PersonId person) const {
    const auto* known = person == started_.person.id ? &started_.person : find_by_id(started_.people, person);
    return known ? printable(known->name.reveal()) : unknown(person.value);
}

std::string Roster::name(InstitutionId institution) const {
    const auto* known = find_by_id(started_.institutions, institution);
    return known ? printable(known->short_name) : unknown(institution.value);
}

std::string Roster::name(TeamId team) const {
    const auto* known = find_by_id(started_.teams, team);
    return known ? printable(known->name) : unknown(team.value);
}

std::string Roster::path(const Channel& channel) const {
    const auto place = channel.team          ? name(*channel.team)
                       : channel.institution ? name(*channel.institution)
                                             : std::string("?");
    return place + "/" + printable(channel.name);
}

std::string Roster::path(ChannelId channel) const {
    const auto* known = find(channel);
    return known ? path(*known) : unknown(channel.value);
}

std::string Roster::name(const Author& author) const {
    auto text = name(author.person) + " (" + name(author.institution) + ")";
    if (author.way) text += ", " + std::string(word(*author.way));
    if (author.entered_by) text += ", zapisała osoba: " + name(*author.entered_by);
    return text;
}

std::string Roster::name(const Mandate& mandate) const {
    auto text = name(mandate.institution);
    if (mandate.team) text += ", " + name(*mandate.team);
    return text + ", " + std::string(word(mandate.role)) + (mandate.decision_maker ? " z prawem decyzji" : "");
}

const Channel* Roster::find(ChannelId channel) const {
    for (const auto& state : started_.channels)
        if (state.channel.id == channel) return &state.channel;
    return nullptr;
}

Outcome<identity::ChannelState> Roster::channel(std::string_view query) const {
    return choose_one(query, started_.channels, channels, [this](const identity::ChannelState& state) {
        const auto& c = state.channel;
        return Candidate{{c.name}, c.id.text(), c.team ? name(*c.team) : c.institution ? name(*c.institution) : ""};
    });
}

Outcome<Team> Roster::team(std::string_view query) const {
    return choose_one(query, started_.teams, teams, [](const Team& t) { return Candidate{{t.name}, t.id.text(), {}}; });
}

Outcome<Institution> Roster::institution(std::string_view query) const {
    return find_institution(query, started_.institutions);
}

Outcome<Person> Roster::person(std::string_view query) const {
    auto all = started_.people;
    if (!find_by_id(all, started_.person.id)) all.push_back(started_.person);
    return find_person(query, all);
}

Outcome<Mandate> Roster::mandate(std::string_view query) const {
    auto all = started_.mandates;
    all.insert(all.end(), started_.colleagues.begin(), started_.colleagues.end());
    std::erase_if(all, [&](const Mandate& mandate) { return !id_fits(mandate.id, query); });
    if (all.size() == 1) return all.front();
    if (all.empty()) return choose_one(query, all, mandates, [](const Mandate&) { return Candidate{}; });
    std::string listed = std::string(mandates.many) + " „" + printable(query) + "”:";
    for (const auto& one : all)
        listed += "\n  " + one.id.text() + " " + name(one.person) + ", " + name(one);
    return Failure{Exit::usage, listed, "Podaj cały identyfikator."};
}

Outcome<MandateId> Roster::own_mandate(std::string_view query, std::optional<TeamId> team) const {
    for (const auto& mandate : started_.mandates)
        if (id_fits(mandate.id, query)) return mandate.id;
    TRY(const auto institution, institution(query));
    std::vector<Mandate> fitting;
    for (const auto& mandate : started_.mandates)
        if (mandate.institution == institution.id) fitting.push_back(mandate);
    if (fitting.empty())
        return Failure{Exit::not_found, "Nie masz mandatu instytucji " + printable(institution.short_name) + ".",
                       "Twoje mandaty pokazuje: splot whoami"};
    const auto of = [&](std::optional<TeamId> place) { return std::ranges::find(fitting, place, &Mandate::team); };
    auto chosen = of(team);
    if (chosen == fitting.end()) chosen = of(std::nullopt);
    return chosen == fitting.end() ? fitting.front().id : chosen->id;
}

Outcome<Institution> find_institution(std::string_view query, const std::vector<Institution>& all) {
    return choose_one(query, all, institutions, [](const Institution& institution) {
        return Candidate{{institution.short_name, institution.name}, institution.id.text(), {}};
    });
}

Outcome<Person> find_person(std::string_view query, const std::vector<Person>& all) {
    return choose_one(query, all, people, [](const Person& person) {
        return Candidate{{person.name.reveal()}, person.id.text(), {}};
    });
}

Outcome<Topic> find_topic(std::string_view query, const std::vector<Topic>& all) {
    return choose_one(query, all, topics, [](const Topic& topic) {
        return Candidate{{topic.name}, topic.id.text(), {}};
    });
}

} // namespace splot::cli

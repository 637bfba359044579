#pragma once
#include "clients/cli/failure.h"
#include "protocol/identity/methods.h"

#include <optional>
#include <string>
#include <string_view>

namespace splot::cli {

/// What `session.start` told, by name: everything a person knows without asking further. All lookups take a name,
/// a part of it, or an id; what does not fit is `not_found`, what fits several is `usage` with the list of them.
class Roster {
public:
    explicit Roster(identity::Started started) : started_(std::move(started)) {}
    const identity::Started& started() const { return started_; }

    // Names to show, made safe for a terminal. What is not known has its short id.
    std::string name(PersonId person) const;
    std::string name(InstitutionId institution) const; ///< the short one
    std::string name(TeamId team) const;
    std::string path(const Channel& channel) const; ///< "Zespół/Kanał"
    std::string path(ChannelId channel) const;
    std::string name(const Author& author) const;   ///< "Nina Gajda (PUP)", with who entered it and how (E-02)
    std::string name(const Mandate& mandate) const; ///< "PUP, PZK Trzyrzecze, członek"

    Outcome<identity::ChannelState> channel(std::string_view query) const;
    Outcome<Team> team(std::string_view query) const;
    Outcome<Institution> institution(std::string_view query) const;
    Outcome<Person> person(std::string_view query) const;
    /// Of anybody.
    Outcome<Mandate> mandate(std::string_view query) const;
    /// The person's own mandate that `query` means (a mandate or an institution), best for a thing of this place.
    Outcome<MandateId> own_mandate(std::string_view query, std::optional<TeamId> team) const;

    const Channel* find(ChannelId channel) const;

private:
    identity::Started started_;
};

// The same lookups in lists that were asked for.
Outcome<Institution> find_institution(std::string_view query, const std::vector<Institution>& all);
Outcome<Person> find_person(std::string_view query, const std::vector<Person>& all);
Outcome<Topic> find_topic(std::string_view query, const std::vector<Topic>& all);

} // namespace splot::cli

#pragma once
#include "protocol/channels/types.h"
#include "protocol/identity/types.h"
#include "protocol/ids.h"
#include "protocol/teams/types.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace splot::access {

enum class Scope { team, institution, person };
BOOST_DESCRIBE_ENUM(Scope, team, institution, person)

/// `Lane` of the protocol and the inbox, which no channel has.
enum class LaneKind { all, announcements, heads, animators, listed, institution, inbox };
BOOST_DESCRIBE_ENUM(LaneKind, all, announcements, heads, animators, listed, institution, inbox)

/// Whom a label's audience is taken from.
struct LaneFact {
    std::int32_t id = 0;
    Scope scope = Scope::team;
    Uuid scope_id;
    LaneKind kind = LaneKind::all;
    std::optional<ChannelId> list;
    std::int32_t labels = 0; ///< how many labels it has: a hub that knows fewer reads the rest
};
BOOST_DESCRIBE_STRUCT(LaneFact, (), (id, scope, scope_id, kind, list, labels))

/// Who may read one object: all of the lane, or (where not empty) only those institutions and those persons.
struct Label {
    std::int32_t id = 0;
    std::int32_t lane = 0;
    std::vector<InstitutionId> institutions; ///< sorted
    std::vector<PersonId> persons;           ///< sorted
};
BOOST_DESCRIBE_STRUCT(Label, (), (id, lane, institutions, persons))

struct MembershipFact {
    TeamId team;
    InstitutionId institution;
    MembershipMode mode;
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(MembershipFact, (), (team, institution, mode, from, until))

struct MandateFact {
    MandateId id;
    PersonId person;
    InstitutionId institution;
    std::optional<TeamId> team;
    Role role;
    bool power_of_attorney;
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(MandateFact, (), (id, person, institution, team, role, power_of_attorney, from, until))

struct ListFact {
    PersonId person;
    ChannelId channel;
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(ListFact, (), (person, channel, from, until))

/// The value of one access epoch when the facts were read.
struct Epoch {
    Uuid id;
    std::int64_t value;

    bool operator==(const Epoch&) const = default;
};
BOOST_DESCRIBE_STRUCT(Epoch, (), (id, value))

/// A signed-in device that still holds, and how far it came.
struct DeviceFact {
    PersonId person;
    DeviceId id;
    Instant until;
    SessionLevel level = SessionLevel::full;
    std::optional<Instant> fresh_until; ///< until when the newest factor counts as new (step-up)
    bool locked = false;
};
BOOST_DESCRIBE_STRUCT(DeviceFact, (), (person, id, until, level, fresh_until, locked))

/// All rows that decisions about one person are made of.
struct Facts {
    PersonId person;
    bool known = false;                  ///< has an account that is open
    bool administrator = false;          ///< technical: no way to content (A-40)
    std::optional<Instant> exports_from; ///< after a recovery nothing is exported for a day
    std::vector<MandateFact> mandates;
    std::vector<MembershipFact> memberships; ///< of the institutions of those mandates, in all their teams
    std::vector<ListFact> lists;
    std::vector<DeviceFact> devices;
    std::vector<Epoch> epochs; ///< sorted by id
};

/// What a label decision needs to know of an object: its stream, lane and widest label.
struct ObjectFact {
    Uuid id;
    std::int64_t stream = 0;
    std::int32_t lane = 0;
    std::int32_t label = 0;
    std::optional<TeamId> team;
    std::optional<InstitutionId> institution;
    std::optional<KeyId> key; ///< a sealed channel's
    bool key_destroyed = false;
    Instant made_at{};
};
BOOST_DESCRIBE_STRUCT(ObjectFact, (), (id, stream, lane, label, team, institution, key, key_destroyed, made_at))

} // namespace splot::access

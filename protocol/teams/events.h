#pragma once
#include "protocol/channels/types.h"
#include "protocol/teams/types.h"

#include <string_view>

/// What the stream of a team (or of an institution) tells.
namespace splot::teams {

struct InstitutionAdmitted {
    static constexpr std::string_view kind = "institution_admitted";
    Institution institution;
    Membership membership;
};
BOOST_DESCRIBE_STRUCT(InstitutionAdmitted, (), (institution, membership))

struct MandateGiven {
    static constexpr std::string_view kind = "mandate_given";
    Person person;
    Mandate mandate;
};
BOOST_DESCRIBE_STRUCT(MandateGiven, (), (person, mandate))

struct MandateEnded {
    static constexpr std::string_view kind = "mandate_ended";
    Mandate mandate;
};
BOOST_DESCRIBE_STRUCT(MandateEnded, (), (mandate))

struct ChannelCreated {
    static constexpr std::string_view kind = "channel_created";
    Channel channel;
};
BOOST_DESCRIBE_STRUCT(ChannelCreated, (), (channel))

} // namespace splot::teams

#pragma once
#include "protocol/channels/types.h"
#include "protocol/rpc/method.h"

namespace splot::access {

/// One reason for which access holds, or the gate that stops it.
struct Reason {
    std::string gate; ///< "mandate", "membership", "lane", "audience", "since"
    bool holds;
    std::optional<MandateId> mandate;
    std::optional<InstitutionId> institution;
    std::optional<Instant> from;
    std::optional<Instant> until;
    std::string sentence; ///< Polish, for people
};
BOOST_DESCRIBE_STRUCT(Reason, (), (gate, holds, mandate, institution, from, until, sentence))

struct Reader {
    PersonId person;
    InstitutionId institution;
};
BOOST_DESCRIBE_STRUCT(Reader, (), (person, institution))

struct Explanation {
    bool readable;
    std::vector<Reason> reasons; ///< for the caller: "why do I see this?" (A-16)
    std::vector<Reader> readers; ///< "who sees this?"
    std::int32_t institutions;   ///< how many institutions the readers act for
};
BOOST_DESCRIBE_STRUCT(Explanation, (), (readable, reasons, readers, institutions))

/// Why do I see this, and who sees it? For a channel, a message, or (with `audience`) a message about to be sent.
struct Explain {
    static constexpr Method method{"access.explain", Effect::reads, PerMinute{240}, "whoever may read the object"};
    using Answer = Explanation;
    std::optional<ChannelId> channel;
    std::optional<MessageId> message;
    std::optional<TeamId> team;
    std::optional<Audience> audience; ///< with `channel`: who would read it
};
BOOST_DESCRIBE_STRUCT(Explain, (), (channel, message, team, audience))

} // namespace splot::access

#pragma once
#include "protocol/json/json.h"
#include "protocol/streams/methods.h"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace splot::client {

/// The connection ended without our asking; nothing more comes until `Client::connect`.
struct Lost {
    std::string reason;
};

/// What the hub says without being asked, in the order of its saying.
using Notice = std::variant<Event, streams::Whisper, streams::Wipe, streams::Widened, streams::Resync, streams::Drain,
                            streams::Ended, Lost>;

/// nullopt for a notice of a newer hub that this program does not know. Problem: invalid.
Result<std::optional<Notice>> read_notice(std::string_view method, const boost::json::value& params);

/// The event's payload, if it is of this kind: `event_as<channels::MessagePosted>(event)`.
template <class E> std::optional<E> event_as(const Event& event) {
    if (event.kind != E::kind) return std::nullopt;
    auto payload = json::decode<E>(event.event, "event", json::Unknown::ignored);
    return payload ? std::optional<E>(*std::move(payload)) : std::nullopt;
}

} // namespace splot::client

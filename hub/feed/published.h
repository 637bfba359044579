#pragma once
#include "hub/server/wire.h"
#include "protocol/streams/types.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace splot::feed {

/// An event on its way to the connections: serialised once, for everybody who may read its label.
struct Published {
    std::int64_t stream = 0;
    std::int64_t number = 0;
    Instant at{};
    std::int32_t label = 0;
    Frame frame;
};

/// An unstored notice for the readers of a label.
struct Whispered {
    std::int64_t stream = 0;
    std::int32_t label = 0;
    Frame frame;
};

/// The "streams.event" notification; `payload` is the JSON of the struct that `kind` names.
std::string event_notice(const StreamId& stream, std::string_view cursor, std::string_view kind, const Author& author,
                         Instant at, const std::optional<RequestId>& request, std::string_view payload);
/// The same event without the notification around it, as `streams.open` lists missed ones.
std::string event_json(const StreamId& stream, std::string_view cursor, std::string_view kind, const Author& author,
                       Instant at, const std::optional<RequestId>& request, std::string_view payload);

} // namespace splot::feed

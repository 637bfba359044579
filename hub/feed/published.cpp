#include "hub/feed/published.h"

#include "protocol/json/json.h"
#include "protocol/rpc/envelope.h"
#include "protocol/streams/methods.h"

namespace splot::feed {

std::string event_json(const StreamId& stream, std::string_view cursor, std::string_view kind, const Author& author,
                       Instant at, const std::optional<RequestId>& request, std::string_view payload) {
    std::string out = R"({"stream":")";
    out += stream.text();
    out += R"(","cursor":")";
    out += cursor;
    out += R"(","kind":")";
    out += kind;
    out += R"(","author":)";
    json::write(out, author);
    out += R"(,"at":)";
    json::write(out, at);
    if (request) {
        out += R"(,"request":")";
        out += request->text();
        out += '"';
    }
    out += R"(,"event":)";
    out += payload;
    out += '}';
    return out;
}

std::string event_notice(const StreamId& stream, std::string_view cursor, std::string_view kind, const Author& author,
                         Instant at, const std::optional<RequestId>& request, std::string_view payload) {
    return rpc::notification(streams::event_notice, event_json(stream, cursor, kind, author, at, request, payload));
}

} // namespace splot::feed

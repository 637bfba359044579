#pragma once
#include "protocol/ids.h"
#include "protocol/json/json.h"
#include "protocol/problem.h"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// JSON-RPC 2.0 around what is said: one request a frame from clients, arrays of answers and notifications from the
/// hub.
namespace splot::rpc {

/// A well-formed request; whether its method exists and its params fit is the next question.
struct Request {
    std::string id;              ///< 1 to 64 bytes; of writing calls the text of a UUIDv7 (RequestId::parse)
    std::string method;          ///< any text
    std::optional<MandateId> as; ///< `params.as`: the mandate that the caller acts under (T-08)
    boost::json::value params;   ///< always an object, without `as`; empty when the client sent none
};

/// Why a frame is no request of ours. `id` is what the error must echo: empty (null) where none could be read.
struct BadRequest {
    std::string id;
    Problem problem;
};
[[noreturn]] inline void throw_exception_from_error(const BadRequest& bad, const boost::source_location&) {
    throw ProblemError(bad.problem);
}

/// Reads one client's frame. Problems: parse_error; bad_request with `field` naming the member of the envelope (a
/// batch, a notification, a missing or unsuitable member, an unknown one); invalid for `params` and `params.as`.
boost::system::result<Request, BadRequest> read_request(std::string_view frame);

/// The whole answer; `result_json` is taken as it is.
std::string answer(std::string_view id, std::string_view result_json);

/// The whole error; an empty `id` is written as null. `polish_message` is for people, the rest for programs.
std::string error(std::string_view id, const Problem& problem, std::string_view polish_message,
                  std::optional<std::int32_t> retry_after_ms = {});

/// The error object alone, as the HTTP routes answer it.
std::string error_object(const Problem& problem, std::string_view polish_message,
                         std::optional<std::int32_t> retry_after_ms = {});

std::string notification(std::string_view method, std::string_view params_json);

/// For clients: a whole request. `params_json` is an object without `as`.
std::string request(std::string_view id, std::string_view method, std::string_view params_json,
                    std::optional<MandateId> as = {});

/// The JSON-RPC number of a code. Stable: the wire only grows.
std::int32_t number_of(Code code);

struct ErrorData {
    std::string code;                 ///< name_of(Code)
    std::optional<std::string> rule;  ///< "A-62"
    std::optional<std::string> field; ///< "params.reason"
    std::optional<std::string> expected;
    std::optional<std::int32_t> retry_after_ms;
};
BOOST_DESCRIBE_STRUCT(ErrorData, (), (code, rule, field, expected, retry_after_ms))

struct WireError {
    std::int32_t code = 0;
    std::string message; ///< Polish, for people
    ErrorData data;
};
BOOST_DESCRIBE_STRUCT(WireError, (), (code, message, data))

/// One thing that the hub said: a notification has `method`, an error has `error`, everything else is an answer.
struct Incoming {
    std::optional<std::string> id; ///< of the call; absent in notifications, and in errors that belong to no call
    std::optional<std::string> method;
    boost::json::value content; ///< `result` or `params`
    std::optional<WireError> error;
};

/// For clients: reads one frame of the hub, always an array. Members that are not known yet are ignored.
/// Problems: parse_error, bad_request with a path such as `[2].error.code`.
Result<std::vector<Incoming>> read_frame(std::string_view frame);

} // namespace splot::rpc

#pragma once
#include "protocol/ids.h"
#include "protocol/personal.h"
#include "protocol/problem.h"
#include "protocol/time.h"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Described structs <-> JSON.
///
/// Supported members: bool, int32/int64, double, std::string, Personal<std::string>, Uuid, Id<Tag>, Instant, Date,
/// described enums (as their enumerator's name), std::optional (absent or null = nullopt; left out when written),
/// std::vector, std::map<std::string, T>, boost::json::value (as it is), described structs (with their described
/// bases). A string may not hold U+0000: PostgreSQL could not keep it. A double is read to within its last places
/// (Boost.JSON 1.81), so nothing that must be exact is one.
///
/// decode: unknown members are refused, missing non-optional members are refused, numbers must be integers in range,
/// strings must be well-formed UTF-8. The first problem found is told as {invalid, "", path},
/// path like `params.due` or `params.audience.institutions[2]`, with what was expected there ("a date") for
/// programmers. A key in a path that is no plain name is shown as `?`, so that an error never repeats content.
namespace splot::json {

/// Reads one JSON text with our limits: depth 16, no trailing text, no duplicate keys, valid UTF-8, finite numbers.
/// Problem: parse_error.
Result<boost::json::value> parse(std::string_view text);

/// What to do with members that the struct does not have. A client ignores them: the wire grows.
enum class Unknown { refused, ignored };

template <class T>
Result<T> decode(const boost::json::value& value, std::string_view path = "params", Unknown unknown = Unknown::refused);

/// Appends the JSON text of `value` to `out`; no intermediate tree.
template <class T> void write(std::string& out, const T& value);

template <class T> std::string to_json(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

} // namespace splot::json

#include "protocol/json/codec.h"

#include "protocol/json/json.h"

#include <boost/json/parser.hpp>

#include <cmath>

namespace splot::json {
namespace {

/// In well-formed JSON a colon outside strings stands once in each member.
std::size_t members_in_text(std::string_view text) {
    std::size_t colons = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            in_string = !in_string;
        else if (in_string)
            i += text[i] == '\\';
        else
            colons += text[i] == ':';
    }
    return colons;
}

struct Census {
    std::size_t members = 0;
    bool finite = true; ///< Boost.JSON makes an infinity of 1e400 and would write it as one, which is no JSON
};

void count(Census& census, const boost::json::value& value) {
    if (const auto* number = value.if_double()) census.finite = census.finite && std::isfinite(*number);
    if (const auto* array = value.if_array())
        for (const auto& item : *array)
            count(census, item);
    if (const auto* object = value.if_object()) {
        census.members += object->size();
        for (const auto& entry : *object)
            count(census, entry.value());
    }
}

Problem not_json(std::string expected) { return {Code::parse_error, {}, {}, std::move(expected)}; }

} // namespace

Result<boost::json::value> parse(std::string_view text) {
    boost::json::parse_options limits;
    limits.max_depth = 16;
    unsigned char scratch[4096]; // most requests are parsed without a temporary allocation
    boost::json::parser parser({}, limits, scratch);
    boost::system::error_code failure;
    parser.write(text, failure);
    if (failure) return not_json("one JSON text in UTF-8, at most 16 levels deep (" + failure.message() + ")");
    boost::json::value value = parser.release();
    Census census;
    count(census, value);
    // Boost.JSON keeps the last of two members of the same name; two programs could then read one text differently.
    if (census.members != members_in_text(text)) return not_json("no member twice in one object");
    if (!census.finite) return not_json("numbers that a double can hold");
    return value;
}

} // namespace splot::json

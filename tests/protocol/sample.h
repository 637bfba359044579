#pragma once
#include "protocol/json/json.h"
#include "tests/protocol/print.h"

#include <gmock/gmock.h>

/// A struct with every kind of member that the decoder knows.
namespace splot::sample {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Circle {
    std::vector<InstitutionId> institutions;
    bool operator==(const Circle&) const = default;
};
BOOST_DESCRIBE_STRUCT(Circle, (), (institutions))

struct Based {
    PersonId person;
    bool operator==(const Based&) const = default;
};
BOOST_DESCRIBE_STRUCT(Based, (), (person))

struct Everything : Based {
    bool yes = false;
    std::int32_t small = 0;
    std::int64_t big = 0;
    double ratio = 0;
    std::string text;
    Personal<std::string> name;
    Uuid uuid;
    Instant at;
    Date day;
    Colour colour = Colour::red;
    std::optional<std::string> note;
    std::vector<std::int32_t> list;
    std::map<std::string, Circle> map;
    boost::json::value anything;
    bool operator==(const Everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (Based),
                      (yes, small, big, ratio, text, name, uuid, at, day, colour, note, list, map, anything))

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

inline constexpr std::string_view whole = R"({"person":"01890000-0000-7000-8000-000000000001","yes":true,"small":-5,
"big":9007199254740993,"ratio":0.5,"text":"Zażółć \"gęślą\"\n","name":"Nina",
"uuid":"01890000-0000-7000-8000-000000000002","at":"2026-11-24T12:00:00+01:00","day":"2026-02-28","colour":"green",
"list":[1,2],"map":{"lead":{"institutions":["01890000-0000-7000-8000-000000000003"]}},"anything":{"a":[null]}})";

/// `whole` with one member set to the JSON text `value`.
inline boost::json::value with(std::string_view member, std::string_view value) {
    auto object = json::parse(whole).value();
    object.as_object()[member] = json::parse(value).value();
    return object;
}

inline boost::json::value without(std::string_view member) {
    auto object = json::parse(whole).value();
    object.as_object().erase(member);
    return object;
}

MATCHER_P2(invalid_at, field, expected, "") {
    return arg.has_error() && arg.error() == Problem{Code::invalid, {}, field, expected};
}

} // namespace splot::sample

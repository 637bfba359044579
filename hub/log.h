#pragma once
#include "protocol/ids.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

/// Structured log: one JSON object a line. A fixed sentence plus ids and numbers; a name, a text or a query has no way
/// in: there is no constructor for Personal<T>.
namespace splot::log {

struct Field {
    std::string_view name;
    std::string value;
    bool quoted = true;

    Field(std::string_view field, std::string_view text) : name(field), value(text) {}
    Field(std::string_view field, const char* text) : name(field), value(text) {}
    template <class Tag> Field(std::string_view field, const Id<Tag>& id) : name(field), value(id.text()) {}
    Field(std::string_view field, const Uuid& id) : name(field), value(id.text()) {}
    template <class Number>
    requires std::is_arithmetic_v<Number> Field(std::string_view field, Number number) :
        name(field), value(std::to_string(number)), quoted(false) {}
};
using Fields = std::initializer_list<Field>;

/// "info", "warn", "error"; a file, or standard error when it is empty. Called once, before threads start.
void open(std::string_view level, const std::string& file);
void info(std::string_view sentence, Fields fields = {});
void warn(std::string_view sentence, Fields fields = {});
void error(std::string_view sentence, Fields fields = {});

} // namespace splot::log

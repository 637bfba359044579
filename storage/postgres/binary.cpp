#include "storage/postgres/binary.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <bit>
#include <limits>

namespace splot::storage::binary {
namespace {

/// PostgreSQL counts from the first day of 2000.
constexpr std::chrono::sys_days epoch = std::chrono::year(2000) / 1 / 1;

} // namespace

void put_int(std::string& out, std::uint64_t value, std::size_t width) {
    for (std::size_t i = width; i-- > 0;)
        out += static_cast<char>(value >> (8 * i));
}

std::int64_t get_int(std::string_view bytes, std::size_t width) {
    if (bytes.size() != width) throw MisfitError("a value has another width than its type");
    std::uint64_t value = static_cast<signed char>(bytes[0]) < 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

std::int64_t get_any_int(std::string_view bytes, Oid type) {
    return get_int(bytes, type == pg_type::int2 ? 2 : type == pg_type::int4 ? 4 : 8);
}

void put_double(std::string& out, double value) { put_int(out, std::bit_cast<std::uint64_t>(value), 8); }
double get_double(std::string_view bytes) { return std::bit_cast<double>(get_int(bytes, 8)); }

void put_instant(std::string& out, Instant instant) {
    put_int(out, static_cast<std::uint64_t>((instant - Instant(epoch)).count()), 8);
}

Instant get_instant(std::string_view bytes) {
    const auto microseconds = get_int(bytes, 8);
    if (microseconds == std::numeric_limits<std::int64_t>::max() ||
        microseconds == std::numeric_limits<std::int64_t>::min())
        throw MisfitError("an instant is infinite; use NULL for \"never\"");
    return Instant(epoch) + std::chrono::microseconds(microseconds);
}

void put_date(std::string& out, Date date) {
    put_int(out, static_cast<std::uint64_t>((std::chrono::sys_days(date) - epoch).count()), 4);
}

Date get_date(std::string_view bytes) {
    const auto days = get_int(bytes, 4);
    if (days == std::numeric_limits<std::int32_t>::max() || days == std::numeric_limits<std::int32_t>::min())
        throw MisfitError("a date is infinite; use NULL for \"never\"");
    return Date(epoch + std::chrono::days(days));
}

void put_json(std::string& out, const boost::json::value& value) {
    out += '\1'; // the version of jsonb's binary format
    out += boost::json::serialize(value);
}

boost::json::value get_json(std::string_view bytes, Oid type) {
    if (type == pg_type::jsonb) bytes.remove_prefix(1);
    return boost::json::parse(bytes);
}

void put_array_head(std::string& out, std::size_t count, Oid element) {
    put_int(out, count == 0 ? 0 : 1, 4); // dimensions
    put_int(out, 1, 4);                  // "may hold NULL": the server looks for itself
    put_int(out, element, 4);
    if (count == 0) return;
    put_int(out, count, 4);
    put_int(out, 1, 4); // the first index
}

namespace {

std::int64_t take_int4(std::string_view& bytes) {
    if (bytes.size() < 4) throw MisfitError("an array ends too early");
    const auto value = get_int(bytes.substr(0, 4), 4);
    bytes.remove_prefix(4);
    return value;
}

} // namespace

ArrayHead take_array_head(std::string_view& bytes) {
    const auto dimensions = take_int4(bytes);
    take_int4(bytes);
    const auto element = static_cast<Oid>(take_int4(bytes));
    if (dimensions == 0) return {0, element};
    if (dimensions != 1) throw MisfitError("an array has more than one dimension");
    const auto count = static_cast<std::size_t>(take_int4(bytes));
    take_int4(bytes);
    return {count, element};
}

std::optional<std::string_view> take_element(std::string_view& bytes) {
    const auto length = take_int4(bytes);
    if (length < 0) return std::nullopt;
    if (static_cast<std::size_t>(length) > bytes.size()) throw MisfitError("an array ends too early");
    const auto element = bytes.substr(0, static_cast<std::size_t>(length));
    bytes.remove_prefix(element.size());
    return element;
}

} // namespace splot::storage::binary

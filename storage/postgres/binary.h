#pragma once
#include "protocol/ids.h"
#include "protocol/personal.h"
#include "protocol/time.h"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// C++ values <-> PostgreSQL's binary format. `Binary<T>` gives for each supported T its type (`oid`), the type of
/// arrays of it (`array_oid`), which column types it reads (`reads`), and `put` and `get`.
namespace splot::storage {

using Bytes = std::vector<std::byte>;
using Oid = unsigned int;

/// A statement and the C++ that calls it do not fit each other: a bug, never a state of the data.
struct MisfitError : std::logic_error {
    using std::logic_error::logic_error;
};

namespace pg_type {
inline constexpr Oid boolean = 16, bytea = 17, name = 19, int8 = 20, int2 = 21, int4 = 23, text = 25, json = 114,
                     float8 = 701, bpchar = 1042, varchar = 1043, date = 1082, timestamptz = 1184, uuid = 2950,
                     jsonb = 3802;
inline constexpr Oid boolean_array = 1000, bytea_array = 1001, int2_array = 1005, int4_array = 1007, text_array = 1009,
                     int8_array = 1016, float8_array = 1022, date_array = 1182, timestamptz_array = 1185,
                     uuid_array = 2951, jsonb_array = 3807;
} // namespace pg_type

namespace binary {

void put_int(std::string& out, std::uint64_t value, std::size_t width);
/// Big-endian, sign-extended; throws MisfitError when there are not `width` bytes (1 to 8).
std::int64_t get_int(std::string_view bytes, std::size_t width);
/// An integer column of any width, if it fits into `width` bytes by its type.
std::int64_t get_any_int(std::string_view bytes, Oid type);
void put_double(std::string& out, double value);
double get_double(std::string_view bytes);
void put_instant(std::string& out, Instant instant);
Instant get_instant(std::string_view bytes);
void put_date(std::string& out, Date date);
Date get_date(std::string_view bytes);
void put_json(std::string& out, const boost::json::value& value);
boost::json::value get_json(std::string_view bytes, Oid type);

struct ArrayHead {
    std::size_t count;
    Oid element;
};
void put_array_head(std::string& out, std::size_t count, Oid element);
/// Reads and removes the head; one dimension or empty.
ArrayHead take_array_head(std::string_view& bytes);
/// Reads and removes one element; nullopt for NULL.
std::optional<std::string_view> take_element(std::string_view& bytes);

inline bool is_text(Oid type) {
    return type == pg_type::text || type == pg_type::varchar || type == pg_type::name || type == pg_type::bpchar;
}

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <DescribedEnum E> const char* name_of(E value) {
    const char* name = boost::describe::enum_to_string(value, nullptr);
    if (!name) throw MisfitError("an enum holds a value that is not one of its enumerators");
    return name;
}

template <DescribedEnum E> E enum_of(std::string_view name) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
        if (name == enumerator.name) found = enumerator.value;
    });
    if (!found) throw MisfitError("a column holds a word that its enum does not have");
    return *found;
}

} // namespace binary

template <class T> struct Binary {
    static_assert(!sizeof(T), "this type cannot be a parameter or a column; see storage/postgres/binary.h");
};

template <class T>
requires std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t>
struct Binary<T> {
    static constexpr Oid oid = sizeof(T) == 2 ? pg_type::int2 : sizeof(T) == 4 ? pg_type::int4 : pg_type::int8;
    static constexpr Oid array_oid = sizeof(T) == 2   ? pg_type::int2_array
                                     : sizeof(T) == 4 ? pg_type::int4_array
                                                      : pg_type::int8_array;
    static bool reads(Oid type) {
        return type == oid || (sizeof(T) >= 4 && type == pg_type::int2) || (sizeof(T) == 8 && type == pg_type::int4);
    }
    static void put(std::string& out, T value) { binary::put_int(out, static_cast<std::uint64_t>(value), sizeof(T)); }
    static T get(std::string_view bytes, Oid type) { return static_cast<T>(binary::get_any_int(bytes, type)); }
};

template <> struct Binary<bool> {
    static constexpr Oid oid = pg_type::boolean, array_oid = pg_type::boolean_array;
    static bool reads(Oid type) { return type == oid; }
    static void put(std::string& out, bool value) { out += static_cast<char>(value); }
    static bool get(std::string_view bytes, Oid) { return binary::get_int(bytes, 1) != 0; }
};

template <> struct Binary<double> {
    static constexpr Oid oid = pg_type::float8, array_oid = pg_type::float8_array;
    static bool reads(Oid type) { return type == oid; }
    static void put(std::string& out, double value) { binary::put_double(out, value); }
    static double get(std::string_view bytes, Oid) { return binary::get_double(bytes); }
};

/// Parameters only: what a column gives is a std::string.
template <> struct Binary<std::string_view> {
    static constexpr Oid oid = pg_type::text, array_oid = pg_type::text_array;
    static void put(std::string& out, std::string_view value) { out += value; }
};

template <> struct Binary<std::string> : Binary<std::string_view> {
    static bool reads(Oid type) { return binary::is_text(type); }
    static std::string get(std::string_view bytes, Oid) { return std::string(bytes); }
};

template <class T> struct Binary<Personal<T>> : Binary<T> {
    static void put(std::string& out, const Personal<T>& value) { Binary<T>::put(out, value.reveal()); }
    static Personal<T> get(std::string_view bytes, Oid type) { return Personal<T>(Binary<T>::get(bytes, type)); }
};

template <binary::DescribedEnum E> struct Binary<E> {
    static constexpr Oid oid = pg_type::text, array_oid = pg_type::text_array;
    static bool reads(Oid type) { return binary::is_text(type); }
    static void put(std::string& out, E value) { out += binary::name_of(value); }
    static E get(std::string_view bytes, Oid) { return binary::enum_of<E>(bytes); }
};

/// Parameters only.
template <> struct Binary<std::span<const std::byte>> {
    static constexpr Oid oid = pg_type::bytea, array_oid = pg_type::bytea_array;
    static void put(std::string& out, std::span<const std::byte> value) {
        out.append(reinterpret_cast<const char*>(value.data()), value.size());
    }
};

template <> struct Binary<Bytes> : Binary<std::span<const std::byte>> {
    static bool reads(Oid type) { return type == oid; }
    static Bytes get(std::string_view bytes, Oid) {
        const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
        return Bytes(begin, begin + bytes.size());
    }
};

template <> struct Binary<Uuid> {
    static constexpr Oid oid = pg_type::uuid, array_oid = pg_type::uuid_array;
    static bool reads(Oid type) { return type == oid; }
    static void put(std::string& out, const Uuid& value) {
        out.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
    }
    static Uuid get(std::string_view bytes, Oid) {
        Uuid uuid;
        if (bytes.size() != uuid.bytes.size()) throw MisfitError("a uuid has 16 bytes");
        std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
        return uuid;
    }
};

template <class Tag> struct Binary<Id<Tag>> : Binary<Uuid> {
    static void put(std::string& out, const Id<Tag>& id) { Binary<Uuid>::put(out, id.value); }
    static Id<Tag> get(std::string_view bytes, Oid type) { return Id<Tag>(Binary<Uuid>::get(bytes, type)); }
};

template <> struct Binary<Instant> {
    static constexpr Oid oid = pg_type::timestamptz, array_oid = pg_type::timestamptz_array;
    static bool reads(Oid type) { return type == oid; }
    static void put(std::string& out, Instant value) { binary::put_instant(out, value); }
    static Instant get(std::string_view bytes, Oid) { return binary::get_instant(bytes); }
};

template <> struct Binary<Date> {
    static constexpr Oid oid = pg_type::date, array_oid = pg_type::date_array;
    static bool reads(Oid type) { return type == oid; }
    static void put(std::string& out, Date value) { binary::put_date(out, value); }
    static Date get(std::string_view bytes, Oid) { return binary::get_date(bytes); }
};

template <> struct Binary<boost::json::value> {
    static constexpr Oid oid = pg_type::jsonb, array_oid = pg_type::jsonb_array;
    static bool reads(Oid type) { return type == pg_type::jsonb || type == pg_type::json; }
    static void put(std::string& out, const boost::json::value& value) { binary::put_json(out, value); }
    static boost::json::value get(std::string_view bytes, Oid type) { return binary::get_json(bytes, type); }
};

namespace binary {

template <class T> struct Nullable {
    using type = T;
    static constexpr bool value = false;
};
template <class T> struct Nullable<std::optional<T>> {
    using type = T;
    static constexpr bool value = true;
};

/// Appends the length and the value, or the length -1 for NULL: how elements of arrays are written.
template <class T> void put_element(std::string& out, const T& value) {
    const auto length_at = out.size();
    out.append(4, '\0');
    Binary<T>::put(out, value);
    std::string length;
    put_int(length, out.size() - length_at - 4, 4);
    out.replace(length_at, 4, length);
}
template <class T> void put_element(std::string& out, const std::optional<T>& value) {
    if (value)
        put_element(out, *value);
    else
        put_int(out, static_cast<std::uint64_t>(-1), 4);
}

/// Parameters only.
template <class T, class Range> struct Array {
    using Element = typename Nullable<T>::type;
    static constexpr Oid oid = Binary<Element>::array_oid;
    static void put(std::string& out, const Range& values) {
        put_array_head(out, values.size(), Binary<Element>::oid);
        for (const auto& value : values)
            put_element(out, value);
    }
};

} // namespace binary

template <class T> struct Binary<std::span<const T>> : binary::Array<T, std::span<const T>> {};

/// Arrays; elements may be NULL only in a vector of optionals.
template <class T> struct Binary<std::vector<T>> : binary::Array<T, std::vector<T>> {
    using Element = typename binary::Nullable<T>::type;
    static bool reads(Oid type) { return type == Binary::oid; }
    static std::vector<T> get(std::string_view bytes, Oid) {
        const auto head = binary::take_array_head(bytes);
        std::vector<T> values;
        values.reserve(head.count);
        for (std::size_t i = 0; i < head.count; ++i) {
            const auto element = binary::take_element(bytes);
            if (element)
                values.push_back(Binary<Element>::get(*element, head.element));
            else if constexpr (binary::Nullable<T>::value)
                values.push_back(std::nullopt);
            else
                throw MisfitError("an array holds NULL where its C++ type has none");
        }
        return values;
    }
};

} // namespace splot::storage

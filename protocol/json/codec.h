#pragma once
#include "protocol/enums.h"
#include "protocol/json/json.h"

#include <boost/mp11/list.hpp>

#include <cstdint>
#include <span>

/// How json.h does it. Templates only join the parts; the work is in codec.cpp.
namespace splot::json::detail {

/// Where we are, as a chain through the stack: a text is made of it only when something is wrong.
struct Path {
    const Path* parent;
    std::string_view name;
    std::size_t index = 0; ///< used when `name` is empty
};

struct Reader {
    Unknown unknown;
    Problem problem = {};

    /// Always false, so that a reading function can return it.
    bool fail(const Path& at, std::string_view expected);
};

struct Writer {
    std::string& out;
};

/// One member of a described struct, without its type.
struct Member {
    std::string_view name;
    bool required;
    bool (*read)(Reader&, const Path&, const boost::json::value&, void* object);
    bool (*is_absent)(const void* object);
    void (*write)(Writer, const void* object);
};

bool read(Reader&, const Path&, const boost::json::value&, bool& out);
bool read(Reader&, const Path&, const boost::json::value&, std::int32_t& out);
bool read(Reader&, const Path&, const boost::json::value&, std::int64_t& out);
bool read(Reader&, const Path&, const boost::json::value&, double& out);
bool read(Reader&, const Path&, const boost::json::value&, std::string& out);
bool read(Reader&, const Path&, const boost::json::value&, Uuid& out);
bool read(Reader&, const Path&, const boost::json::value&, Instant& out);
bool read(Reader&, const Path&, const boost::json::value&, Date& out);
bool read(Reader&, const Path&, const boost::json::value&, boost::json::value& out);
bool read_enum(Reader&, const Path&, const boost::json::value&, std::span<const Enumerator>, long long& out);
bool read_members(Reader&, const Path&, const boost::json::value&, std::span<const Member>, void* object);
const boost::json::array* read_array(Reader&, const Path&, const boost::json::value&);
const boost::json::object* read_object(Reader&, const Path&, const boost::json::value&);

void write(Writer, bool value);
void write(Writer, std::int32_t value);
void write(Writer, std::int64_t value);
void write(Writer, double value);
void write(Writer, std::string_view value);
inline void write(Writer to, const std::string& value) { write(to, std::string_view(value)); }
void write(Writer, const Uuid& value);
void write(Writer, Instant value);
void write(Writer, Date value);
void write(Writer, const boost::json::value& value);
void write_members(Writer, std::span<const Member>, const void* object);
/// Otherwise every literal would be a bool.
void write(Writer, const char*) = delete;

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

// Every overload takes a Reader or a Writer, so that the ones below are found from wherever a template is used.

template <class T> bool read(Reader& reader, const Path& at, const boost::json::value& value, Personal<T>& out) {
    T inner{};
    if (!read(reader, at, value, inner)) return false;
    out = Personal<T>(std::move(inner));
    return true;
}

template <class Tag> bool read(Reader& reader, const Path& at, const boost::json::value& value, Id<Tag>& out) {
    return read(reader, at, value, out.value);
}

template <class T> bool read(Reader& reader, const Path& at, const boost::json::value& value, std::optional<T>& out) {
    return value.is_null() || read(reader, at, value, out.emplace());
}

template <class T> bool read(Reader& reader, const Path& at, const boost::json::value& value, std::vector<T>& out) {
    const auto* items = read_array(reader, at, value);
    if (!items) return false;
    out.resize(items->size());
    for (std::size_t i = 0; i < out.size(); ++i)
        if (!read(reader, Path{&at, {}, i}, (*items)[i], out[i])) return false;
    return true;
}

template <class T>
bool read(Reader& reader, const Path& at, const boost::json::value& value, std::map<std::string, T>& out) {
    const auto* entries = read_object(reader, at, value);
    if (!entries) return false;
    for (const auto& [key, item] : *entries)
        if (!read(reader, Path{&at, key}, item, out[std::string(key)])) return false;
    return true;
}

template <DescribedEnum E> bool read(Reader& reader, const Path& at, const boost::json::value& value, E& out) {
    long long number = 0;
    if (!read_enum(reader, at, value, enumerators<E>, number)) return false;
    out = static_cast<E>(number);
    return true;
}

template <class T> void write(Writer to, const Personal<T>& value) { write(to, value.reveal()); }

template <class Tag> void write(Writer to, const Id<Tag>& value) { write(to, value.value); }

template <class T> void write(Writer to, const std::optional<T>& value) {
    if (value) return write(to, *value);
    to.out += "null";
}

template <class T> void write(Writer to, const std::vector<T>& value) {
    to.out += '[';
    for (const char* comma = ""; const auto& item : value) {
        to.out += comma;
        write(to, item);
        comma = ",";
    }
    to.out += ']';
}

template <class T> void write(Writer to, const std::map<std::string, T>& value) {
    to.out += '{';
    for (const char* comma = ""; const auto& [key, item] : value) {
        to.out += comma;
        write(to, std::string_view(key));
        to.out += ':';
        write(to, item);
        comma = ",";
    }
    to.out += '}';
}

template <DescribedEnum E> void write(Writer to, E value) { write(to, enum_text(value)); }

template <DescribedStruct T, class D> constexpr Member member_of() {
    using Type = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    return {D::name, !is_optional<Type>,
            [](Reader& reader, const Path& at, const boost::json::value& value, void* object) {
                return read(reader, at, value, static_cast<T*>(object)->*D::pointer);
            },
            []([[maybe_unused]] const void* object) {
                if constexpr (is_optional<Type>)
                    return !(static_cast<const T*>(object)->*D::pointer).has_value();
                else
                    return false;
            },
            [](Writer to, const void* object) { write(to, static_cast<const T*>(object)->*D::pointer); }};
}

template <DescribedStruct T, template <class...> class L, class... D> constexpr auto members_in(L<D...>) {
    return std::array<Member, sizeof...(D)>{member_of<T, D>()...};
}

template <DescribedStruct T> inline constexpr auto members = members_in<T>(MembersOf<T>{});

template <DescribedStruct T> bool read(Reader& reader, const Path& at, const boost::json::value& value, T& out) {
    return read_members(reader, at, value, members<T>, &out);
}

template <DescribedStruct T> void write(Writer to, const T& value) { write_members(to, members<T>, &value); }

} // namespace splot::json::detail

namespace splot::json {

template <class T> Result<T> decode(const boost::json::value& value, std::string_view path, Unknown unknown) {
    detail::Reader reader{unknown};
    T out{};
    if (!read(reader, detail::Path{nullptr, path}, value, out)) return std::move(reader.problem);
    return out;
}

template <class T> void write(std::string& out, const T& value) { write(detail::Writer{out}, value); }

} // namespace splot::json

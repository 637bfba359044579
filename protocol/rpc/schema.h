#pragma once
#include "protocol/json/codec.h"

#include <boost/json/object.hpp>

/// JSON Schema of described types, for openrpc.json. It says what protocol/json does.
namespace splot::schema {

using boost::json::object;

class Components;

/// One member of a described struct, without its type.
struct Field {
    std::string_view name;
    bool required;
    object (*schema)(Components&);
};

/// Named schemas, collected while types refer to them; a struct or an enum has the name it has in C++, without
/// namespace.
class Components {
public:
    /// What of a struct that is met from now on: a client may not send more members than we know (closed), but the hub
    /// may send more some day (open). A struct keeps what it got first.
    enum class Growth { closed, open };
    void meet_as(Growth growth) { growth_ = growth; }

    /// A reference to the named schema, which is made when this is the first one.
    /// Throws std::logic_error when two types have the same name: one of them needs a better one.
    object refer(std::string_view type, std::span<const Field> fields);
    object refer(std::string_view type, std::span<const Enumerator> enumerators);

    /// What `components.schemas` holds, sorted by name.
    object take();

private:
    struct Named {
        std::string type; ///< with namespaces
        object schema;
    };
    Named* add(std::string_view type);

    std::map<std::string, Named, std::less<>> all_;
    Growth growth_ = Growth::closed;
};

template <class T> struct Type {};

object schema(Components&, Type<bool>);
object schema(Components&, Type<std::int32_t>);
object schema(Components&, Type<std::int64_t>);
object schema(Components&, Type<double>);
object schema(Components&, Type<std::string>);
object schema(Components&, Type<Uuid>);
object schema(Components&, Type<Instant>);
object schema(Components&, Type<Date>);
object schema(Components&, Type<boost::json::value>);
object array_of(object items);
object map_of(object values);
object or_null(object inner);
object personal(object inner);
/// A uuid whose title is `PersonId` for the tag `splot::PersonTag`.
object id_of(std::string_view tag);

/// `splot::channels::Message`, as the compiler spells it.
template <class T> constexpr std::string_view type_name() {
    std::string_view text = __PRETTY_FUNCTION__; // GCC: "… [with T = X; …]", Clang: "… [T = X]"
    text.remove_prefix(text.find("T = ") + 4);
    return text.substr(0, text.find_first_of(";]"));
}

template <class T> object schema(Components& to, Type<Personal<T>>) { return personal(schema(to, Type<T>{})); }
template <class Tag> object schema(Components&, Type<Id<Tag>>) { return id_of(type_name<Tag>()); }
template <class T> object schema(Components& to, Type<std::optional<T>>) { return or_null(schema(to, Type<T>{})); }
template <class T> object schema(Components& to, Type<std::vector<T>>) { return array_of(schema(to, Type<T>{})); }
template <class T> object schema(Components& to, Type<std::map<std::string, T>>) {
    return map_of(schema(to, Type<T>{}));
}
template <DescribedEnum E> object schema(Components& to, Type<E>) { return to.refer(type_name<E>(), enumerators<E>); }

template <class T> struct Present { using Value = T; };
template <class T> struct Present<std::optional<T>> { using Value = T; };

template <class T, class D> constexpr Field field_of() {
    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    using Value = typename Present<Member>::Value; // an absent optional is left out, so its schema knows no null
    return {D::name, std::is_same_v<Member, Value>, [](Components& to) { return schema(to, Type<Value>{}); }};
}
template <class T, template <class...> class L, class... D> constexpr auto fields_in(L<D...>) {
    return std::array<Field, sizeof...(D)>{field_of<T, D>()...};
}
template <json::detail::DescribedStruct T> inline constexpr auto fields = fields_in<T>(json::detail::MembersOf<T>{});

template <json::detail::DescribedStruct T> object schema(Components& to, Type<T>) {
    return to.refer(type_name<T>(), fields<T>);
}

} // namespace splot::schema

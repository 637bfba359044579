#include "protocol/rpc/schema.h"

#include <boost/json/array.hpp>

#include <stdexcept>

namespace splot::schema {
namespace {

std::string_view short_name(std::string_view type) {
    const auto colon = type.rfind(':');
    return colon == type.npos ? type : type.substr(colon + 1);
}

object text_of(std::string_view format) { return {{"type", "string"}, {"format", format}}; }

object reference(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

} // namespace

Components::Named* Components::add(std::string_view type) {
    const auto name = short_name(type);
    if (const auto found = all_.find(name); found != all_.end()) {
        if (found->second.type == type) return nullptr;
        throw std::logic_error("two types are called " + std::string(name) + ": " + found->second.type + ", " +
                               std::string(type));
    }
    return &all_.emplace(name, Named{std::string(type), {}}).first->second;
}

object Components::refer(std::string_view type, std::span<const Field> fields) {
    if (auto* const added = add(type)) { // before its members, which may refer to it
        object properties;
        boost::json::array required;
        for (const auto& field : fields) {
            properties[field.name] = field.schema(*this);
            if (field.required) required.emplace_back(field.name);
        }
        added->schema["type"] = "object";
        added->schema["properties"] = std::move(properties);
        added->schema["required"] = std::move(required);
        if (growth_ == Growth::closed) added->schema["additionalProperties"] = false;
    }
    return reference(short_name(type));
}

object Components::refer(std::string_view type, std::span<const Enumerator> enumerators) {
    if (auto* const added = add(type)) {
        boost::json::array names;
        for (const auto& enumerator : enumerators)
            names.emplace_back(enumerator.name);
        added->schema["type"] = "string";
        added->schema["enum"] = std::move(names);
    }
    return reference(short_name(type));
}

object Components::take() {
    object out;
    for (auto& [name, named] : all_)
        out[name] = std::move(named.schema);
    all_.clear();
    return out;
}

object schema(Components&, Type<bool>) { return {{"type", "boolean"}}; }
object schema(Components&, Type<std::int32_t>) {
    return {{"type", "integer"}, {"format", "int32"}, {"minimum", INT32_MIN}, {"maximum", INT32_MAX}};
}
object schema(Components&, Type<std::int64_t>) { return {{"type", "integer"}, {"format", "int64"}}; }
object schema(Components&, Type<double>) { return {{"type", "number"}}; }
object schema(Components&, Type<std::string>) { return {{"type", "string"}}; }
object schema(Components&, Type<Uuid>) { return text_of("uuid"); }
object schema(Components&, Type<Instant>) { return text_of("date-time"); }
object schema(Components&, Type<Date>) { return text_of("date"); }
object schema(Components&, Type<boost::json::value>) { return {}; }

object array_of(object items) { return {{"type", "array"}, {"items", std::move(items)}}; }
object map_of(object values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }
object or_null(object inner) { return {{"oneOf", boost::json::array{std::move(inner), object{{"type", "null"}}}}}; }

object personal(object inner) {
    inner["x-personal"] = true;
    return inner;
}

object id_of(std::string_view tag) {
    std::string name(short_name(tag));
    if (name.ends_with("Tag")) name.replace(name.size() - 3, 3, "Id");
    auto out = text_of("uuid");
    out["title"] = name;
    return out;
}

} // namespace splot::schema

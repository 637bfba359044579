#include "protocol/openrpc.h"

#include "protocol/rpc/envelope.h"

#include <set>
#include <stdexcept>

namespace splot {
namespace {

using boost::json::array;
using schema::object;

/// Every method may answer with these; what comes before a method is known is told in `components.errors` only.
constexpr Code of_methods[] = {Code::invalid,         Code::not_found,          Code::gate_closed,      Code::conflict,
                               Code::unauthenticated, Code::rate_limited,       Code::unavailable,      Code::too_large,
                               Code::internal,        Code::enrolment_required, Code::step_up_required, Code::locked};
constexpr Code before_methods[] = {Code::parse_error, Code::bad_request, Code::unknown_method};

object error_entry(Code code) {
    return {{"code", rpc::number_of(code)}, {"message", name_of(code)}, {"data", {{"code", name_of(code)}}}};
}

object error_entries() {
    object out;
    for (const Code code : of_methods)
        out[name_of(code)] = error_entry(code);
    for (const Code code : before_methods)
        out[name_of(code)] = error_entry(code);
    return out;
}

array error_references() {
    array out;
    for (const Code code : of_methods)
        out.push_back(object{{"$ref", "#/components/errors/" + std::string(name_of(code))}});
    return out;
}

object descriptor(std::string_view name, bool required, object of) {
    return {{"name", name}, {"required", required}, {"schema", std::move(of)}};
}

array params_of(std::span<const schema::Field> fields, schema::Components& components) {
    array out;
    for (const auto& field : fields) {
        if (field.name == "as") throw std::logic_error("`as` belongs to the envelope");
        out.push_back(descriptor(field.name, field.required, field.schema(components)));
    }
    auto as = descriptor("as", false, schema::schema(components, schema::Type<MandateId>{}));
    as["description"] = "The mandate to act under; needed only where more than one fits.";
    out.push_back(std::move(as));
    return out;
}

object method_entry(const Method& method, array params) {
    return {
        {"name", method.name},          {"paramStructure", "by-name"},        {"params", std::move(params)},
        {"errors", error_references()}, {"x-effect", name_of(method.effect)}, {"x-rate-per-minute", method.rate.calls},
        {"x-caller", method.caller},    {"x-level", name_of(method.level)}};
}

object info(std::string_view version) {
    return {
        {"title", "Splot"},
        {"version", version},
        {"license", {{"name", "AGPL-3.0-or-later"}}},
        {"description",
         "JSON-RPC 2.0 over one WebSocket (/ws, sub-protocol splot.v1). A client sends one request a frame, its id a "
         "text (of a writing call a UUIDv7); the hub sends arrays of answers and notifications. What a client sends "
         "is closed: an unknown member is refused. What the hub sends may grow: ignore members you do not know."}};
}

} // namespace

std::string OpenRpc::document(std::string_view version) const {
    schema::Components components;
    std::set<std::string_view> names;
    array methods, events, notices, routes;
    for (const auto& entry : methods_) {
        if (!names.insert(entry.method->name).second)
            throw std::logic_error("two methods are called " + std::string(entry.method->name));
        methods.push_back(method_entry(*entry.method, params_of(entry.params, components)));
    }
    for (const auto& route : routes_)
        routes.push_back(object{{"route", route.name}, {"body", route.body(components)}});
    components.meet_as(schema::Components::Growth::open);
    for (std::size_t i = 0; i < routes_.size(); ++i)
        routes[i].as_object()["answer"] = routes_[i].answer(components);
    for (std::size_t i = 0; i < methods_.size(); ++i)
        methods[i].as_object()["result"] = object{{"name", "result"}, {"schema", methods_[i].answer(components)}};
    for (const auto& event : events_)
        events.push_back(object{{"kind", event.name}, {"schema", event.schema(components)}});
    for (const auto& notice : notices_)
        notices.push_back(object{{"name", notice.name}, {"params", notice.schema(components)}});
    auto error = schema_of<rpc::WireError>(components);
    const object document{{"openrpc", "1.2.6"},
                          {"info", info(version)},
                          {"methods", std::move(methods)},
                          {"components", {{"schemas", components.take()}, {"errors", error_entries()}}},
                          {"x-events", std::move(events)},
                          {"x-notices", std::move(notices)},
                          {"x-routes", std::move(routes)},
                          {"x-error", std::move(error)}};
    return json::to_json(boost::json::value(document));
}

} // namespace splot

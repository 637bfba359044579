#pragma once
#include "protocol/rpc/registry.h"
#include "protocol/rpc/schema.h"

namespace splot {

/// Builds an OpenRPC 1.2.6 document. Types that a client sends are closed, types that only the hub sends may grow.
class OpenRpc {
public:
    template <MethodType M> void add_method() {
        methods_.push_back({&M::method, schema::fields<M>, schema_of<typename M::Answer>});
    }
    /// `Event` has `kind`: what `Event::event` of a stream is when `Event::kind` says so.
    template <class Event> void add_event() { events_.push_back({Event::kind, schema_of<Event>}); }
    /// `Notice` has `notice`: a notification of the hub, with its params.
    template <class Notice> void add_notice() { add_notice(Notice::notice, schema_of<Notice>); }
    template <class Params> void add_notice(std::string_view name) { add_notice(name, schema_of<Params>); }
    /// What goes over HTTP before a socket exists: "POST /session/sign-in".
    template <class Body, class Answer> void add_route(std::string_view name) {
        routes_.push_back({name, schema_of<Body>, schema_of<Answer>});
    }

    /// Throws std::logic_error when two different types or two methods have one name, or a method has a param `as`.
    std::string document(std::string_view version) const;

private:
    using MakeSchema = schema::object (*)(schema::Components&);
    struct MethodEntry {
        const Method* method;
        std::span<const schema::Field> params;
        MakeSchema answer;
    };
    struct Told {
        std::string_view name;
        MakeSchema schema;
    };
    struct Route {
        std::string_view name;
        MakeSchema body;
        MakeSchema answer;
    };

    template <class T> static schema::object schema_of(schema::Components& to) {
        return schema::schema(to, schema::Type<T>{});
    }
    void add_notice(std::string_view name, MakeSchema make) { notices_.push_back({name, make}); }

    std::vector<MethodEntry> methods_;
    std::vector<Told> events_;
    std::vector<Told> notices_;
    std::vector<Route> routes_;
};

/// The document of everything in all_methods.h: `/openrpc.json`.
std::string openrpc_document(std::string_view version);

} // namespace splot

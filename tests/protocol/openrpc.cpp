#include "protocol/openrpc.h"

#include "protocol/all_methods.h"
#include "tests/protocol/sample.h"

#include <set>

namespace splot {

namespace sample {

struct Paint {
    static constexpr Method method{"walls.paint", Effect::writes, PerMinute{30}, "a painter"};
    using Answer = Everything;
    Colour colour;
    std::optional<Circle> circle;
};
BOOST_DESCRIBE_STRUCT(Paint, (), (colour, circle))

struct Painted {
    static constexpr std::string_view kind = "painted";
    std::vector<std::optional<std::int64_t>> coats;
};
BOOST_DESCRIBE_STRUCT(Painted, (), (coats))

struct Dry {
    static constexpr std::string_view notice = "walls.dry";
};
BOOST_DESCRIBE_STRUCT(Dry, (), ())

struct TakesTheMandate {
    static constexpr Method method{"walls.own", Effect::reads, PerMinute{1}, "nobody"};
    using Answer = Empty;
    MandateId as;
};
BOOST_DESCRIBE_STRUCT(TakesTheMandate, (), (as))

namespace elsewhere {
struct Circle {};
BOOST_DESCRIBE_STRUCT(Circle, (), ())
} // namespace elsewhere

struct TwoCircles {
    Circle one;
    elsewhere::Circle other;
};
BOOST_DESCRIBE_STRUCT(TwoCircles, (), (one, other))

} // namespace sample

namespace {

using boost::json::value;

value walls() {
    OpenRpc openrpc;
    openrpc.add_method<sample::Paint>();
    openrpc.add_event<sample::Painted>();
    openrpc.add_notice<sample::Dry>();
    return json::parse(openrpc.document("7.1")).value();
}

value parsed(std::string_view text) { return json::parse(text).value(); }

const value& whole_document() {
    static const value document = parsed(openrpc_document("0.1"));
    return document;
}

TEST(OpenRpcDocument, a_method_tells_its_params_its_answer_and_who_may_call) {
    const auto document = walls();
    const auto& method = document.at_pointer("/methods/0");

    EXPECT_EQ(document.at("openrpc"), "1.2.6");
    EXPECT_EQ(document.at_pointer("/info/version"), "7.1");
    EXPECT_EQ(method.at("name"), "walls.paint");
    EXPECT_EQ(method.at("paramStructure"), "by-name");
    EXPECT_EQ(method.at("x-effect"), "writes");
    EXPECT_EQ(method.at("x-rate-per-minute"), 30);
    EXPECT_EQ(method.at("x-caller"), "a painter");
    EXPECT_EQ(method.at_pointer("/params/0"),
              parsed(R"({"name":"colour","required":true,"schema":{"$ref":"#/components/schemas/Colour"}})"));
    EXPECT_EQ(method.at_pointer("/params/1"),
              parsed(R"({"name":"circle","required":false,"schema":{"$ref":"#/components/schemas/Circle"}})"));
    EXPECT_EQ(method.at_pointer("/result/schema/$ref"), "#/components/schemas/Everything");
}

TEST(OpenRpcDocument, T08_every_method_takes_a_mandate) {
    const auto document = walls();
    const auto& as = document.at_pointer("/methods/0/params/2");

    EXPECT_EQ(as.at("name"), "as");
    EXPECT_EQ(as.at("required"), false);
    EXPECT_EQ(as.at("schema"), parsed(R"({"type":"string","format":"uuid","title":"MandateId"})"));
    OpenRpc openrpc;
    openrpc.add_method<sample::TakesTheMandate>();
    EXPECT_THROW(openrpc.document("1"), std::logic_error);
}

TEST(OpenRpcDocument, a_schema_says_what_the_decoder_does) {
    const auto document = walls();
    const auto& schemas = document.at_pointer("/components/schemas");

    EXPECT_EQ(schemas.at("Colour"), parsed(R"({"type":"string","enum":["red","green"]})"));
    EXPECT_EQ(schemas.at_pointer("/Everything/required"),
              parsed(R"(["person","yes","small","big","ratio","text","name","uuid","at","day","colour","list","map",
                         "anything"])"));
    const auto& members = schemas.at_pointer("/Everything/properties");
    EXPECT_EQ(members.at("person"), parsed(R"({"type":"string","format":"uuid","title":"PersonId"})"));
    EXPECT_EQ(members.at("small"),
              parsed(R"({"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647})"));
    EXPECT_EQ(members.at("name"), parsed(R"({"type":"string","x-personal":true})"));
    EXPECT_EQ(members.at("at"), parsed(R"({"type":"string","format":"date-time"})"));
    EXPECT_EQ(members.at("day"), parsed(R"({"type":"string","format":"date"})"));
    EXPECT_EQ(members.at("note"), parsed(R"({"type":"string"})"));
    EXPECT_EQ(members.at("list").at("items").at("type"), "integer");
    EXPECT_EQ(members.at("map").at("additionalProperties"), parsed(R"({"$ref":"#/components/schemas/Circle"})"));
    EXPECT_EQ(members.at("anything"), parsed("{}"));
    EXPECT_EQ(schemas.at_pointer("/Painted/properties/coats/items"),
              parsed(R"({"oneOf":[{"type":"integer","format":"int64"},{"type":"null"}]})"));
}

TEST(OpenRpcDocument, what_a_client_sends_is_closed_and_what_the_hub_sends_may_grow) {
    const auto document = walls();
    const auto& schemas = document.at_pointer("/components/schemas");

    EXPECT_EQ(schemas.at_pointer("/Circle/additionalProperties"), false); // sent both ways
    EXPECT_FALSE(schemas.at("Everything").as_object().contains("additionalProperties"));
}

TEST(OpenRpcDocument, events_notices_and_errors_are_listed) {
    const auto document = walls();

    EXPECT_EQ(document.at("x-events"),
              parsed(R"([{"kind":"painted","schema":{"$ref":"#/components/schemas/Painted"}}])"));
    EXPECT_EQ(document.at("x-notices"),
              parsed(R"([{"name":"walls.dry","params":{"$ref":"#/components/schemas/Dry"}}])"));
    EXPECT_EQ(document.at_pointer("/components/errors/not_found"),
              parsed(R"({"code":-32001,"message":"not_found","data":{"code":"not_found"}})"));
}

TEST(OpenRpcDocument, two_types_or_two_methods_of_one_name_are_refused) {
    OpenRpc types, methods;
    types.add_notice<sample::TwoCircles>("walls.circles");
    methods.add_method<sample::Paint>();
    methods.add_method<sample::Paint>();

    EXPECT_THROW(types.document("1"), std::logic_error);
    EXPECT_THROW(methods.document("1"), std::logic_error);
}

/// Where `text` does not fit its schema; empty when it fits.
std::string misfit(const value& text, const value& schema) {
    const auto& rules = schema.as_object();
    if (const auto* target = rules.if_contains("$ref"))
        return misfit(text, whole_document().at_pointer(std::string_view(target->as_string()).substr(1)));
    if (const auto* names = rules.if_contains("enum")) {
        const auto& all = names->as_array();
        return std::ranges::find(all, text) == all.end() ? "not in the enum" : "";
    }
    if (!rules.contains("type")) return "";
    const std::string_view type = rules.at("type").as_string();
    if (type == "string") return text.is_string() ? "" : "no string";
    if (type == "integer") return text.is_int64() ? "" : "no integer";
    if (type == "number") return text.is_number() ? "" : "no number";
    if (type == "boolean") return text.is_bool() ? "" : "no boolean";
    if (type == "array") {
        for (const auto& item : text.as_array())
            if (const auto wrong = misfit(item, rules.at("items")); !wrong.empty()) return "[]: " + wrong;
        return "";
    }
    if (!rules.contains("properties")) return text.is_object() ? "" : "no object"; // a map
    for (const auto& required : rules.at("required").as_array())
        if (!text.as_object().contains(required.as_string())) return std::string(required.as_string()) + " is missing";
    for (const auto& [name, member] : text.as_object()) {
        const auto* known = rules.at("properties").as_object().if_contains(name);
        if (!known) return std::string(name) + " is unknown";
        if (const auto wrong = misfit(member, *known); !wrong.empty()) return std::string(name) + ": " + wrong;
    }
    return "";
}

template <class T> void expect_fits(std::string_view schema_name) {
    const auto text = parsed(json::to_json(T{}));
    const auto& schemas = whole_document().at_pointer("/components/schemas").as_object();
    ASSERT_TRUE(schemas.contains(schema_name)) << schema_name;
    EXPECT_EQ(misfit(text, schemas.at(schema_name)), "") << schema_name;
}

TEST(OpenRpcDocument, what_the_hub_writes_fits_the_schema_of_its_type) {
    expect_fits<Event>("Event");
    expect_fits<Message>("Message");
    for_each_method<AllEvents>([]<class E>() {
        const auto name = schema::type_name<E>();
        expect_fits<E>(name.substr(name.rfind(':') + 1));
    });
    std::size_t at = 0;
    for_each_method<AllMethods>([&]<class M>() {
        const auto& answer = whole_document().at("methods").as_array().at(at++).at_pointer("/result/schema");
        EXPECT_EQ(misfit(parsed(json::to_json(typename M::Answer{})), answer), "") << M::method.name;
    });
}

TEST(OpenRpcDocument, every_method_reads_the_params_that_a_client_writes) {
    for_each_method<AllMethods>([]<class M>() {
        const auto read = json::decode<M>(parsed(json::to_json(M{})));
        EXPECT_TRUE(read) << M::method.name << ": " << read.error().field;
    });
}

TEST(OpenRpcDocument, methods_events_and_notices_are_well_named_limited_and_say_who_may_call) {
    constexpr auto method_name = "[a-z]+\\.[a-z]+(_[a-z]+)*", event_name = "[a-z]+(_[a-z]+)*";
    std::set<std::string_view> names;
    const auto expect_name = [&](std::string_view name, const char* form) {
        EXPECT_THAT(std::string(name), testing::MatchesRegex(form));
        EXPECT_TRUE(names.insert(name).second) << name << " stands twice";
    };
    for_each_method<AllMethods>([&]<class M>() {
        expect_name(M::method.name, method_name);
        EXPECT_GT(M::method.rate.calls, 0) << M::method.name;
        EXPECT_FALSE(M::method.caller.empty()) << M::method.name;
    });
    for_each_method<AllEvents>([&]<class E>() { expect_name(E::kind, event_name); });
    for_each_method<AllNotices>([&]<class N>() { expect_name(N::notice, method_name); });
}

} // namespace
} // namespace splot

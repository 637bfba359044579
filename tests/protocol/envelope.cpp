#include "protocol/rpc/envelope.h"

#include <gmock/gmock.h>

namespace splot::rpc {
namespace {

const MandateId mandate = *MandateId::parse("01890000-0000-7000-8000-000000000001");

/// Why it was refused: "id|code|field".
std::string refusal(std::string_view frame) {
    const auto read = read_request(frame);
    if (read) return "accepted";
    const auto& [id, problem] = read.error();
    return id + "|" + std::string(name_of(problem.code)) + "|" + problem.field;
}

Incoming only(std::string_view object) {
    auto all = read_frame("[" + std::string(object) + "]").value();
    EXPECT_EQ(all.size(), 1u);
    return all.at(0);
}

TEST(Envelope, a_request_is_read) {
    const auto read = read_request(R"({"jsonrpc":"2.0","id":"a1","method":"teams.show_team","params":{"team":"x"}})");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, "a1");
    EXPECT_EQ(read->method, "teams.show_team");
    EXPECT_EQ(read->as, std::nullopt);
    EXPECT_EQ(json::to_json(read->params), R"({"team":"x"})");
}

TEST(Envelope, absent_params_are_an_empty_object) {
    const auto read = read_request(R"({"jsonrpc":"2.0","id":"a1","method":"streams.sync"})");

    ASSERT_TRUE(read);
    EXPECT_EQ(json::to_json(read->params), "{}");
}

TEST(Envelope, T08_the_mandate_is_taken_out_of_the_params) {
    const auto read = read_request(request("a1", "x", R"({"team":1})", mandate));

    ASSERT_TRUE(read);
    EXPECT_EQ(read->as, mandate);
    EXPECT_EQ(json::to_json(read->params), R"({"team":1})");
    EXPECT_EQ(read_request(request("a1", "x", "{}", mandate))->as, mandate);
    EXPECT_EQ(read_request(request("a1", "x", R"({"as":null})"))->as, std::nullopt);
    EXPECT_EQ(refusal(request("a1", "x", R"({"as":"head"})")), "a1|invalid|params.as");
}

TEST(Envelope, the_id_is_echoed_whenever_it_could_be_read) {
    EXPECT_EQ(refusal(R"({"id":"a1"})"), "a1|bad_request|jsonrpc");
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.1","id":"a1","method":"x"})"), "a1|bad_request|jsonrpc");
    EXPECT_EQ(refusal(R"({"jsonrpc":2.0,"id":"a1","method":"x"})"), "a1|bad_request|jsonrpc");
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","id":"a1"})"), "a1|bad_request|method");
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","id":"a1","method":7})"), "a1|bad_request|method");
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","id":"a1","method":""})"), "a1|bad_request|method");
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","id":"a1","method":"x","extra":1})"), "a1|bad_request|");
    for (const char* params : {"[]", "null", "1", "\"\""})
        EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","id":"a1","method":"x","params":)" + std::string(params) + "}"),
                  "a1|invalid|params");
}

TEST(Envelope, a_request_without_a_suitable_id_is_refused) {
    EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","method":"x"})"), "|bad_request|id");
    for (const char* id : {"null", "1", "1.5", "\"\"", "[]", "{}"})
        EXPECT_EQ(refusal(R"({"jsonrpc":"2.0","method":"x","id":)" + std::string(id) + "}"), "|bad_request|id");
    EXPECT_EQ(refusal(request(std::string(64, 'i'), "x", "{}")), "accepted");
    EXPECT_EQ(refusal(request(std::string(65, 'i'), "x", "{}")), "|bad_request|id");
}

TEST(Envelope, batches_and_other_things_than_objects_are_refused) {
    for (const char* frame : {"[]", R"([{"jsonrpc":"2.0","id":"a1","method":"x"}])", "1", "null", "\"x\""})
        EXPECT_EQ(refusal(frame), "|bad_request|") << frame;
    for (const char* frame : {"", "{", "x", R"({"id":"a1","id":"a2"})"})
        EXPECT_EQ(refusal(frame), "|parse_error|") << frame;
}

TEST(Envelope, an_answer_echoes_the_id_as_the_client_sent_it) {
    const std::string id = "a\"1\n zażółć";
    const auto read = read_request(request(id, "x", "{}"));
    ASSERT_TRUE(read);

    EXPECT_EQ(answer("a1", R"({"n":1})"), R"({"jsonrpc":"2.0","id":"a1","result":{"n":1}})");
    const auto incoming = only(answer(read->id, "[7]"));

    EXPECT_EQ(incoming.id, id);
    EXPECT_EQ(incoming.method, std::nullopt);
    EXPECT_EQ(json::to_json(incoming.content), "[7]");
    EXPECT_FALSE(incoming.error);
}

TEST(Envelope, an_error_has_a_number_for_json_rpc_a_sentence_for_people_and_data_for_programs) {
    EXPECT_EQ(error("a1", refuse(Code::not_found, "A-62"), "Nie ma takiej rzeczy."),
              R"({"jsonrpc":"2.0","id":"a1","error":{"code":-32001,"message":"Nie ma takiej rzeczy.",)"
              R"("data":{"code":"not_found","rule":"A-62"}}})");
    EXPECT_EQ(error("", Problem{Code::invalid, {}, "params.due", "a date"}, "Źle."),
              R"({"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"Źle.",)"
              R"("data":{"code":"invalid","field":"params.due","expected":"a date"}}})");
    EXPECT_EQ(error_object(refuse(Code::rate_limited), "Za szybko.", 1500),
              R"({"code":-32005,"message":"Za szybko.","data":{"code":"rate_limited","retry_after_ms":1500}})");
}

TEST(Envelope, a_client_reads_an_error_with_all_its_data) {
    const auto incoming = only(error("a1", Problem{Code::invalid, "A-43", "params.audience", "x"}, "Nie szerzej.", 5));

    ASSERT_TRUE(incoming.error);
    EXPECT_EQ(incoming.id, "a1");
    EXPECT_EQ(incoming.error->code, -32602);
    EXPECT_EQ(incoming.error->message, "Nie szerzej.");
    EXPECT_EQ(code_named(incoming.error->data.code), Code::invalid);
    EXPECT_EQ(incoming.error->data.rule, "A-43");
    EXPECT_EQ(incoming.error->data.field, "params.audience");
    EXPECT_EQ(incoming.error->data.expected, "x");
    EXPECT_EQ(incoming.error->data.retry_after_ms, 5);
    EXPECT_EQ(only(error("", refuse(Code::parse_error), "Źle.")).id, std::nullopt);
}

TEST(Envelope, every_code_has_a_number_and_a_name_of_its_own) {
    std::map<std::int32_t, std::string> numbers;
    for (int i = 0; i <= static_cast<int>(Code::unknown_method); ++i) {
        const auto code = static_cast<Code>(i);
        EXPECT_EQ(code_named(name_of(code)), code);
        EXPECT_TRUE(numbers.emplace(number_of(code), name_of(code)).second) << name_of(code);
    }
    for (const auto& [number, name] : numbers)
        EXPECT_TRUE(number >= -32700 && number <= -32001) << name;
    EXPECT_EQ(code_named("of_a_later_release"), std::nullopt);
}

TEST(Envelope, a_frame_of_several_things_keeps_their_order) {
    const auto frame = "[" + answer("a1", "{}") + "," + notification("streams.event", R"({"n":1})") + "," +
                       error("a2", refuse(Code::conflict), "Już nie.") + "," + notification("session.ended", "{}") +
                       "]";

    const auto all = read_frame(frame);

    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 4u);
    EXPECT_EQ((*all)[0].id, "a1");
    EXPECT_EQ((*all)[1].method, "streams.event");
    EXPECT_EQ(json::to_json((*all)[1].content), R"({"n":1})");
    EXPECT_EQ((*all)[1].id, std::nullopt);
    EXPECT_EQ((*all)[2].error->data.code, "conflict");
    EXPECT_EQ((*all)[3].method, "session.ended");
}

TEST(Envelope, a_client_ignores_what_a_newer_hub_adds) {
    const auto incoming = only(R"({"jsonrpc":"2.0","id":"a1","trace":7,"error":{"code":-32050,"message":"Nowe.",
                                   "data":{"code":"brand_new","hint":"x"},"more":1}})");

    ASSERT_TRUE(incoming.error);
    EXPECT_EQ(incoming.error->data.code, "brand_new");
}

TEST(Envelope, a_frame_that_is_no_array_of_such_things_names_the_place) {
    const auto place = [](std::string_view frame) {
        const auto read = read_frame(frame);
        return read ? "accepted" : std::string(name_of(read.error().code)) + "|" + read.error().field;
    };
    EXPECT_EQ(place("[]"), "accepted");
    EXPECT_EQ(place(answer("a1", "{}")), "bad_request|");
    EXPECT_EQ(place("[1]"), "bad_request|[0]");
    EXPECT_EQ(place("[{}]"), "bad_request|[0]");
    EXPECT_EQ(place("[" + answer("a1", "{}") + R"(,{"result":1}])"), "bad_request|[1].id");
    EXPECT_EQ(place(R"([{"id":"a1","error":{"code":"x"}}])"), "bad_request|[0].error.code");
    EXPECT_EQ(place("["), "parse_error|");
}

} // namespace
} // namespace splot::rpc

// Everything that reads bytes of strangers, for libFuzzer (tests/fuzz/run). A property that does not hold traps.
#include "protocol/channels/methods.h"
#include "protocol/json/json.h"
#include "protocol/rpc/envelope.h"
#include "protocol/streams/methods.h"
#include "protocol/teams/methods.h"
#include "tests/fuzz/must.h"

// Compiled here, so that the parser itself is instrumented.
#include <boost/json/src.hpp>

namespace splot {
namespace {

/// What was accepted is written so that it reads back as the same.
template <class T> void decode_as(const boost::json::value& value) {
    const auto read = json::decode<T>(value);
    if (!read) return must(read.error().code == Code::invalid && read.error().field.starts_with("params"));
    const auto text = json::to_json(*read);
    const auto tree = json::parse(text);
    must(tree.has_value());
    const auto again = json::decode<T>(*tree);
    must(again && json::to_json(*again) == text);
}

void decode_as_everything(const boost::json::value& value) {
    decode_as<channels::PostMessage>(value);
    decode_as<channels::CreateChannel>(value);
    decode_as<channels::ListMessages>(value);
    decode_as<teams::GiveMandate>(value);
    decode_as<streams::Resume>(value);
    decode_as<Message>(value);
}

void read_as_request(std::string_view frame) {
    const auto read = rpc::read_request(frame);
    if (!read) {
        const auto& [id, problem] = read.error();
        must(problem.code == Code::parse_error || problem.code == Code::bad_request || problem.code == Code::invalid);
        const auto told = rpc::read_frame("[" + rpc::error(id, problem, "Nie rozumiem.") + "]");
        return must(told && told->size() == 1 && told->front().error && told->front().id.value_or("") == id);
    }
    decode_as_everything(read->params);
    const auto again = rpc::read_request(rpc::request(read->id, read->method, json::to_json(read->params), read->as));
    must(again && again->id == read->id && again->method == read->method && again->as == read->as);
}

void read_as_hub_frame(std::string_view frame) {
    const auto read = rpc::read_frame(frame);
    if (!read) return must(read.error().code == Code::parse_error || read.error().code == Code::bad_request);
    for (const auto& incoming : *read)
        if (incoming.method == streams::event_notice)
            if (const auto event = json::decode<Event>(incoming.content, "params", json::Unknown::ignored))
                decode_as<Message>(event->event);
}

void read_as_time(std::string_view text) {
    if (const auto instant = parse_instant(text)) must(parse_instant(to_text(*instant)) == instant);
    if (const auto date = parse_date(text)) must(to_text(*date) == text);
    if (const auto uuid = Uuid::parse(text)) must(Uuid::parse(uuid->text()) == uuid);
}

} // namespace
} // namespace splot

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    splot::read_as_request(bytes);
    splot::read_as_hub_frame(bytes);
    splot::read_as_time(bytes);
    if (const auto value = splot::json::parse(bytes)) splot::decode_as_everything(*value);
    return 0;
}

#include "protocol/rpc/envelope.h"

namespace splot::rpc {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_method = 128;

void write_text(std::string& out, std::string_view text) { json::write(out, text); }

std::optional<std::string> text_of(const boost::json::value* value, std::size_t longest) {
    const auto* text = value ? value->if_string() : nullptr;
    if (!text || text->empty() || text->size() > longest) return std::nullopt;
    return std::string(text->data(), text->size());
}

Problem bad(std::string_view field, std::string_view expected, Code code = Code::bad_request) {
    return {code, {}, std::string(field), std::string(expected)};
}

/// An envelope has few members, and a client that sends another one means something that we would not do.
bool has_others(const boost::json::object& envelope) {
    for (const auto& entry : envelope) {
        const std::string_view key = entry.key();
        if (key != "jsonrpc" && key != "id" && key != "method" && key != "params") return true;
    }
    return false;
}

/// Takes `as` out of the params, so that no request type needs to have it.
Result<std::optional<MandateId>> take_mandate(boost::json::object& params) {
    const auto* found = params.if_contains("as");
    if (!found) return std::optional<MandateId>{};
    TRY(const auto as, json::decode<std::optional<MandateId>>(*found, "params.as"));
    params.erase("as");
    return as;
}

/// Everything but the id. Takes what it can from `envelope`.
Result<Request> read_rest(boost::json::object& envelope) {
    if (text_of(envelope.if_contains("jsonrpc"), 3) != "2.0") return bad("jsonrpc", "\"2.0\"");
    const auto method = text_of(envelope.if_contains("method"), longest_method);
    if (!method) return bad("method", "the name of a method");
    if (has_others(envelope)) return bad("", "only jsonrpc, id, method and params");
    Request request{{}, *method, {}, boost::json::object{}};
    auto* const params = envelope.if_contains("params");
    if (!params) return request;
    if (!params->is_object()) return bad("params", "an object", Code::invalid);
    TRY(request.as, take_mandate(params->get_object()));
    request.params = std::move(*params);
    return request;
}

void open_envelope(std::string& out, std::string_view id) {
    out += R"({"jsonrpc":"2.0","id":)";
    if (id.empty())
        out += "null";
    else
        write_text(out, id);
}

Problem bad_item(std::size_t index, std::string_view member, std::string_view expected) {
    return bad("[" + std::to_string(index) + "]" + std::string(member), expected);
}

Result<Incoming> read_item(boost::json::value& item, std::size_t index) {
    auto* const object = item.if_object();
    if (!object) return bad_item(index, "", "an object");
    Incoming incoming{text_of(object->if_contains("id"), std::string::npos), {}, {}, {}};
    if (const auto* error = object->if_contains("error")) {
        auto read = json::decode<WireError>(*error, "[" + std::to_string(index) + "].error", json::Unknown::ignored);
        if (!read) return bad(read.error().field, read.error().expected);
        incoming.error = *std::move(read);
        return incoming;
    }
    incoming.method = text_of(object->if_contains("method"), std::string::npos);
    auto* const content = object->if_contains(incoming.method ? "params" : "result");
    if (content)
        incoming.content = std::move(*content);
    else if (!incoming.method)
        return bad_item(index, "", "an answer, an error or a notification");
    if (!incoming.method && !incoming.id) return bad_item(index, ".id", "the id of a call");
    return incoming;
}

} // namespace

boost::system::result<Request, BadRequest> read_request(std::string_view frame) {
    auto parsed = json::parse(frame);
    if (!parsed) return BadRequest{{}, std::move(parsed).error()};
    auto* const envelope = parsed->if_object();
    if (!envelope) return BadRequest{{}, bad("", "one request: an object (batches are refused)")};
    const auto id = text_of(envelope->if_contains("id"), longest_id);
    if (!id) return BadRequest{{}, bad("id", "a text of 1 to 64 bytes")};
    auto request = read_rest(*envelope);
    if (!request) return BadRequest{*id, std::move(request).error()};
    request->id = *id;
    return *std::move(request);
}

std::string answer(std::string_view id, std::string_view result_json) {
    std::string out;
    out.reserve(result_json.size() + id.size() + 48);
    open_envelope(out, id);
    return out.append(R"(,"result":)").append(result_json).append("}");
}

std::string error_object(const Problem& problem, std::string_view polish_message,
                         std::optional<std::int32_t> retry_after_ms) {
    const auto given = [](std::string_view text) {
        return text.empty() ? std::nullopt : std::optional<std::string>(text);
    };
    return json::to_json(WireError{number_of(problem.code), std::string(polish_message),
                                   ErrorData{std::string(name_of(problem.code)), given(problem.rule.number()),
                                             given(problem.field), given(problem.expected), retry_after_ms}});
}

std::string error(std::string_view id, const Problem& problem, std::string_view polish_message,
                  std::optional<std::int32_t> retry_after_ms) {
    std::string out;
    open_envelope(out, id);
    return out.append(R"(,"error":)").append(error_object(problem, polish_message, retry_after_ms)).append("}");
}

std::string notification(std::string_view method, std::string_view params_json) {
    std::string out = R"({"jsonrpc":"2.0","method":)";
    write_text(out, method);
    return out.append(R"(,"params":)").append(params_json).append("}");
}

std::string request(std::string_view id, std::string_view method, std::string_view params_json,
                    std::optional<MandateId> as) {
    std::string out;
    open_envelope(out, id);
    out += R"(,"method":)";
    write_text(out, method);
    out += R"(,"params":{)";
    params_json.remove_prefix(1);
    if (as) out.append(R"("as":")").append(as->text()).append(params_json == "}" ? "\"" : "\",");
    return out.append(params_json).append("}");
}

std::int32_t number_of(Code code) {
    switch (code) {
    case Code::parse_error:
        return -32700;
    case Code::bad_request:
        return -32600;
    case Code::unknown_method:
        return -32601;
    case Code::invalid:
        return -32602;
    case Code::internal:
        return -32603;
    case Code::not_found:
        return -32001;
    case Code::gate_closed:
        return -32002;
    case Code::conflict:
        return -32003;
    case Code::unauthenticated:
        return -32004;
    case Code::rate_limited:
        return -32005;
    case Code::unavailable:
        return -32006;
    case Code::too_large:
        return -32007;
    case Code::enrolment_required:
        return -32008;
    case Code::step_up_required:
        return -32009;
    case Code::locked:
        return -32010;
    }
    return -32603;
}

Result<std::vector<Incoming>> read_frame(std::string_view frame) {
    TRY(auto parsed, json::parse(frame));
    auto* const items = parsed.if_array();
    if (!items) return bad("", "an array");
    std::vector<Incoming> all;
    all.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
        TRY(auto incoming, read_item((*items)[i], i));
        all.push_back(std::move(incoming));
    }
    return all;
}

} // namespace splot::rpc

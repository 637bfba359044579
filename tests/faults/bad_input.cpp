// Two thousand frames that no client of ours would send, through the real hub, by seed.
#include "tests/faults/aftermath.h"
#include "tests/faults/talk.h"

#include "protocol/all_methods.h"
#include "protocol/rpc/envelope.h"

#include <boost/json/serialize.hpp>
#include <boost/system/system_error.hpp>

namespace splot::faults {
namespace {

using client::Session;
using Random = std::mt19937_64;

std::size_t draw(Random& random, std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

/// All methods with the names of their params.
struct Known {
    std::string name;
    std::vector<std::string> params;
};
const std::vector<Known>& known_methods() {
    static const auto methods = [] {
        std::vector<Known> all;
        for_each_method<AllMethods>([&]<class M>() {
            Known known{std::string(M::method.name), {}};
            boost::mp11::mp_for_each<boost::describe::describe_members<M, boost::describe::mod_public>>(
                [&](auto member) { known.params.emplace_back(member.name); });
            all.push_back(std::move(known));
        });
        return all;
    }();
    return methods;
}

/// Makes frames that are wrong somewhere.
class Nonsense {
public:
    explicit Nonsense(std::uint64_t seed) : random_(seed) {}

    std::string frame() {
        switch (draw(random_, 8)) {
        case 0:
            return rubbish();
        case 1:
            return truncated(request());
        case 2:
            return boost::json::serialize(value(3)); // JSON, but no request
        case 3:
            return "[" + request() + "," + request() + "]";
        case 4:
            return mangled(request());
        default:
            return request();
        }
    }

private:
    std::string id() {
        static const char* ids[] = {"\"\"", "7", "null", "\"x\"", "\"01890a5d-ac96-774b-bcce-b302099a8057\"", "{}"};
        const auto at = draw(random_, 10);
        if (at < std::size(ids)) return ids[at];
        const auto now = std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
        auto uuid = Uuid{};
        for (auto& byte : uuid.bytes)
            byte = static_cast<std::uint8_t>(random_());
        for (int i = 0; i < 6; ++i)
            uuid.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now >> (40 - 8 * i));
        uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (uuid.bytes[6] & 15));
        uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 63));
        return "\"" + uuid.text() + "\"";
    }

    boost::json::value value(int depth) {
        switch (draw(random_, depth > 0 ? 12 : 9)) {
        case 0:
            return nullptr;
        case 1:
            return true;
        case 2:
            return static_cast<std::int64_t>(random_());
        case 3:
            return -1.5e300;
        case 4:
            return "";
        case 5:
            return "2026-13-45T25:61:00Z";
        case 6:
            return "01890a5d-ac96-774b-bcce-b302099a8057"; // a fine id of nothing
        case 7:
            return boost::json::string(draw(random_, 12'000), 'z');
        case 8:
            return "'; DROP TABLE message; -- \U0001F980";
        case 9:
            return boost::json::array{value(depth - 1), value(depth - 1)};
        default:
            return boost::json::object{{"x", value(depth - 1)}, {"id", value(depth - 1)}};
        }
    }

    std::string request() {
        const auto& method = known_methods()[draw(random_, known_methods().size())];
        boost::json::object params;
        for (const auto& name : method.params)
            if (draw(random_, 8) != 0) params[name] = value(2);
        if (draw(random_, 5) == 0) params["unheard_of"] = value(1);
        if (draw(random_, 6) == 0) params["as"] = value(1);
        const std::string name = draw(random_, 10) == 0 ? method.name + "x" : method.name;
        return R"({"jsonrpc":"2.0","id":)" + id() + R"(,"method":")" + name + R"(","params":)" +
               boost::json::serialize(params) + "}";
    }

    std::string truncated(std::string text) {
        text.resize(1 + draw(random_, text.size() - 1));
        while (!text.empty() && (text.back() & 0x80)) // a text frame holds whole characters
            text.pop_back();
        return text.empty() ? "{" : text;
    }

    /// Some characters become others.
    std::string mangled(std::string text) {
        for (int i = 0; i < 3; ++i) {
            auto& c = text[draw(random_, text.size())];
            if (!(c & 0x80)) c = static_cast<char>(32 + draw(random_, 95));
        }
        return text;
    }

    std::string rubbish() {
        std::string text;
        const auto size = 1 + draw(random_, 300);
        while (text.size() < size)
            text += static_cast<char>(1 + draw(random_, 126));
        return text;
    }

    Random random_;
};

Async<std::unique_ptr<Session>> upgraded(client::Endpoint endpoint, std::string cookie) {
    auto session = co_await Session::connect(endpoint);
    co_await session->upgrade(cookie, endpoint.origin());
    co_return session;
}

/// Bytes that are no HTTP; returns when the hub has closed the line.
Async<void> babble(client::Endpoint endpoint, std::string bytes) {
    const auto session = co_await Session::connect(endpoint);
    try {
        co_await session->send_raw(std::move(bytes));
        for (std::string said = "x"; !said.empty();)
            said = co_await session->receive_raw();
    } catch (const boost::system::system_error&) {
        // reset instead of closed: as good
    }
}

Async<std::unique_ptr<Session>> enter(client::Endpoint endpoint, std::string cookie) {
    auto session = co_await Session::connect(endpoint);
    client::Headers headers{{"x-splot", "1"}, {"origin", endpoint.origin()}, {"cookie", cookie}};
    const auto ticket = co_await session->post("/session/ticket", std::move(headers), "{}");
    co_await session->upgrade(cookie, endpoint.origin());
    const auto parsed = json::parse(ticket.body);
    const auto value = json::decode<door::Ticket>(*parsed);
    const std::string request = rpc::request("authenticate", identity::Authenticate::method.name,
                                             json::to_json(identity::Authenticate{value->ticket}));
    co_await session->send(request);
    co_await session->receive();
    co_return session;
}

/// What came back.
struct Tally {
    std::map<std::string, int> codes; ///< how often each
    std::vector<std::string> wrong;   ///< what is no typed problem
};

/// Sends the frames and takes one answer for each.
Async<void> exchange(Session& session, Nonsense& nonsense, int count, bool at_once, Tally& tally) {
    int answers = 0, sent = 0;
    std::vector<std::string> frames;
    while (answers < count) {
        while (sent < count && (at_once || sent == answers)) {
            auto frame = frames.emplace_back(nonsense.frame());
            co_await session.send(std::move(frame));
            ++sent;
        }
        const auto received = co_await session.receive();
        const auto incoming = rpc::read_frame(received);
        if (!incoming) {
            tally.wrong.push_back("an answer of no form");
            co_return;
        }
        for (const auto& one : *incoming) {
            if (one.method) continue;
            ++answers;
            const auto code = one.error ? one.error->data.code : "ok"; // some are right by chance
            ++tally.codes[code];
            if (one.error && (!code_named(code) || code == "internal" || code == "unavailable"))
                tally.wrong.push_back(code + " for " + (at_once ? "one of many" : frames.back().substr(0, 400)));
        }
    }
}

struct Before {
    explicit Before(Stage& stage) :
        sockets(stage.metric("splot_sockets")), connections(stage.metric("splot_connections")) {}
    double sockets, connections;
};

/// The hub lives, works, and holds no more than before.
void expect_nothing_left(Stage& stage, const Before& before) {
    EXPECT_TRUE(stage.becomes([&] { return stage.metric("splot_sockets") == before.sockets; })) << "a socket stays";
    EXPECT_TRUE(stage.becomes([&] { return stage.metric("splot_connections") <= before.connections; }));
    EXPECT_EQ(stage.get("/readyz").status, 200u);
}

TEST(BadInput, two_thousand_wrong_frames_get_typed_answers_and_leave_nothing) {
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    Stage stage;
    const auto cookie = stage.enter("hanna.bak");
    const Before before(stage);
    Nonsense nonsense(seed());
    Tally tally;
    {
        const auto one = run(stage.io, enter(stage.endpoint(), cookie));
        run(stage.io, exchange(*one, nonsense, 1'000, false, tally));
        std::vector<std::unique_ptr<Session>> many;
        for (int i = 0; i < 20; ++i)
            many.push_back(run(stage.io, enter(stage.endpoint(), cookie)));
        for (const auto& session : many)
            run(stage.io, exchange(*session, nonsense, 50, true, tally));
        EXPECT_EQ(stage.metric("splot_sockets"), before.sockets + 21) << "a connection did not live";
    }
    EXPECT_THAT(tally.wrong, testing::IsEmpty());
    EXPECT_LT(tally.codes["ok"], 200) << "the nonsense makes sense";
    EXPECT_GE(tally.codes.size(), 7u) << "the nonsense is always the same";
    expect_nothing_left(stage, before);
    EXPECT_EQ(stage.logs().find("DROP TABLE"), std::string::npos) << "input is in a log";
    expect_nothing_personal(stage);
}

TEST(BadInput, strangers_who_babble_are_answered_or_cut_off) {
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    Stage stage;
    const auto cookie = stage.enter("hanna.bak");
    const Before before(stage);
    Nonsense nonsense(seed());
    Tally tally;
    {
        std::vector<std::unique_ptr<Session>> strangers; // with a cookie, but they never authenticate
        for (int i = 0; i < 5; ++i)
            strangers.push_back(run(stage.io, upgraded(stage.endpoint(), cookie)));
        for (const auto& session : strangers)
            run(stage.io, exchange(*session, nonsense, 20, true, tally));
    }
    EXPECT_EQ(tally.codes["ok"], 0);
    EXPECT_GT(tally.codes["unauthenticated"], 0);
    EXPECT_THAT(tally.wrong, testing::IsEmpty());
    for (int i = 0; i < 40; ++i)
        run(stage.io, babble(stage.endpoint(), nonsense.frame() + "\r\n\r\n"));
    EXPECT_GT(stage.metric("splot_bad_requests_total"), 0);
    expect_nothing_left(stage, before);
    expect_nothing_personal(stage);
}

} // namespace
} // namespace splot::faults

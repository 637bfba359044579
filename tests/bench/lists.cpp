// Lists that must not grow with what they do not show: the last page, and the first answer of a session.
#include "tests/bench/figure.h"
#include "tests/bench/member.h"

#include <fstream>
#include <stdexcept>

namespace splot::bench {
namespace {

constexpr long large = 503, small = 504;

class Reader final : public Member {
public:
    Reader(Crowd& crowd, long person, std::string first) : Member(crowd, person, std::move(first)), crowd_of_(crowd) {}

    /// Milliseconds until the answer.
    float call(std::string_view method, const std::string& params) {
        answered_ = false;
        const auto sent = Steady::now();
        send_text(request("call", method, params));
        crowd_of_.run_until([&] { return answered_; });
        return std::chrono::duration<float, std::milli>(Steady::now() - sent).count();
    }

private:
    void on_frame(std::string_view frame) override {
        if (frame.find(R"("error":{)") != std::string_view::npos)
            throw std::runtime_error("refused: " + std::string(frame));
        answered_ = answered_ || frame.find(R"("id":"call","result")") != std::string_view::npos;
    }
    Crowd& crowd_of_;
    bool answered_ = false;
};

double page_time(Reader& reader, long channel, int calls) {
    std::vector<float> times;
    for (int i = 0; i < calls; ++i)
        times.push_back(reader.call("channels.list_messages", R"({"channel":")" + numbered(4, channel) + R"("})"));
    return quantile(std::move(times), 0.5);
}

/// BEGIN and its end are not counted.
bool is_statement(const std::string& line) {
    const auto at = line.find("LOG:  execute ");
    if (at == std::string::npos) return false;
    const std::string_view name = std::string_view(line).substr(at + 14);
    return !name.starts_with("postgres.begin") && !name.starts_with("postgres.commit") &&
           !name.starts_with("postgres.rollback");
}

/// Statements that the server logs while this person's session.start runs for the first time.
double statements_of_start(const Ground& ground, long person) {
    const auto hub = ground.start_hub("poll_every_ms = 3600000\n"); // so that none is the housekeeper's
    Crowd crowd;
    Reader reader(crowd, person, {});
    reader.enter(ground.port);
    crowd.run_until([&] { return reader.is_settled(); });
    crowd.run_for(std::chrono::milliseconds(500));
    const auto log = ground.file("postgres.log");
    const auto before = [&] {
        std::ifstream file(log, std::ios::ate);
        return file.tellg();
    }();
    reader.call("session.start", "{}");
    crowd.run_for(std::chrono::milliseconds(500));
    std::ifstream file(log);
    file.seekg(before);
    double statements = 0;
    for (std::string line; std::getline(file, line);)
        if (is_statement(line)) ++statements;
    return statements;
}

} // namespace

/// One who reads all (5061), one of the other institution who reads fifty (5071), one who came late and reads the last
/// fifty (5062).
bool last_page(const Ground& ground, Format format) {
    ground.psql_file("splot", "pages.sql");
    const auto hub = ground.start_hub();
    Crowd crowd;
    std::vector<std::unique_ptr<Reader>> readers;
    for (const long person : {5061, 5071, 5062})
        readers.push_back(std::make_unique<Reader>(crowd, person, open_channel(small)));
    enter_all(crowd, readers, ground.port);
    const int calls = ground.quick ? 100 : 300;
    for (auto& reader : readers)
        for (const long channel : {large, small})
            page_time(*reader, channel, 30); // generic plans come after five executions of each connection
    const auto pair = [&](const char* name, Reader& reader) {
        return report(ground,
                      {name, "ms", Holds::at_most, 1.2, [&]() -> Sample { return {page_time(reader, large, calls)}; },
                       [&] { return page_time(reader, small, calls); }},
                      format);
    };
    const bool all = pair("last_page_all", *readers[0]);
    const bool fifty = pair("last_page_fifty", *readers[1]);
    const bool late = pair("last_page_newcomer", *readers[2]);
    return all && fifty && late;
}

bool session_start(const Ground& ground, Format format) {
    ground.psql("postgres", "ALTER SYSTEM SET log_statement = 'all'");
    ground.psql("postgres", "SELECT pg_reload_conf()");
    const double four = statements_of_start(ground, 5081), forty = statements_of_start(ground, 5091);
    ground.psql("postgres", "ALTER SYSTEM RESET log_statement");
    ground.psql("postgres", "SELECT pg_reload_conf()");
    return report_count("session_start", forty, four, 12, format);
}

} // namespace splot::bench

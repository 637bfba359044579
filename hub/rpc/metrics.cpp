#include "hub/rpc/metrics.h"

#include "hub/hub.h"

namespace splot {
namespace {

class Page {
public:
    template <class Number>
    void add(std::string_view name, std::string_view kind, std::string_view help, Number value) {
        head(name, kind, help);
        line(name, "", std::to_string(value));
    }
    void head(std::string_view name, std::string_view kind, std::string_view help) {
        text_ += "# HELP splot_" + std::string(name) + " " + std::string(help) + "\n# TYPE splot_" + std::string(name) +
                 " " + std::string(kind) + "\n";
    }
    void line(std::string_view name, const std::string& labels, const std::string& value) {
        text_ += "splot_" + std::string(name) + labels + " " + value + "\n";
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

void add_listener(Page& page, const ServerCounts& tls, const ServerCounts* plain) {
    const auto sum = [&](auto member) { return (tls.*member).load() + (plain ? (plain->*member).load() : 0); };
    page.add("connections", "gauge", "Open connections of any kind.", sum(&ServerCounts::connections));
    page.add("sockets", "gauge", "Open WebSockets.", sum(&ServerCounts::sockets));
    page.add("handshakes_total", "counter", "TLS handshakes that succeeded.", sum(&ServerCounts::handshakes));
    page.add("failed_handshakes_total", "counter", "TLS handshakes that failed.",
             sum(&ServerCounts::failed_handshakes));
    page.add("bad_requests_total", "counter", "HTTP requests malformed, too large or too slow.",
             sum(&ServerCounts::bad_requests));
    page.add("refused_upgrades_total", "counter", "WebSocket upgrades refused.", sum(&ServerCounts::refused_upgrades));
    page.add("frames_in_total", "counter", "WebSocket frames received.", sum(&ServerCounts::frames_in));
    page.add("frames_out_total", "counter", "WebSocket frames sent.", sum(&ServerCounts::frames_out));
    page.add("objects_out_total", "counter", "Answers and notifications sent in those frames.",
             sum(&ServerCounts::objects_out));
    page.add("bytes_out_total", "counter", "Payload bytes sent.", sum(&ServerCounts::bytes_out));
    page.add("overflows_total", "counter", "Readers that did not keep up.", sum(&ServerCounts::overflows));
    page.add("dead_peers_total", "counter", "Peers found silent.", sum(&ServerCounts::dead_peers));
}

} // namespace

std::string metrics_page(Hub& hub, Desk& desk) {
    Page page;
    const auto* plain = hub.listener(1);
    add_listener(page, hub.listener(0)->counts(), plain ? &plain->counts() : nullptr);
    auto& writer = desk.shared.writer;
    page.add("appended_total", "counter", "Items that the writer made durable.", writer.appended());
    page.add("append_batches_total", "counter", "Commits of the writer.", writer.batches());
    page.add("append_waiting", "gauge", "Items that wait for the writer.", writer.waiting());
    page.add("database_away", "gauge", "1 while the writer has no database.", writer.is_away() ? 1 : 0);
    page.head("calls_total", "counter", "Calls by method.");
    for (const auto& [name, counts] : hub.dispatcher().counts())
        page.line("calls_total", "{method=\"" + name + "\"}", std::to_string(counts->calls.load()));
    page.head("call_problems_total", "counter", "Calls that were refused or failed, by method.");
    for (const auto& [name, counts] : hub.dispatcher().counts())
        page.line("call_problems_total", "{method=\"" + name + "\"}", std::to_string(counts->problems.load()));
    page.head("call_seconds_total", "counter", "Time spent in calls, by method.");
    for (const auto& [name, counts] : hub.dispatcher().counts())
        page.line("call_seconds_total", "{method=\"" + name + "\"}",
                  std::to_string(static_cast<double>(counts->microseconds.load()) / 1e6));
    return page.take();
}

} // namespace splot

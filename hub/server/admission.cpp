#include "hub/server/admission.h"

#include <algorithm>
#include <cctype>

namespace splot {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

enum class Case : std::uint8_t { matters, does_not_matter };

/// Whether a comma-separated header (all of its lines) has the element.
bool has_element(const HttpRequest& request, std::string_view header, std::string_view element, Case letters) {
    for (const auto& [name, value] : request.headers) {
        if (name != header) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto comma = std::min(rest.find(','), rest.size());
            const auto one = trimmed(rest.substr(0, comma));
            if (letters == Case::matters ? one == element : equal_ignoring_case(one, element)) return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

/// `http://ewa.localhost:8444` as `http://localhost:8444`; everything else stays.
std::string without_local_name(std::string_view origin) {
    const auto host = origin.find("://");
    const auto local = origin.find(".localhost:");
    if (host == origin.npos || local == origin.npos) return std::string(origin);
    const auto name = origin.substr(host + 3, local - host - 3);
    const bool is_one_label = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
        return std::islower(c) || std::isdigit(c) || c == '-';
    });
    if (!is_one_label) return std::string(origin);
    return std::string(origin.substr(0, host + 3)) + std::string(origin.substr(local + 1));
}

bool has_good_origin(const HttpRequest& request, const ListenerOptions& options) {
    const std::string_view origin = request.header("origin");
    if (origin.empty()) return request.header("cookie").empty();
    const std::string ours = options.own_local_names ? without_local_name(origin) : std::string(origin);
    return std::find(options.own_origins.begin(), options.own_origins.end(), ours) != options.own_origins.end();
}

} // namespace

std::string_view HttpRequest::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

std::string_view HttpRequest::cookie(std::string_view name) const {
    for (std::string_view rest = header("cookie"); !rest.empty();) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trimmed(rest.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

unsigned check_upgrade(const HttpRequest& request, const ListenerOptions& options) {
    if (!has_element(request, "upgrade", "websocket", Case::does_not_matter) ||
        request.header("sec-websocket-version") != "13")
        return 426;
    if (request.method != "GET" || request.header("sec-websocket-key").size() != 24 ||
        !has_element(request, "connection", "upgrade", Case::does_not_matter) ||
        !has_element(request, "sec-websocket-protocol", sub_protocol, Case::matters))
        return 400;
    return has_good_origin(request, options) ? 101 : 403;
}

bool is_from_us(const HttpRequest& request, const ListenerOptions& options) {
    const std::string_view site = request.header("sec-fetch-site"); // old browsers and programs do not send it
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    return has_good_origin(request, options);
}

void believe_proxy(HttpRequest& request) {
    request.secure = request.header("x-forwarded-proto") != "http";
    request.loopback = false; // the proxy is on this machine, who asks is not
    std::string_view last;
    for (const auto& [name, value] : request.headers)
        if (name == "x-forwarded-for") last = value;
    if (const auto comma = last.rfind(','); comma != std::string_view::npos) last.remove_prefix(comma + 1);
    if (const auto address = trimmed(last); !address.empty()) request.peer = address;
}

} // namespace splot

#include "hub/server/security_headers.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace splot {
namespace {

using Header = std::pair<std::string_view, std::string_view>;

constexpr std::string_view policy = "Content-Security-Policy";
constexpr Header for_pages = {
    policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
            "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types splot"};
constexpr Header for_data = {policy, "default-src 'none'; frame-ancestors 'none'; sandbox"};

constexpr std::array<Header, 8> always = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), "
                           "usb=(), serial=(), bluetooth=(), midi=(), browsing-topics=()"},
    {"X-Frame-Options", "DENY"},
    {"Cache-Control", "no-store"},
}};
constexpr Header transport = {"Strict-Transport-Security", "max-age=63072000; includeSubDomains"};

bool is_same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void add(HttpAnswer& answer, const Header& header) {
    for (const auto& [name, value] : answer.headers)
        if (is_same_name(name, header.first)) return;
    answer.headers.emplace_back(header.first, header.second);
}

} // namespace

void add_security_headers(HttpAnswer& answer, bool strict_transport) {
    add(answer, answer.content_type.starts_with("text/html") ? for_pages : for_data);
    for (const auto& header : always)
        add(answer, header);
    if (strict_transport) add(answer, transport);
}

} // namespace splot

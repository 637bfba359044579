#include "clients/cli/hub_address.h"

#include <charconv>
#include <unistd.h>

namespace splot::cli {
namespace {

bool is_this_machine(std::string_view host) {
    const bool is_ipv4 = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || (is_ipv4 && host.starts_with("127.")) || host == "::1";
}

Failure bad_address(std::string_view address) {
    return {Exit::usage, "To nie jest adres huba: " + std::string(address),
            "Adres wygląda tak: https://splot.powiat.example albo " + std::string(default_hub)};
}

} // namespace

Outcome<client::Endpoint> read_hub_address(std::string_view address, const std::string& ca_file) {
    client::Endpoint endpoint;
    std::string_view rest = address;
    endpoint.tls = !rest.starts_with("http://");
    if (endpoint.tls && !rest.starts_with("https://")) return bad_address(address);
    rest.remove_prefix(endpoint.tls ? 8 : 7);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const auto bracket = rest.starts_with('[') ? rest.find(']') : 0;
    if (bracket == std::string_view::npos) return bad_address(address);
    const auto colon = rest.find(':', bracket);
    endpoint.host = rest.substr(0, colon);
    if (bracket) endpoint.host = rest.substr(1, bracket - 1);
    endpoint.port = endpoint.tls ? 443 : 80;
    if (colon != std::string_view::npos) {
        const auto port = rest.substr(colon + 1);
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
        if (error != std::errc() || end != port.data() + port.size()) return bad_address(address);
    }
    if (endpoint.host.empty() || endpoint.host.find_first_of("/?#@ ") != std::string::npos) return bad_address(address);
    if (!endpoint.tls && !is_this_machine(endpoint.host))
        return Failure{Exit::usage, "Bez szyfrowania tylko na tym komputerze: " + std::string(address),
                       "Użyj https://"};
    if (!ca_file.empty() && ::access(ca_file.c_str(), R_OK) != 0)
        return Failure{Exit::usage, "Nie można czytać certyfikatów z pliku " + ca_file, "Sprawdź ścieżkę przy --ca"};
    endpoint.ca_file = ca_file;
    endpoint.insecure_loopback = endpoint.tls && ca_file.empty() && is_this_machine(endpoint.host);
    endpoint.patience = std::chrono::seconds(10);
    return endpoint;
}

std::string hub_key(const client::Endpoint& endpoint) {
    const bool bracketed = endpoint.host.find(':') != std::string::npos;
    return std::string(endpoint.tls ? "https://" : "http://") + (bracketed ? "[" : "") + endpoint.host +
           (bracketed ? "]:" : ":") + std::to_string(endpoint.port);
}

} // namespace splot::cli

#include "hub/rpc/web_client.h"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace splot {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kinds = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
}};

constexpr std::string_view front = "/index.html";
constexpr std::string_view hashed = "/assets/"; ///< names that change with their content
constexpr std::string_view worker = "/worker.js";
/// A service worker lives under the policy of its own script.
constexpr std::string_view worker_policy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path.string() + " cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_if_there(const fs::path& path) { return fs::is_regular_file(path) ? read(path) : std::string(); }

std::string_view kind_of(const fs::path& path) {
    for (const auto& [ending, type] : kinds)
        if (path.extension() == ending) return type;
    throw std::runtime_error(path.string() + ": no kind of file that the web client has");
}

/// Does Accept-Encoding name it, and not with a weight of nothing? Browsers send plain names.
bool accepts(std::string_view header, std::string_view coding) {
    for (std::size_t at = 0; at < header.size();) {
        const auto comma = std::min(header.find(',', at), header.size());
        auto one = header.substr(at, comma - at);
        at = comma + 1;
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one == coding || (one.starts_with(coding) && one.substr(coding.size()).starts_with(";q=1"))) return true;
    }
    return false;
}

/// What a browser asks for when a person opens an address: no file, and nothing of the door.
bool is_page(const HttpRequest& request) {
    const auto last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    return last.find('.') == last.npos && !request.path.starts_with(hashed) &&
           request.header("accept").find("text/html") != std::string_view::npos;
}

} // namespace

WebClient::WebClient(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto& path = entry.path();
        if (!entry.is_regular_file() || path.extension() == ".br" || path.extension() == ".gz") continue;
        File file{kind_of(path), read(path), read_if_there(path.string() + ".br"),
                  read_if_there(path.string() + ".gz")};
        files_.emplace("/" + path.lexically_relative(folder).generic_string(), std::move(file));
    }
    if (!files_.contains(front)) throw std::runtime_error(folder.string() + " holds no built web client");
}

fs::path WebClient::beside(const fs::path& program_folder) {
    for (const auto* place : {"web", "../web", "../share/splot/web"})
        if (fs::is_regular_file(program_folder / place / "index.html")) return program_folder / place;
    return {};
}

std::optional<HttpAnswer> WebClient::answer(const HttpRequest& request) const {
    if (request.method != "GET") return std::nullopt;
    auto found = files_.find(request.path == "/" ? front : std::string_view(request.path));
    if (found == files_.end() && is_page(request)) found = files_.find(front);
    if (found == files_.end()) return std::nullopt;
    return served(found->first, found->second, request);
}

HttpAnswer WebClient::served(const std::string& path, const File& file, const HttpRequest& request) const {
    HttpAnswer answer{.content_type = std::string(file.content_type)};
    const auto codings = request.header("accept-encoding");
    if (!file.brotli.empty() && accepts(codings, "br")) {
        answer.body = file.brotli;
        answer.headers.emplace_back("content-encoding", "br");
    } else if (!file.gzip.empty() && accepts(codings, "gzip")) {
        answer.body = file.gzip;
        answer.headers.emplace_back("content-encoding", "gzip");
    } else {
        answer.body = file.plain;
    }
    answer.headers.emplace_back("vary", "accept-encoding");
    if (path.starts_with(hashed)) answer.headers.emplace_back("cache-control", "public, max-age=31536000, immutable");
    if (path == worker) answer.headers.emplace_back("content-security-policy", worker_policy);
    return answer;
}

} // namespace splot

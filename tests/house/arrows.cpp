// The arrows between the rooms, read from the includes: protocol <- storage <- hub, and protocol <- clients.

#include "tests/house/sources.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string_view>

namespace splot::house {
namespace {

using testing::IsEmpty;

constexpr std::array floors{"protocol", "storage", "hub", "clients", "tests"};
constexpr std::array slices{"identity", "teams", "channels", "files",     "meetings",
                            "boards",   "cases", "sessions", "directory", "programme"};

bool is_ours(const std::string& include) {
    return std::ranges::find(floors, first_part(include)) != floors.end() && include.find('/') != std::string::npos;
}

/// The slice that a path of a floor lies in, or empty: "channels" for hub/channels/rules.h.
std::string slice_of(const std::string& path) {
    const auto rest = path.substr(path.find('/') + 1);
    const auto name = first_part(rest);
    return name != rest && std::ranges::find(slices, name) != slices.end() ? name : "";
}

/// All "file includes name" for which `is_forbidden` holds.
std::vector<std::string> includes_where(const std::function<bool(const Source&, const std::string&)>& is_forbidden) {
    std::vector<std::string> findings;
    for (const auto& source : all_sources())
        if (source.is_cpp())
            for (const auto& include : source.includes())
                if (is_forbidden(source, include)) findings.push_back(source.path + " includes " + include);
    return findings;
}

/// Includes of our own headers from files under `from` that begin with none of `allowed`.
std::vector<std::string> ours_beyond(const std::string& from, const std::vector<std::string>& allowed) {
    return includes_where([&](const Source& source, const std::string& include) {
        return source.path.starts_with(from) && is_ours(include) && !starts_with_any(include, allowed);
    });
}

TEST(Arrows, the_includes_are_found_at_all) {
    std::size_t ours = 0;
    for (const auto& source : all_sources())
        for (const auto& include : source.includes())
            ours += is_ours(include);
    EXPECT_GT(ours, 100U);
}

TEST(Arrows, protocol_knows_nobody) {
    const auto findings = ours_beyond("protocol/", {"protocol/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, protocol_has_no_network_and_no_database) {
    const auto findings = includes_where([](const Source& source, const std::string& include) {
        return source.floor() == "protocol" &&
               starts_with_any(include, {"boost/asio", "boost/beast", "openssl/", "libpq", "pg_"});
    });
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, storage_knows_protocol_only) {
    const auto findings = ours_beyond("storage/", {"storage/", "protocol/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, the_key_holder_stands_alone) {
    const auto findings = ours_beyond("storage/keys/", {"storage/keys/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, hub_knows_storage_and_protocol) {
    const auto findings = ours_beyond("hub/", {"hub/", "storage/", "protocol/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, the_listener_knows_no_rule) {
    const auto findings = ours_beyond("hub/server/", {"hub/server/", "storage/async/", "protocol/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, clients_know_protocol_only) {
    const auto findings = ours_beyond("clients/", {"clients/", "protocol/"});
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

std::vector<std::string> crossings() {
    return includes_where([](const Source& source, const std::string& include) {
        const auto from = slice_of(source.path), to = slice_of(include);
        const bool is_on_both = source.floor() == "hub" || source.floor() == "storage";
        if (!is_on_both || from.empty() || to.empty() || from == to) return false;
        return !include.starts_with("protocol/") && include != "hub/" + to + "/service.h";
    });
}

TEST(Arrows, a_slice_meets_another_in_its_service_only) {
    const auto findings = crossings();
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Arrows, sql_stays_in_storage) {
    const auto findings = includes_where([](const Source& source, const std::string& include) {
        const bool is_sql = include.ends_with("/sql.h") || include.starts_with("libpq");
        return is_sql && (source.floor() == "hub" || source.floor() == "clients" || source.floor() == "protocol");
    });
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

/// Beast costs a minute of compiling and 1.5 GB in each translation unit, so each one is named here.
TEST(Arrows, beast_and_tls_are_in_few_translation_units) {
    const std::set<std::string, std::less<>> beast{
        "hub/server/beast_src.cpp",   "hub/server/http_session.cpp",     "hub/server/web_socket.cpp",
        "hub/server/tls_teardown.h", // the two above
        "clients/cli/connection.cpp", "tests/server/echo/echo_main.cpp",
    };
    const std::set<std::string, std::less<>> tls{
        "hub/server/tls_context.cpp", "hub/server/tls_stream.cpp",
        "clients/cli/connection.cpp", "clients/cli/tls_src.cpp",
        "clients/cli/line.h", // connection.cpp
    };
    const auto findings = includes_where([&](const Source& source, const std::string& include) {
        if (source.path.starts_with("tests/bench/")) return false; // the floors are frozen and stand alone
        if (include.starts_with("boost/beast")) return !beast.contains(source.path);
        return starts_with_any(include, {"boost/asio/ssl", "openssl/ssl.h"}) && !tls.contains(source.path);
    });
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

} // namespace
} // namespace splot::house

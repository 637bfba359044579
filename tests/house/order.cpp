// What a stranger may count on in every folder, migration and text of the house.

#include "protocol/rules.h"
#include "tests/house/sources.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>

namespace splot::house {
namespace {

using testing::IsEmpty;
using testing::MatchesRegex;

bool is_migration(const Source& source) {
    return source.path.find("/migrations/") != std::string::npos && source.path.ends_with(".sql");
}

TEST(Order, every_folder_of_a_floor_says_what_lives_there) {
    std::set<std::string> folders, described;
    for (const auto& source : all_sources()) {
        const auto floor = source.floor(), folder = source.folder();
        if (floor != "protocol" && floor != "storage" && floor != "hub" && floor != "clients") continue;
        if (folder != floor) folders.insert(folder);
        if (source.path == folder + "/README.md") described.insert(folder);
    }
    std::vector<std::string> bare;
    std::ranges::set_difference(folders, described, std::back_inserter(bare));
    EXPECT_THAT(bare, IsEmpty()) << "without README.md:" << as_list(bare);
}

TEST(Order, the_number_of_a_migration_is_its_own) {
    std::map<std::string, std::string> seen;
    std::vector<std::string> findings;
    for (const auto& source : all_sources()) {
        if (!is_migration(source)) continue;
        const auto name = source.path.substr(source.path.rfind('/') + 1);
        if (!testing::Value(name, MatchesRegex("[0-9]{4}_[a-z0-9_]+\\.sql")))
            findings.push_back(source.path + ": a name is 0012_what_it_does.sql");
        const auto [other, is_new] = seen.emplace(name.substr(0, 4), source.path);
        if (!is_new) findings.push_back(source.path + " has the number of " + other->second);
    }
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Order, the_first_line_of_a_migration_says_why) {
    std::vector<std::string> findings;
    for (const auto& source : all_sources())
        if (is_migration(source) &&
            !testing::Value(source.text.substr(0, source.text.find('\n')), MatchesRegex("-- [0-9]{4}: [A-Z].*")))
            findings.push_back(source.path);
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

/// The rule that a name in the schema begins with, "B-14" for b14_declined_has_reason, or empty.
std::string rule_of(const std::string& name) {
    if (!testing::Value(name, MatchesRegex("[a-z][0-9][0-9]_.*"))) return "";
    return std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])))) + "-" +
           name.substr(1, 2);
}

/// A constraint named b14_… upholds B-14; storage turns its violation into that rule.
TEST(Order, a_rule_named_in_the_schema_is_listed) {
    std::vector<std::string> findings;
    for (const auto& source : all_sources()) {
        if (!is_migration(source)) continue;
        std::istringstream words(source.text);
        for (std::string word, before; words >> word; before = word) {
            const auto rule = before == "CONSTRAINT" || before == "INDEX" || before == "TRIGGER" ? rule_of(word) : "";
            if (!rule.empty() && Rule::find(rule).number().empty())
                findings.push_back(source.path + " names " + rule + ", which rules.def does not list");
        }
    }
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

/// Places that exist on one machine only, and sections of documents that are not in this repository. The needles are
/// made of pieces, or this file would hold them.
TEST(Order, nothing_points_to_a_private_place) {
    const std::string slash = "/";
    const std::vector<std::string> needles{slash + "work" + slash,
                                           slash + "farm" + slash,
                                           ".." + slash + "shared",
                                           "shared" + slash + "research",
                                           "shared" + slash + "domain",
                                           "\xC2"
                                           "\xA7"};
    std::vector<std::string> findings;
    for (const auto& source : all_sources())
        for (const auto& needle : needles)
            if (source.text.find(needle) != std::string::npos) findings.push_back(source.path + " has " + needle);
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

TEST(Order, files_are_short_enough_to_read) {
    std::vector<std::string> findings;
    for (const auto& source : all_sources()) {
        const auto lines = std::ranges::count(source.text, '\n');
        if (source.is_cpp() && lines > 400) findings.push_back(source.path + ": " + std::to_string(lines) + " lines");
    }
    EXPECT_THAT(findings, IsEmpty()) << as_list(findings);
}

} // namespace
} // namespace splot::house

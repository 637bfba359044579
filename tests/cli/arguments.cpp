#include "clients/cli/arguments.h"

#include "clients/cli/commands.h"
#include "clients/cli/completion.h"

#include <gmock/gmock.h>

#include <algorithm>

using namespace splot::cli;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

Arguments read(const std::vector<std::string>& words) {
    auto result = read_arguments(words);
    if (const auto* const printed = std::get_if<Printed>(&result)) ADD_FAILURE() << printed->text;
    return std::holds_alternative<Arguments>(result) ? std::get<Arguments>(result) : Arguments{};
}

Printed printed(const std::vector<std::string>& words) {
    auto result = read_arguments(words);
    if (const auto* const text = std::get_if<Printed>(&result)) return *text;
    ADD_FAILURE() << "was accepted";
    return {};
}

} // namespace

TEST(ReadArguments, options_of_the_program_stand_before_or_after_the_command) {
    EXPECT_EQ(read({"--hub", "https://a.example", "list"}).hub, "https://a.example");
    const auto after = read({"list", "--json", "--hub", "https://a.example"});
    EXPECT_EQ(after.hub, "https://a.example");
    EXPECT_TRUE(after.json);
    EXPECT_EQ(after.command, "list");
}

TEST(ReadArguments, the_text_needs_no_quotes) {
    const auto post = read({"post", "ogólny", "-t", "Terminy", "Jutro", "o", "9:00"});
    EXPECT_EQ(post.channel, "ogólny");
    EXPECT_EQ(post.topic, "Terminy");
    EXPECT_EQ(post.text, "Jutro o 9:00");
    EXPECT_EQ(read({"post", "ogólny", "-"}).text, "-");
    EXPECT_EQ(read({"post", "ogólny"}).text, std::nullopt);
}

TEST(ReadArguments, an_option_that_may_repeat_takes_one_value_each_time) {
    const auto post = read({"post", "ogólny", "--audience", "PUP", "--audience", "PCPR", "treść"});
    EXPECT_THAT(post.audience, ElementsAre("PUP", "PCPR"));
    EXPECT_EQ(post.text, "treść");
}

TEST(ReadArguments, a_command_of_a_group_has_two_words) {
    const auto give =
        read({"mandates", "give", "Nina Gajda", "--institution", "PUP", "--role", "member", "--act", "12/2026"});
    EXPECT_EQ(give.command, "mandates give");
    EXPECT_EQ(give.person, "Nina Gajda");
    EXPECT_EQ(give.role, "member");
}

TEST(ReadArguments, what_is_wrong_is_said_in_Polish_with_code_2) {
    const auto unknown = printed({"lst"});
    EXPECT_EQ(unknown.exit, 2);
    EXPECT_THAT(unknown.text, HasSubstr("Nie ma polecenia „lst”"));
    EXPECT_THAT(printed({"post"}).text, HasSubstr("Brakuje: kanał"));
    EXPECT_THAT(printed({"read", "x", "--bogus"}).text, HasSubstr("Nie wiadomo, co znaczy: --bogus"));
    EXPECT_THAT(printed({"read", "x", "-n", "dużo"}).text, HasSubstr("Zła wartość"));
    EXPECT_THAT(printed({"read", "x", "--topic"}).text, HasSubstr("--topic potrzebuje wartości"));
    EXPECT_THAT(printed({"mandates", "give", "x", "--role", "boss"}).text, HasSubstr("możliwe: head, animator"));
    EXPECT_THAT(printed({"mandates"}).text, HasSubstr("Brakuje polecenia. Są: give, end, list"));
}

TEST(ReadArguments, help_is_no_error_and_tells_how_to_call_the_command) {
    const auto help = printed({"mandates", "give", "--help"});
    EXPECT_EQ(help.exit, 0);
    EXPECT_THAT(help.text, HasSubstr("splot mandates give"));
    EXPECT_THAT(help.text, Not(HasSubstr("Options")));
}

TEST(Commands, every_command_of_the_tree_can_be_run) {
    const std::vector<std::string> groups{"institutions", "people",  "mandates",    "teams",    "channels",
                                          "topics",       "account", "invitations", "recovery", "accounts"};
    for (const auto& command : complete_arguments({""}).words) {
        if (command == "completion") continue; // needs no hub
        const bool is_group = std::ranges::find(groups, command) != groups.end();
        const auto inner = is_group ? complete_arguments({command, ""}).words : std::vector<std::string>{""};
        for (const auto& name : inner) {
            const auto whole = is_group ? command + " " + name : command;
            EXPECT_NE(find_command(whole), nullptr) << whole;
        }
    }
}

TEST(Complete, commands_options_and_values) {
    EXPECT_THAT(complete_arguments({""}).words, Contains("post"));
    EXPECT_THAT(complete_arguments({"mandates", ""}).words, ElementsAre("give", "end", "list"));
    EXPECT_THAT(complete_arguments({"post", "--t"}).words, Contains("--topic"));
    EXPECT_THAT(complete_arguments({"post", "--"}).words, Contains("--json"));
    EXPECT_THAT(complete_arguments({"mandates", "give", "x", "--role", ""}).words, Contains("animator"));
}

TEST(Complete, knows_what_kind_of_name_stands_where) {
    EXPECT_EQ(complete_arguments({"read", ""}).names, Completes::channel);
    EXPECT_EQ(complete_arguments({"--json", "read", ""}).names, Completes::channel);
    EXPECT_EQ(complete_arguments({"--hub", "https://a.example", "follow", "a", ""}).names, Completes::channel);
    EXPECT_EQ(complete_arguments({"read", "x", ""}).names, Completes::nothing);
    EXPECT_EQ(complete_arguments({"channels", "add", "x", ""}).names, Completes::person);
    EXPECT_EQ(complete_arguments({"teams", "create", "x", "--lead", ""}).names, Completes::institution);
}

TEST(Complete, compares_without_marks_and_offers_each_once) {
    EXPECT_THAT(beginning_with("og", {"Ogólny", "Ogłoszenia", "Kierownicy", "Ogólny"}),
                ElementsAre("Ogólny", "Ogłoszenia"));
    EXPECT_THAT(beginning_with("--t", {"--topic", "--json"}), ElementsAre("--topic"));
    EXPECT_THAT(beginning_with("x", {"Ogólny"}), IsEmpty());
}

TEST(Complete, scripts_ask_the_program) {
    EXPECT_THAT(completion_script("bash"), HasSubstr("complete -o default -F _splot splot"));
    EXPECT_THAT(completion_script("zsh"), HasSubstr("bashcompinit"));
}

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace splot::cli {

/// The command line, read. Each command uses the fields that its help names; the others stay empty.
struct Arguments {
    std::string hub; ///< address, or empty: the one of the last sign-in
    std::string ca_file;
    std::string acts_as; ///< mandate or institution
    bool json = false;

    std::string command; ///< "read", "mandates give"

    std::string login;
    std::string device;
    std::string code;
    std::string name;
    std::string short_name;
    std::string kind;
    std::string variant;
    std::string town;
    std::string post;
    std::string purpose;
    std::string head_name;
    std::string head_post;
    std::string head_login;
    std::string administrator_name;
    std::string administrator_login;
    std::string institution;
    std::string team;
    std::string parent;
    std::string person;
    std::string channel;
    std::string topic;
    std::string message;
    std::string mandate;
    std::string role;
    std::string mode;
    std::string act;
    std::string from;
    std::string until;
    std::string lane;
    std::string before;
    std::string on_behalf_of;
    std::string way;
    std::string shell;
    std::string subject;             ///< of `why`: a channel or a message
    std::optional<std::string> text; ///< "-": from the standard input
    std::vector<std::string> channels;
    std::vector<std::string> persons;
    std::vector<std::string> mentions;
    std::vector<std::string> audience;
    std::int32_t count = 30;
    bool password_stdin = false;
    bool decision_maker = false;
    bool sealed = false;
    bool all = false;
    bool unread = false;
    bool preview = false;
    bool yes = false;
    bool remember = false;
    bool remove = false;
};

/// The program has nothing to do but print this: help, version, or what is wrong with the arguments.
struct Printed {
    int exit;
    std::string text;
};

/// What kind of name completes a word.
enum class Completes { nothing, channel, institution, team, person, file };

/// What may stand at one place of the command line.
struct Completion {
    std::vector<std::string> words; ///< commands, options, values of a closed list
    Completes names = Completes::nothing;
};

std::variant<Arguments, Printed> read_arguments(const std::vector<std::string>& words);
/// `words` without the program's name; the last one, perhaps empty, is the one being written.
Completion complete_arguments(const std::vector<std::string>& words);

} // namespace splot::cli

#pragma once
#include "clients/cli/desk.h"
#include "clients/cli/format.h"

#include <string>
#include <vector>

/// What several commands do with messages.
namespace splot::cli {

/// With the names of everything; what it answers is looked for among `known`.
MessageView view_of(const Message& message, const Roster& roster, const std::vector<Topic>& topics,
                    const std::vector<Message>& known);

/// Does it look like a message's id or a part of it, rather than like a name or a cursor?
bool is_message_fragment(std::string_view text);

/// The message that a short id means: among the newest 200 of each channel that is not sealed (reading those is
/// recorded), or, with `in`, in that whole channel.
client::Async<Outcome<Message>> find_message(Desk& desk, std::string fragment, std::string in);

/// `--mention` and @names in the text.
Outcome<std::vector<PersonId>> mentions_in(const Desk& desk, const std::string& text);
/// `--audience`: institutions and persons. nullopt when it was not given.
Outcome<std::optional<Audience>> audience_given(const Desk& desk);
/// The text argument, or the standard input.
Outcome<Personal<std::string>> text_given(const Desk& desk);

} // namespace splot::cli

#include "clients/cli/completion.h"

#include "clients/cli/names.h"
#include "clients/cli/roster.h"
#include "clients/cli/utf8.h"

#include <algorithm>
#include <map>

namespace splot::cli {
namespace {

constexpr std::string_view bash_script = R"sh(# splot: source <(splot completion bash)
_splot() {
    local candidate word=${COMP_WORDS[COMP_CWORD]} quote=
    case $word in
    \"* | \'*) quote=${word:0:1} word=${word:1} ;;
    *) word=${word//\\/} ;;
    esac
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ $quote ]]; then
            COMPREPLY+=("$candidate")
        else
            printf -v candidate %q "$candidate"
            COMPREPLY+=("$candidate")
        fi
    done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
}
complete -o default -F _splot splot
)sh";

constexpr std::string_view zsh_prologue = "autoload -Uz compinit bashcompinit && compinit && bashcompinit\n";

std::vector<std::string> channel_names(const Roster& roster) {
    std::map<std::string, int> times;
    for (const auto& state : roster.started().channels)
        ++times[state.channel.name];
    std::vector<std::string> names;
    for (const auto& state : roster.started().channels) {
        if (times[state.channel.name] == 1) names.push_back(printable(state.channel.name));
        names.push_back(roster.path(state.channel));
    }
    return names;
}

} // namespace

std::string completion_script(std::string_view shell) {
    return (shell == "zsh" ? std::string(zsh_prologue) : std::string()) + std::string(bash_script);
}

std::vector<std::string> beginning_with(std::string_view word, std::vector<std::string> candidates) {
    const auto start = fold(word);
    std::erase_if(candidates, [&](const std::string& one) {
        return word.starts_with('-') ? !one.starts_with(word) : !fold(one).starts_with(start);
    });
    std::ranges::sort(candidates);
    const auto [first, last] = std::ranges::unique(candidates);
    candidates.erase(first, last);
    return candidates;
}

std::vector<std::string> names_for(Completes kind, const Roster& roster) {
    std::vector<std::string> names;
    const auto& started = roster.started();
    switch (kind) {
    case Completes::channel:
        return channel_names(roster);
    case Completes::institution:
        for (const auto& one : started.institutions)
            names.push_back(printable(one.short_name));
        break;
    case Completes::team:
        for (const auto& one : started.teams)
            names.push_back(printable(one.name));
        break;
    case Completes::person:
        for (const auto& one : started.people)
            names.push_back(printable(one.name.reveal()));
        break;
    case Completes::nothing:
    case Completes::file:
        break;
    }
    return names;
}

} // namespace splot::cli

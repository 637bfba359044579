#pragma once
#include "clients/cli/arguments.h"
#include "clients/cli/client.h"
#include "clients/cli/roster.h"
#include "clients/cli/saved_state.h"
#include "clients/cli/terminal.h"
#include "protocol/streams/methods.h"

#include <filesystem>
#include <optional>
#include <string>

namespace splot::cli {

/// Somebody at work: what they asked for, their connection, what the hub told them, and where answers go.
class Desk {
public:
    Desk(Arguments arguments, client::ClientSettings settings, std::filesystem::path state_file, SavedState state);

    const Arguments args;
    client::Client client;
    const Look look;

    /// Connects and learns names. Everything below needs it.
    client::Async<Outcome<>> open();
    const Roster& roster() const { return *roster_; }
    /// From now on calls are made under the mandate that --as means, best for a thing of this team.
    Outcome<> act_in(std::optional<TeamId> team);
    template <MethodType M> client::Async<client::Reply<typename M::Answer>> call(M params) {
        return client.insist(std::move(params), as_);
    }

    /// A channel as it stands: its topics, its list, its last page.
    client::Async<Outcome<ChannelSnapshot>> snapshot(ChannelId channel);
    /// All institutions of the hub if this person may list them, else those known anyway.
    client::Async<Outcome<Institution>> institution(std::string query);
    /// Somebody known anyway or entered under the institution.
    client::Async<Outcome<Person>> person(std::string query, std::optional<InstitutionId> institution);

    /// For people: text that ends its lines itself.
    void say(std::string_view text) const;
    /// For programs: one object a line. Nothing when people are at the other end.
    template <class T> void tell(const T& object) const {
        if (args.json) tell_line(json::to_json(object));
    }

    /// What is remembered of this hub between two runs.
    SavedHub& saved();
    Outcome<> save_sign_in(const std::string& login, Instant until);
    Outcome<> forget_sign_in();
    const std::string& hub() const { return hub_; }
    /// A hub on this machine, whose certificate is taken as it is.
    bool is_unchecked() const { return is_unchecked_; }

private:
    void tell_line(std::string line) const;

    std::string hub_;
    bool is_unchecked_;
    std::filesystem::path state_file_;
    SavedState state_;
    std::optional<Roster> roster_;
    std::optional<MandateId> as_;
};

} // namespace splot::cli

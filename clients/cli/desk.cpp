#include "clients/cli/desk.h"

#include "clients/cli/hub_address.h"
#include "protocol/teams/methods.h"

#include <iostream>

namespace splot::cli {

using client::Async;
using client::Reply;

Desk::Desk(Arguments arguments, client::ClientSettings settings, std::filesystem::path state_file, SavedState state) :
    args(std::move(arguments)), client(settings), look(args.json ? Look{} : Look::of_standard_output()),
    hub_(hub_key(settings.endpoint)), is_unchecked_(settings.endpoint.insecure_loopback),
    state_file_(std::move(state_file)), state_(std::move(state)) {}

Async<Outcome<>> Desk::open() {
    if (client.cookie().empty())
        co_return Failure{Exit::not_signed_in, "Nikt nie jest zalogowany w " + hub_ + ".",
                          "Zaloguj się: splot sign-in LOGIN (w demonstracji: splot enter-as)"};
    CO_CHECK(co_await client.connect());
    CO_TRY(auto started, co_await client.start());
    if (started.demonstration && !args.json) std::cerr << "Dane pokazowe\n";
    roster_.emplace(std::move(started));
    co_return act_in({});
}

Outcome<> Desk::act_in(std::optional<TeamId> team) {
    if (args.acts_as.empty()) return {};
    TRY(as_, roster_->own_mandate(args.acts_as, team));
    return {};
}

Async<Outcome<ChannelSnapshot>> Desk::snapshot(ChannelId channel) {
    streams::Open ask{StreamId(channel.value), {}};
    CO_TRY(auto opened, co_await call(std::move(ask)));
    if (opened.snapshot && opened.snapshot->channel) co_return *std::move(opened.snapshot->channel);
    co_return Failure{Exit::failed, "Hub nie przysłał stanu kanału.", "Zaktualizuj program splot."};
}

Async<Outcome<Institution>> Desk::institution(std::string query) {
    teams::ListInstitutions ask;
    const Reply<teams::InstitutionList> list = co_await call(ask);
    co_return list ? find_institution(query, list->institutions) : roster_->institution(query);
}

Async<Outcome<Person>> Desk::person(std::string query, std::optional<InstitutionId> institution) {
    auto known = roster_->started().people;
    known.push_back(roster_->started().person);
    if (institution) {
        teams::ListPeople ask{*institution};
        const Reply<teams::PeopleList> list = co_await call(ask);
        if (list) known.insert(known.end(), list->people.begin(), list->people.end());
    }
    std::ranges::sort(known, {}, &Person::id);
    const auto [first, last] = std::ranges::unique(known, {}, &Person::id);
    known.erase(first, last);
    co_return find_person(query, known);
}

void Desk::say(std::string_view text) const {
    if (!args.json) std::cout << text << std::flush;
}

void Desk::tell_line(std::string line) const {
    line += '\n';
    std::cout << line << std::flush;
}

SavedHub& Desk::saved() { return state_.hubs[hub_]; }

Outcome<> Desk::save_sign_in(const std::string& login, Instant until) {
    state_.hub = hub_;
    saved().cookie = client.cookie();
    if (!client.device_cookie().empty()) saved().device_cookie = client.device_cookie();
    saved().login = login;
    saved().until = until;
    return save_state(state_file_, state_);
}

Outcome<> Desk::forget_sign_in() {
    saved().cookie.clear();
    return save_state(state_file_, state_);
}

} // namespace splot::cli

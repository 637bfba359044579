#include "clients/cli/commands.h"
#include "clients/cli/utf8.h"
#include "protocol/channels/methods.h"

namespace splot::cli {

using client::Async;

namespace {

/// Where it is made: exactly one of the two.
Async<Outcome<>> choose_place(Desk& desk, channels::CreateChannel& ask) {
    const auto& args = desk.args;
    if (args.team.empty() == args.institution.empty())
        co_return Failure{Exit::usage, "W zespole czy w instytucji?", "Podaj jedno: --team albo --institution"};
    if (!args.team.empty()) {
        CO_TRY(const auto team, desk.roster().team(args.team));
        ask.team = team.id;
        co_return desk.act_in(team.id);
    }
    CO_TRY(const auto institution, co_await desk.institution(args.institution));
    ask.institution = institution.id;
    co_return Outcome<>{};
}

Async<Outcome<std::pair<Channel, Person>>> member_given(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    CO_CHECK(desk.act_in(state.channel.team));
    CO_TRY(auto person, co_await desk.person(desk.args.person, state.channel.institution));
    co_return std::pair(state.channel, std::move(person));
}

} // namespace

Async<Outcome<>> create_channel(Desk& desk) {
    const auto& args = desk.args;
    channels::CreateChannel ask;
    CO_CHECK(co_await choose_place(desk, ask));
    ask.name = args.name;
    ask.purpose = args.purpose;
    ask.lane = parse_enum<Lane>(args.lane).value_or(ask.institution ? Lane::institution : Lane::all);
    ask.sealed = args.sealed;
    for (const auto& query : args.persons) {
        CO_TRY(const auto person, co_await desk.person(query, ask.institution));
        ask.listed.push_back(person.id);
    }
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Założono kanał: " + printable(args.name) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> add_member(Desk& desk) {
    CO_TRY(const auto given, co_await member_given(desk));
    channels::AddMember ask{given.first.id, given.second.id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Na liście: " + printable(given.second.name.reveal()) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> remove_member(Desk& desk) {
    CO_TRY(const auto given, co_await member_given(desk));
    channels::RemoveMember ask{given.first.id, given.second.id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Skreślono: " + printable(given.second.name.reveal()) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> destroy_key(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    CO_CHECK(desk.act_in(state.channel.team));
    if (!desk.args.yes)
        co_return Failure{Exit::usage,
                          "Treści kanału „" + desk.roster().path(state.channel) + "” nikt już nigdy nie przeczyta.",
                          "Jeśli tak ma być, dodaj --yes"};
    channels::DestroyKey ask{state.channel.id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Klucz zniszczono.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> create_topic(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    CO_CHECK(desk.act_in(state.channel.team));
    channels::CreateTopic ask{state.channel.id, desk.args.name};
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Założono temat: " + printable(desk.args.name) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> list_topics(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    CO_CHECK(desk.act_in(state.channel.team));
    CO_TRY(const auto snapshot, co_await desk.snapshot(state.channel.id));
    for (const auto& topic : snapshot.topics) {
        desk.tell(topic);
        desk.say(printable(topic.name) + "\n");
    }
    co_return Outcome<>{};
}

} // namespace splot::cli

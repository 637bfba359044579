#include "hub/access/explain.h"

#include "hub/channels/audience.h"
#include "storage/channels/queries.h"

#include <algorithm>
#include <set>

namespace splot::access {
namespace {

using storage::Transaction;

/// What was asked about: a label in a lane, and from when on it matters.
struct Asked {
    LaneFact lane;
    Label label;
};

std::string_view gate_sentence(Gate gate, bool holds) {
    switch (gate) {
    case Gate::account:
        return holds ? "Konto jest czynne." : "Konto jest zamknięte.";
    case Gate::mandate:
        return holds ? "Upoważnienie jest ważne i dotyczy tego miejsca." : "Brak ważnego upoważnienia w tym miejscu.";
    case Gate::membership:
        return holds ? "Instytucja należy do zespołu." : "Instytucja nie należy teraz do zespołu.";
    case Gate::lane:
        return holds ? "Ta rola czyta ten kanał." : "Ta rola nie czyta tego kanału.";
    case Gate::audience:
        return holds ? "Wiadomość jest skierowana także do Ciebie." : "Wiadomość skierowano do innych.";
    default:
        return "";
    }
}

std::vector<Reason> reasons_of(const Decision& decision) {
    std::vector<Reason> reasons;
    for (const auto gate : {Gate::account, Gate::mandate, Gate::membership, Gate::lane, Gate::audience}) {
        const bool holds = decision.allowed() || gate < decision.gate;
        Reason reason{boost::describe::enum_to_string(gate, ""), holds, {}, {}, {}, {},
                      std::string(gate_sentence(gate, holds))};
        if (gate == Gate::mandate && decision.ground) {
            reason.mandate = decision.ground->id;
            reason.institution = decision.ground->institution;
            reason.from = decision.ground->from;
            reason.until = decision.ground->until;
        }
        reasons.push_back(std::move(reason));
        if (!holds) return reasons;
    }
    if (decision.ground)
        reasons.push_back({"since", true, {}, {}, decision.since, {}, "Widzisz treści od dnia dołączenia."});
    return reasons;
}

/// Everybody near the scope, decided one by one with facts read in one look.
Async<void> add_readers(Call& call, const Asked& asked, Explanation& answer) {
    auto& kernel = call.access.kernel();
    const auto people = co_await kernel.people_near(asked.lane.scope_id);
    std::set<InstitutionId> institutions;
    for (const auto& facts : co_await kernel.facts(people)) {
        const Actor reader{facts->person, {}, {}};
        const auto decision = decide(reader, Action::read, asked.lane, asked.label, *facts, call.now);
        if (!decision.allowed() || !decision.ground) continue;
        answer.readers.push_back({facts->person, decision.ground->institution});
        institutions.insert(decision.ground->institution);
    }
    answer.institutions = static_cast<std::int32_t>(institutions.size());
}

Async<Result<Asked>> find_asked(Call& call, const Explain& ask) {
    if (ask.team) {
        CO_CHECK(co_await call.access.admit(Action::read, *ask.team));
    } else if (ask.message) {
        std::optional<storage::channels::StoredMessage> found;
        {
            auto tx = co_await Transaction::begin(call.desk.log, Transaction::Mode::read_only_repeatable_read);
            found = co_await storage::channels::find_message(tx, GrantMaker::pass(), *ask.message);
        }
        const auto channel = found ? found->channel : ChannelId{};
        CO_TRY(const Grant grant, co_await call.access.admit(Action::read, channel, found ? found->label : 0));
        const auto since = grant.since(found->label);
        if (!since || found->at < *since) co_return refuse(Code::not_found);
        const auto& scope = *call.access.scope();
        co_return Asked{*scope.lane(call.access.object().lane), *scope.label(found->label)};
    } else {
        CO_CHECK(co_await call.access.admit(Action::read, *ask.channel));
    }
    const auto& scope = *call.access.scope();
    const auto& object = call.access.object();
    Asked asked{*scope.lane(object.lane), *scope.label(object.label)};
    if (ask.audience) {
        CO_TRY(const Audience audience, channels::settle_audience(ask.audience, nullptr, call.access.author()));
        asked.label.institutions = audience.institutions;
        asked.label.persons = audience.persons;
    }
    co_return asked;
}

} // namespace

Async<Result<Explanation>> explain(Call& call, Explain ask) {
    const int named = ask.channel.has_value() + ask.message.has_value() + ask.team.has_value();
    if (named != 1 || (ask.audience && !ask.channel)) co_return refuse(Code::invalid, "A-16", "params");
    CO_TRY(const Asked asked, co_await find_asked(call, ask));
    Explanation answer;
    answer.reasons = reasons_of(call.access.decision());
    answer.readable = call.access.decision().allowed();
    co_await add_readers(call, asked, answer);
    co_return answer;
}

void add_handlers(Dispatcher& rpc) { rpc.add<Explain>(explain); }

} // namespace splot::access

#include "hub/access/admission.h"

#include <algorithm>

namespace splot::access {
namespace {

const ObjectFact* channel_in(const ScopeBook& scope, ChannelId channel) {
    const auto found = std::ranges::find(scope.channels, Uuid(channel), &ObjectFact::id);
    return found == scope.channels.end() ? nullptr : &*found;
}

std::string name_of_gate(Gate gate) {
    const char* text = boost::describe::enum_to_string(gate, "");
    return text;
}

std::vector<std::int32_t> lanes_of(const ScopeBook& scope) {
    std::vector<std::int32_t> lanes;
    for (const auto& lane : scope.lanes)
        lanes.push_back(lane.id);
    return lanes;
}

/// What a decision about a thing that is not there is made of, so that it costs what another refusal costs.
const ScopeBook& nowhere() {
    static const ScopeBook empty;
    return empty;
}

} // namespace

Async<Result<void>> Admission::admit_level(Level needed) {
    if (needed == Level::nobody || actor_.device.is_nil()) co_return Result<void>{};
    facts_ = co_await kernel_.facts(actor_.person);
    decision_ = decide_level(actor_, needed, *facts_, now_);
    if (!decision_.allowed()) {
        // A factor shown a moment ago, here or at another hub, is found by looking again.
        kernel_.forget(*facts_);
        facts_ = co_await kernel_.facts(actor_.person);
        decision_ = decide_level(actor_, needed, *facts_, now_);
    }
    if (decision_.allowed()) co_return Result<void>{};
    refuse_by(decision_, Action::read, {});
    const auto device = std::ranges::find(facts_->devices, actor_.device, &DeviceFact::id);
    if (device != facts_->devices.end() && device->locked) co_return refuse(Code::locked);
    std::optional<SessionLevel> level;
    if (device != facts_->devices.end() && device->until > now_) level = device->level;
    co_return problem_of_level(level, needed, facts_->exports_from, now_);
}

Async<Result<Grant>> Admission::admit(Action action, ChannelId channel) { return admit(action, channel, 0); }

Async<Result<Grant>> Admission::admit(Action action, ChannelId channel, std::int32_t label_id) {
    facts_ = co_await kernel_.facts(actor_.person);
    scope_ = co_await kernel_.scope_of(channel);
    const auto& scope = scope_ ? *scope_ : nowhere();
    const auto* object = channel_in(scope, channel);
    object_ = object ? *object : ObjectFact{.id = Uuid(channel)};
    if (label_id && object && !scope.label(label_id)) {
        // A label made a moment ago, by another hub.
        kernel_.forget_scope(scope.lane(object->lane)->scope_id);
        scope_ = co_await kernel_.scope_of(channel);
    }
    const auto& known = scope_ ? *scope_ : nowhere();
    const auto* label = object ? known.label(label_id ? label_id : object->label) : nullptr;
    decision_ = object && label ? decide(actor_, action, *known.lane(object->lane), *label, *facts_, now_)
                                : Decision{.gate = Gate::mandate};
    if (object) add_readable(readable_in(actor_, known, {object->lane}, *facts_, now_));
    co_return co_await settle(action, Uuid(channel));
}

Async<Result<Grant>> Admission::admit(Action action, TeamId team) {
    facts_ = co_await kernel_.facts(actor_.person);
    const auto books = co_await kernel_.scopes(just(Uuid(team)));
    scope_ = books.front();
    object_ = scope_->room ? *scope_->room : ObjectFact{.id = Uuid(team)};
    const auto* label = scope_->room ? scope_->label(scope_->room->label) : nullptr;
    decision_ = label ? decide(actor_, action, *scope_->lane(label->lane), *label, *facts_, now_)
                      : Decision{.gate = Gate::mandate};
    add_readable(readable_in(actor_, *scope_, lanes_of(*scope_), *facts_, now_));
    co_return co_await settle(action, Uuid(team));
}

Async<Result<Grant>> Admission::admit(Action action, InstitutionId institution) {
    facts_ = co_await kernel_.facts(actor_.person);
    const auto books = co_await kernel_.scopes(just(Uuid(institution)));
    scope_ = books.front();
    object_ = scope_->room ? *scope_->room : ObjectFact{.id = Uuid(institution)};
    decision_ = scope_->room ? decide_for_institution(actor_, action, institution, *facts_, now_)
                             : Decision{.gate = Gate::mandate};
    add_readable(readable_in(actor_, *scope_, lanes_of(*scope_), *facts_, now_));
    co_return co_await settle(action, Uuid(institution));
}

Async<Result<Grant>> Admission::admit_administrator() {
    facts_ = co_await kernel_.facts(actor_.person);
    object_ = {};
    decision_ = {.gate = facts_->known && facts_->administrator ? Gate::open : Gate::role};
    if (tx_) co_await prove(std::vector<Uuid>(), std::vector<std::int32_t>());
    if (!decision_.allowed()) co_return refuse_by(decision_, Action::list_institutions, {});
    if (repetition_) throw AlreadyMade{};
    co_return GrantMaker::technical(actor_, {});
}

Async<Result<Grant>> Admission::admit_self() {
    facts_ = co_await kernel_.facts(actor_.person);
    object_ = {};
    decision_ = {.gate = facts_->known ? Gate::open : Gate::account};
    if (tx_) co_await prove(std::vector<Uuid>(), std::vector<std::int32_t>());
    if (!decision_.allowed()) co_return refuse_by(decision_, Action::read, {});
    if (repetition_) throw AlreadyMade{};
    co_return GrantMaker::technical(actor_, Uuid(actor_.person));
}

Async<Grant> Admission::admit_to_own() {
    facts_ = co_await kernel_.facts(actor_.person);
    scopes_ = co_await kernel_.scopes(scopes_of(*facts_, now_));
    std::vector<Uuid> ids = scopes_of(*facts_, now_);
    std::vector<std::int32_t> lanes;
    for (const auto& scope : scopes_) {
        const auto here = lanes_of(*scope);
        add_readable(readable_in(actor_, *scope, here, *facts_, now_));
        lanes.insert(lanes.end(), here.begin(), here.end());
    }
    co_await prove(ids, lanes);
    decision_ = {.gate = Gate::open};
    co_return GrantMaker::grant(actor_, decision_, ObjectFact{.id = Uuid(actor_.person)}, readable_);
}

Async<Result<Grant>> Admission::settle(Action action, Uuid object_id) {
    std::vector<Uuid> ids;
    std::vector<std::int32_t> lanes;
    if (scope_) {
        lanes = lanes_of(*scope_);
        if (scope_->room) ids.push_back(scope_->room->id);
    }
    if (decision_.ground) ids.push_back(Uuid(decision_.ground->institution));
    if (tx_) {
        co_await prove(ids, lanes);
    } else {
        add_epochs(ids);
        if (!decision_.allowed()) kernel_.forget(*facts_); // a right that was given a moment ago is found the next time
    }
    if (!decision_.allowed()) co_return refuse_by(decision_, action, object_id);
    if (repetition_) throw AlreadyMade{};
    co_return GrantMaker::grant(actor_, decision_, object_, readable_);
}

/// Compares what was decided from with what stands in the transaction's snapshot.
Async<void> Admission::prove(const std::vector<Uuid>& ids, const std::vector<std::int32_t>& lanes) {
    add_epochs(ids);
    std::vector<Uuid> all;
    for (const auto& epoch : epochs_)
        all.push_back(epoch.id);
    for (const auto& epoch : facts_->epochs)
        all.push_back(epoch.id);
    const auto guards = co_await storage::access::enter(*tx_, actor_.person, readable_, all, lanes);

    const auto value_now = [&](const Uuid& id) {
        const auto found = std::ranges::find(guards.epochs, id, &Epoch::id);
        return found == guards.epochs.end() ? std::int64_t{0} : found->value;
    };
    bool old = std::ranges::any_of(facts_->epochs, [&](const Epoch& e) { return e.value != value_now(e.id); });
    std::vector<ScopePtr> used = scopes_;
    if (scope_) used.push_back(scope_);
    for (const auto& [lane, labels] : guards.lanes)
        for (const auto& scope : used)
            if (scope->lane(lane) && scope->labels_in(lane) != labels)
                old = true, kernel_.forget_scope(scope->lane(lane)->scope_id);
    if (!old) co_return;
    kernel_.forget(*facts_);
    for (const auto& id : ids)
        kernel_.forget_scope(id);
    throw Stale{};
}

/// The person's own epoch and those of the ids, with the values that the facts were read at.
void Admission::add_epochs(const std::vector<Uuid>& ids) {
    const auto add = [&](const Uuid& id) {
        const auto known = std::ranges::find(facts_->epochs, id, &Epoch::id);
        if (known == facts_->epochs.end()) return; // not a fact about this person: nothing was decided from it
        if (std::ranges::find(epochs_, id, &Epoch::id) == epochs_.end()) epochs_.push_back(*known);
    };
    add(Uuid(actor_.person));
    for (const auto& id : ids)
        add(id);
}

void Admission::add_readable(const std::vector<Readable>& readable) {
    for (const auto& r : readable)
        if (std::ranges::find(readable_, r.label, &Readable::label) == readable_.end()) readable_.push_back(r);
    std::ranges::sort(readable_, {}, &Readable::label);
}

void Admission::widen(std::int32_t label, Instant since) {
    add_readable({{label, since}});
    if (tx_) storage::access::widen(*tx_, actor_.person, readable_);
}

Author Admission::author() const {
    if (!decision_.ground)
        return {.person = actor_.person, .mandate = {}, .institution = {}, .entered_by = {}, .way = {}};
    return {actor_.person, decision_.ground->id, decision_.ground->institution, {}, {}};
}

Problem Admission::refuse_by(const Decision& decision, Action action, Uuid object) {
    refusal_ = storage::log::AuditRow{
        {}, now_, actor_.person, actor_.as, actor_.device, "refused", object, "gate=" + name_of_gate(decision.gate)};
    return problem_of(decision, action);
}

} // namespace splot::access

#include "hub/channels/audience.h"

#include <algorithm>

namespace splot::channels {
namespace {

template <class Id> std::vector<Id> with_own(std::vector<Id> ids, Id own) {
    if (ids.empty()) return ids;
    ids.push_back(own);
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace

Result<Audience> settle_audience(const std::optional<Audience>& asked, const access::Label* answered,
                                 const Author& author) {
    if (!asked) return answered ? Audience{answered->institutions, answered->persons} : Audience{};
    Audience settled{with_own(asked->institutions, author.institution), with_own(asked->persons, author.person)};
    if (!answered) return settled;
    const bool asks_all = settled.institutions.empty() && settled.persons.empty();
    const bool answers_all = answered->institutions.empty() && answered->persons.empty();
    if (asks_all && !answers_all) return refuse(Code::invalid, "A-43", "params.audience");
    // A list that was not asked for stays as the answered message has it.
    if (settled.institutions.empty()) settled.institutions = answered->institutions;
    if (settled.persons.empty()) settled.persons = answered->persons;
    const access::Label wanted{0, answered->lane, settled.institutions, settled.persons};
    if (!access::is_within(wanted, *answered)) return refuse(Code::invalid, "A-43", "params.audience");
    return settled;
}

const access::Label* find_label(const access::ScopeBook& scope, std::int32_t lane, const Audience& audience) {
    const auto found = std::ranges::find_if(scope.labels, [&](const access::Label& label) {
        return label.lane == lane && label.institutions == audience.institutions && label.persons == audience.persons;
    });
    return found == scope.labels.end() ? nullptr : &*found;
}

} // namespace splot::channels

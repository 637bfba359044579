#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace splot::feed {

/// Who is here now, by hub; each shard holds the same. Other hubs repeat themselves, so that a dead hub's people fade.
class Presence {
public:
    using Hub = std::string;

    /// How many sockets of the person a hub holds; 0 removes. True when the person came or went with it.
    bool set(const Hub& hub, PersonId person, std::size_t sockets, Instant until) {
        const bool before = is_present(person);
        const auto place = place_of(hub);
        auto& hubs = people_[person];
        const auto here = std::ranges::find(hubs, place, &Here::hub);
        if (sockets == 0)
            std::erase_if(hubs, [&](const Here& one) { return one.hub == place; });
        else if (here == hubs.end())
            hubs.push_back({place, static_cast<std::uint32_t>(sockets), until});
        else
            *here = {place, static_cast<std::uint32_t>(sockets), until};
        if (hubs.empty()) people_.erase(person);
        return before != is_present(person);
    }
    bool is_present(PersonId person) const { return people_.contains(person); }
    std::size_t sockets(PersonId person) const {
        const auto found = people_.find(person);
        std::size_t sum = 0;
        if (found != people_.end())
            for (const auto& here : found->second)
                sum += here.sockets;
        return sum;
    }
    /// Those whose hub fell silent.
    std::vector<PersonId> fade(Instant now) {
        std::vector<PersonId> gone;
        std::vector<bool> used(names_.size());
        for (auto it = people_.begin(); it != people_.end();) {
            std::erase_if(it->second, [&](const Here& here) { return here.until < now; });
            for (const auto& here : it->second)
                used[here.hub] = true;
            if (it->second.empty())
                gone.push_back(it->first), it = people_.erase(it);
            else
                ++it;
        }
        for (std::size_t place = 0; place < names_.size(); ++place)
            if (!used[place]) names_[place].clear(); // a hub that starts anew has a new name
        return gone;
    }
    std::vector<PersonId> among(const std::vector<PersonId>& people) const {
        std::vector<PersonId> here;
        for (const auto& person : people)
            if (is_present(person)) here.push_back(person);
        return here;
    }

private:
    struct Here {
        std::uint32_t hub; ///< its place in `names_`: everybody of a hub would repeat its name
        std::uint32_t sockets;
        Instant until;
    };
    std::uint32_t place_of(const Hub& hub) {
        auto place = std::ranges::find(names_, hub);
        if (place == names_.end()) place = std::ranges::find(names_, Hub());
        if (place == names_.end()) place = names_.emplace(place);
        *place = hub;
        return static_cast<std::uint32_t>(place - names_.begin());
    }

    std::vector<Hub> names_;
    std::unordered_map<PersonId, std::vector<Here>> people_;
};

} // namespace splot::feed

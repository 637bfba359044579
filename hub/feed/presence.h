#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <chrono>
#include <map>
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
        auto& hubs = people_[person];
        if (sockets)
            hubs[hub] = {sockets, until};
        else
            hubs.erase(hub);
        if (hubs.empty()) people_.erase(person);
        return before != is_present(person);
    }
    bool is_present(PersonId person) const { return people_.contains(person); }
    std::size_t sockets(PersonId person) const {
        const auto found = people_.find(person);
        std::size_t sum = 0;
        if (found != people_.end())
            for (const auto& [hub, here] : found->second)
                sum += here.sockets;
        return sum;
    }
    /// Those whose hub fell silent.
    std::vector<PersonId> fade(Instant now) {
        std::vector<PersonId> gone;
        for (auto it = people_.begin(); it != people_.end();) {
            std::erase_if(it->second, [&](const auto& hub) { return hub.second.until < now; });
            if (it->second.empty())
                gone.push_back(it->first), it = people_.erase(it);
            else
                ++it;
        }
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
        std::size_t sockets;
        Instant until;
    };
    std::unordered_map<PersonId, std::map<Hub, Here>> people_;
};

} // namespace splot::feed

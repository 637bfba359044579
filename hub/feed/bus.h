#pragma once
#include "hub/feed/published.h"
#include "hub/server/shard.h"
#include "storage/postgres/notifications.h"
#include "storage/postgres/pool.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace splot::feed {

/// What crosses between hubs after a commit: heads that moved, that epochs moved, whispers while there is room. Hints
/// only: the log is the truth, and polls find what a hint lost.
class Bus {
public:
    struct Hint {
        std::vector<std::pair<std::int64_t, std::int64_t>> heads;
        bool epochs = false;
        std::vector<Whispered> whispers;
        struct Here {
            PersonId person;
            std::size_t shard, sockets;
        };
        std::vector<Here> present; ///< sockets of a person on a shard of the sending hub
        std::string hub;
    };

    /// Works on `shard`; `heard` is called there. `enabled` false: says and hears nothing.
    Bus(Shard& shard, storage::ConnectOptions options, bool enabled);
    void start(std::function<void(Hint)> heard, std::function<void()> connected);
    void stop();

    /// From any thread; what comes while a NOTIFY is under way goes out together.
    void tell_heads(std::vector<std::pair<std::int64_t, std::int64_t>> heads);
    void tell_epochs();
    void tell_whisper(Whispered whispered);
    void tell_present(PersonId person, std::size_t shard, std::size_t sockets);
    const std::string& name() const { return name_; }

private:
    struct Waiting {
        std::map<std::int64_t, std::int64_t> heads;
        bool epochs = false;
        std::vector<Whispered> whispers;
        std::map<std::pair<PersonId, std::size_t>, std::size_t> present;
        bool empty() const { return heads.empty() && !epochs && whispers.empty() && present.empty(); }
    };

    template <class Change> void change(Change change);
    Async<void> send();
    std::vector<std::string> compose(Waiting waiting) const;
    void hear(const std::string& payload);

    Shard& shard_;
    storage::ConnectOptions options_;
    bool enabled_;
    std::string name_;
    storage::Pool pool_;
    std::optional<storage::Notifications> notifications_;
    std::function<void(Hint)> heard_;
    std::mutex mutex_; ///< guards the two below, for an insertion or a swap only
    Waiting waiting_;
    bool sending_ = false;
};

} // namespace splot::feed

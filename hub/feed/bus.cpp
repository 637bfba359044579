#include "hub/feed/bus.h"

#include "hub/log.h"
#include "hub/make_id.h"
#include "protocol/json/json.h"
#include "storage/log/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace splot::feed {
namespace {

/// The wire of the bus: short names, because a NOTIFY holds 8,000 bytes.
struct HeadNote {
    std::int64_t s, n;
};
BOOST_DESCRIBE_STRUCT(HeadNote, (), (s, n))
struct WhisperNote {
    std::int64_t s;
    std::int32_t l;
    std::string f;
};
BOOST_DESCRIBE_STRUCT(WhisperNote, (), (s, l, f))
struct PresentNote {
    PersonId p;
    std::int32_t s, n;
};
BOOST_DESCRIBE_STRUCT(PresentNote, (), (p, s, n))
struct Note {
    std::string hub;
    std::vector<HeadNote> heads;
    bool epochs;
    std::vector<WhisperNote> whispers;
    std::vector<PresentNote> present;
};
BOOST_DESCRIBE_STRUCT(Note, (), (hub, heads, epochs, whispers, present))

constexpr std::size_t most_heads = 120, most_present = 80; ///< of one NOTIFY
constexpr std::size_t most_bytes = 7'500;
constexpr std::size_t most_whispers_waiting = 200;

} // namespace

Bus::Bus(Shard& shard, storage::ConnectOptions options, bool enabled) :
    shard_(shard), options_(options), enabled_(enabled), name_(make_random_id().text()), pool_(shard.io(), [&] {
        options.size = 1;
        return options;
    }()) {}

void Bus::start(std::function<void(Hint)> heard, std::function<void()> connected) {
    if (!enabled_) return;
    heard_ = std::move(heard);
    boost::asio::post(shard_.io(), [this, connected = std::move(connected)] {
        notifications_.emplace(
            shard_.io(), options_, "splot",
            storage::Notifications::Callbacks{connected, [this](const storage::Notification& n) { hear(n.payload); }});
    });
}

void Bus::stop() {
    notifications_.reset();
    pool_.close();
}

template <class Change> void Bus::change(Change change) {
    if (!enabled_) return;
    {
        const std::lock_guard lock(mutex_);
        change(waiting_);
        if (std::exchange(sending_, true)) return;
    }
    boost::asio::post(shard_.io(), [this] { boost::asio::co_spawn(shard_.io(), send(), boost::asio::detached); });
}

void Bus::tell_heads(std::vector<std::pair<std::int64_t, std::int64_t>> heads) {
    change([&](Waiting& waiting) {
        for (const auto& [stream, head] : heads) {
            auto& newest = waiting.heads[stream];
            newest = std::max(newest, head);
        }
    });
}

void Bus::tell_epochs() {
    change([](Waiting& waiting) { waiting.epochs = true; });
}

void Bus::tell_whisper(Whispered whispered) {
    change([&](Waiting& waiting) {
        if (waiting.whispers.size() < most_whispers_waiting) waiting.whispers.push_back(std::move(whispered));
    });
}

void Bus::tell_present(PersonId person, std::size_t shard, std::size_t sockets) {
    change([&](Waiting& waiting) { waiting.present[{person, shard}] = sockets; });
}

/// Sends until nothing waits: what comes meanwhile goes out together.
Async<void> Bus::send() {
    for (;;) {
        Waiting taken;
        {
            const std::lock_guard lock(mutex_);
            taken = std::exchange(waiting_, {});
            if (taken.empty()) {
                sending_ = false;
                co_return;
            }
        }
        try {
            for (auto& payload : compose(std::move(taken)))
                co_await storage::log::notify(pool_, std::move(payload));
        } catch (const std::exception& error) {
            log::warn("a hint was lost; polls will find what it said", {{"why", error.what()}});
        }
    }
}

/// As many notes as it takes; whispers only while there is room.
std::vector<std::string> Bus::compose(Waiting waiting) const {
    std::vector<std::string> payloads;
    Note note{name_, {}, waiting.epochs, {}, {}};
    const auto flush = [&] {
        payloads.push_back(json::to_json(note));
        note = Note{name_, {}, false, {}, {}};
    };
    for (const auto& [stream, head] : waiting.heads) {
        note.heads.push_back({stream, head});
        if (note.heads.size() == most_heads) flush();
    }
    for (const auto& [key, sockets] : waiting.present) {
        note.present.push_back({key.first, static_cast<std::int32_t>(key.second), static_cast<std::int32_t>(sockets)});
        if (note.present.size() == most_present) flush();
    }
    for (const auto& whisper : waiting.whispers) {
        note.whispers.push_back({whisper.stream, whisper.label, *whisper.frame});
        if (json::to_json(note).size() > most_bytes) {
            note.whispers.pop_back();
            break;
        }
    }
    if (note.epochs || !note.heads.empty() || !note.present.empty() || !note.whispers.empty()) flush();
    return payloads;
}

void Bus::hear(const std::string& payload) {
    const auto parsed = json::parse(payload);
    if (!parsed) return;
    const auto note = json::decode<Note>(*parsed);
    if (!note || note->hub == name_) return;
    Hint hint;
    hint.hub = note->hub;
    hint.epochs = note->epochs;
    for (const auto& head : note->heads)
        hint.heads.emplace_back(head.s, head.n);
    for (const auto& w : note->whispers)
        hint.whispers.push_back({w.s, w.l, std::make_shared<const std::string>(w.f)});
    for (const auto& p : note->present)
        hint.present.push_back(
            {p.p, static_cast<std::size_t>(std::max(0, p.s)), static_cast<std::size_t>(std::max(0, p.n))});
    heard_(std::move(hint));
}

} // namespace splot::feed

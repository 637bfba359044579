#include "tests/faults/fleet.h"

#include "protocol/channels/events.h"
#include "protocol/channels/methods.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <stdexcept>

namespace splot::faults {
namespace {

using client::Client;
using client::Reply;
using Random = std::mt19937_64;

constexpr auto answer_within = std::chrono::milliseconds(8'000); ///< then the writer asks again, with the same id
constexpr auto between_attempts = std::chrono::milliseconds(20);
constexpr auto ceiling = std::chrono::seconds(60); ///< exists only to fail

int draw(Random& random, int from, int upto) { return std::uniform_int_distribution(from, upto)(random); }

/// Waits for another thread; a ceiling of a minute.
template <class Predicate> bool wait_until(Predicate holds) {
    const auto until = std::chrono::steady_clock::now() + ceiling;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace

struct Fleet::Own {
    std::string channel, message;
    std::int32_t revision = 1;
};

struct Fleet::Writing {
    int number;
    std::string cookie;
    Random random;
    std::unique_ptr<Client> client;
    std::vector<Own> own; ///< acknowledged, with nothing unknown about them
    int posted = 0;
    int attempts = 0; ///< at connecting: each at the next hub
};

struct Fleet::Reading {
    Reader* record;
    Random random;
    std::map<std::string, std::string> cursors{}; ///< by room
    bool resumes;
    int patience = 0; ///< events until it leaves and comes back, for those who resume
};

Fleet::Fleet(Stage& stage, std::vector<Room> rooms, Size size, std::uint64_t seed) :
    stage_(stage), rooms_(std::move(rooms)), size_(size), seed_(seed) {}

Fleet::~Fleet() {
    leaving_ = stopping_ = finishing_ = true;
    if (!thread_.joinable()) return;
    io_.stop();
    thread_.join();
}

void Fleet::surprise(std::string what) {
    if (surprises_.size() < 50) surprises_.push_back(std::move(what));
}

Async<void> Fleet::pause(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(io_, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

void Fleet::start() {
    const auto spawn = [this](std::atomic<int>& count, Async<void> coroutine) {
        ++count;
        boost::asio::co_spawn(io_, std::move(coroutine), [this, &count](std::exception_ptr failed) {
            if (failed) surprise("a client of the test failed");
            --count;
        });
    };
    const int readers = size_.live_readers + size_.resuming_readers;
    history_.readers.resize(static_cast<std::size_t>(readers));
    for (int i = 0; i < readers; ++i) {
        const bool resumes = i >= size_.live_readers;
        history_.readers[static_cast<std::size_t>(i)].name = (resumes ? "resuming " : "live ") + std::to_string(i);
        spawn(reading_, read(static_cast<std::size_t>(i), stage_.enter(animator), resumes));
    }
    for (int i = 0; i < size_.writers; ++i)
        spawn(writing_, write(i, stage_.enter(members()[static_cast<std::size_t>(i) % members().size()])));
    thread_ = std::thread([this] { io_.run(); });
    if (!wait_until([&] { return ready_ == readers; })) throw std::runtime_error("the readers do not get in");
    may_write_ = true;
}

bool Fleet::await_acknowledged(std::uint64_t count) {
    const auto goal = acknowledged_ + count;
    return wait_until([&] { return acknowledged_ >= goal; });
}

void Fleet::stop_writing() {
    stopping_ = true;
    if (!wait_until([&] { return writing_ == 0; })) throw std::runtime_error("a writer gets no answer");
}

void Fleet::finish_reading(const std::map<std::string, std::size_t>& events) {
    expected_ = events;
    finishing_ = true;
    wait_until([&] { return reading_ == 0; });
    leaving_ = true;
    wait_until([&] { return reading_ == 0; });
    thread_.join();
}

client::ClientSettings Fleet::settings(int attempt, std::string cookie) const {
    return {.endpoint = stage_.endpoint(static_cast<std::size_t>(attempt) % stage_.hubs()),
            .cookie = std::move(cookie),
            .patience = answer_within};
}

// ---- writers

Async<void> Fleet::write(int number, std::string cookie) {
    Writing me{number, std::move(cookie), Random(seed_ * 1000 + static_cast<unsigned>(number)), {}, {}, 0, number};
    while (!may_write_ && !stopping_)
        co_await pause(std::chrono::milliseconds(1));
    while (!stopping_) {
        history_.operations.push_back(next_operation(me));
        co_await settle(me, history_.operations.size() - 1);
        co_await pause(std::chrono::milliseconds(draw(me.random, 5, 45)));
    }
}

/// Seven posts of ten acts; the rest edits and deletes what this writer knows that it wrote.
Operation Fleet::next_operation(Writing& me) {
    Operation operation;
    operation.client = me.number;
    const auto chance = draw(me.random, 1, 10);
    const auto& room = rooms_[static_cast<std::size_t>(draw(me.random, 0, static_cast<int>(rooms_.size()) - 1))];
    operation.channel = room.channel.text();
    operation.text = "Piórko " + std::to_string(me.number) + "-" + std::to_string(++me.posted);
    if (chance > 7 && !me.own.empty()) {
        const auto at = me.own.begin() + draw(me.random, 0, static_cast<int>(me.own.size()) - 1);
        operation.act = chance == 10 ? Act::remove : Act::edit;
        operation.channel = at->channel;
        operation.message = at->message;
        operation.revision = at->revision + 1;
        if (operation.act == Act::remove) operation.text.clear();
        me.own.erase(at); // comes back when the answer is known
    }
    operation.invoked = ++now_;
    return operation;
}

/// Asks with one id until there is an answer; now and then gives up on a call whose fate nobody told.
Async<void> Fleet::settle(Writing& me, std::size_t at) {
    std::string id;
    for (bool given_up = false; !given_up;) {
        if (!me.client || !me.client->is_connected()) {
            me.client = std::make_unique<Client>(settings(me.attempts++, me.cookie));
            ++reconnects_;
            const auto connected = co_await me.client->connect();
            if (!connected) {
                co_await pause(between_attempts);
                continue;
            }
        }
        if (id.empty()) id = me.client->new_request_id().text();
        const auto reply = co_await ask(me, history_.operations[at], id);
        if (reply || (reply.error().code != Code::unavailable && !reply.error().lost)) {
            conclude(me, history_.operations[at], reply);
            co_return;
        }
        given_up = !stopping_ && draw(me.random, 1, reply.error().lost ? 4 : 80) == 1;
        if (!given_up) co_await pause(between_attempts);
    }
}

Async<Reply<Made>> Fleet::ask(Writing& me, const Operation& operation, std::string id) {
    const auto room = std::ranges::find(rooms_, operation.channel, [](const Room& r) { return r.channel.text(); });
    const auto message = MessageId::parse(operation.message).value_or(MessageId{});
    Personal<std::string> text(operation.text);
    if (operation.act == Act::post) {
        channels::PostMessage post{room->channel, room->topic, std::move(text), {}, {}, {}, {}, {}};
        co_return co_await me.client->call(std::move(post), std::nullopt, std::move(id));
    }
    if (operation.act == Act::edit) {
        channels::EditMessage edit{message, operation.revision - 1, std::move(text), {}};
        co_return co_await me.client->call(std::move(edit), std::nullopt, std::move(id));
    }
    channels::DeleteMessage remove{message};
    co_return co_await me.client->call(std::move(remove), std::nullopt, std::move(id));
}

void Fleet::conclude(Writing& me, Operation& operation, const Reply<Made>& reply) {
    operation.answered = ++now_;
    if (!reply) {
        operation.outcome = Outcome::refused;
        surprise(std::string(name_of(reply.error().code)) + " " + reply.error().field + " for " + operation.text +
                 " of " + operation.message + " at tick " + std::to_string(operation.invoked));
        return;
    }
    operation.outcome = Outcome::ok;
    operation.cursor = reply->cursor.value_or("");
    const std::string made = reply->made.empty() ? std::string() : reply->made.front().text();
    if (operation.act == Act::post)
        operation.message = made;
    else if (made != operation.message)
        surprise("an answer named another message than the one that was asked about");
    if (operation.act != Act::remove) me.own.push_back({operation.channel, operation.message, operation.revision});
    if (me.own.size() > 12) me.own.erase(me.own.begin());
    ++acknowledged_;
}

// ---- readers

Async<void> Fleet::read(std::size_t number, std::string cookie, bool resumes) {
    Reading me{&history_.readers[number], Random(seed_ * 1000 + 500 + number), {}, resumes};
    bool is_in = false;
    for (int attempts = static_cast<int>(number); !leaving_ && !has_seen_all(me); ++attempts) {
        Client client(settings(attempts, cookie));
        ++reconnects_;
        const auto connected = co_await client.connect();
        bool open = false;
        if (connected && me.resumes && is_in)
            open = co_await resume_all(client, me);
        else if (connected)
            open = co_await open_all(client, me);
        if (!open) {
            co_await pause(between_attempts);
            continue;
        }
        if (!std::exchange(is_in, true)) ++ready_;
        me.patience = draw(me.random, 10, 120);
        co_await follow(client, me);
        client.abort();
    }
}

Async<bool> Fleet::open_all(Client& client, Reading& me) {
    for (const auto& room : rooms_) {
        const auto at = me.cursors.find(room.channel.text());
        streams::Open ask{StreamId(Uuid(room.channel)), {}};
        if (at != me.cursors.end()) ask.cursor = at->second;
        const auto opened = co_await client.call(std::move(ask));
        if (!opened) {
            if (opened.error().code != Code::unavailable)
                surprise("streams.open: " + std::string(name_of(opened.error().code)) + " " + opened.error().field);
            co_return false;
        }
        take_opened(me, *opened);
    }
    co_return true;
}

Async<bool> Fleet::resume_all(Client& client, Reading& me) {
    streams::Resume ask;
    for (const auto& room : rooms_)
        ask.streams.push_back({StreamId(Uuid(room.channel)), me.cursors.at(room.channel.text())});
    const auto resumed = co_await client.call(std::move(ask));
    if (!resumed) {
        if (resumed.error().code != Code::unavailable)
            surprise("streams.resume: " + std::string(name_of(resumed.error().code)) + " " + resumed.error().field);
        co_return false;
    }
    for (const auto& one : resumed->streams)
        if (one.opened)
            take_opened(me, *one.opened);
        else
            surprise("streams.resume: " + one.code.value_or("nothing"));
    co_return true;
}

void Fleet::take_opened(Reading& me, const Opened& opened) {
    const auto room = opened.stream.text();
    if (opened.snapshot && me.cursors.contains(room)) surprise("a snapshot where missed events were asked for");
    for (const auto& event : opened.events)
        take_event(me, event);
    me.cursors[room] = opened.cursor;
    if (std::ranges::find(rooms_, room, [](const Room& r) { return r.channel.text(); })->sealed) ++looks_[room];
}

/// Until the connection ends, or until the reader has had enough of it.
Async<void> Fleet::follow(Client& client, Reading& me) {
    while (!leaving_ && !has_seen_all(me)) {
        const auto notice = co_await client.next(std::chrono::milliseconds(200));
        if (!notice) continue;
        if (const auto* event = std::get_if<Event>(&*notice)) {
            take_event(me, *event);
            if (me.resumes && --me.patience <= 0) co_return;
            continue;
        }
        if (std::holds_alternative<client::Lost>(*notice) || std::holds_alternative<streams::Resync>(*notice))
            co_return;
        if (std::holds_alternative<streams::Wipe>(*notice) || std::holds_alternative<streams::Ended>(*notice))
            surprise(me.record->name + " lost its right");
    }
}

void Fleet::take_event(Reading& me, const Event& event) {
    Seen seen;
    std::optional<Message> message;
    if (auto posted = client::event_as<channels::MessagePosted>(event)) {
        message = std::move(posted->message);
    } else if (auto edited = client::event_as<channels::MessageEdited>(event)) {
        seen.act = Act::edit;
        message = std::move(edited->message);
    } else if (auto deleted = client::event_as<channels::MessageDeleted>(event)) {
        seen.act = Act::remove;
        message = std::move(deleted->message);
    }
    if (!message) return surprise("an event of kind " + event.kind);
    seen.message = message->id.text();
    seen.revision = message->revision;
    seen.text = message->text.reveal();
    seen.cursor = event.cursor;
    me.record->channels[event.stream.text()].push_back(std::move(seen));
    me.cursors[event.stream.text()] = event.cursor;
}

bool Fleet::has_seen_all(const Reading& me) const {
    if (!finishing_) return false;
    return std::ranges::all_of(expected_, [&](const auto& room) {
        const auto seen = me.record->channels.find(room.first);
        return room.second == 0 || (seen != me.record->channels.end() && seen->second.size() >= room.second);
    });
}

} // namespace splot::faults

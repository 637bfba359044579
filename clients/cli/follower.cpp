#include "clients/cli/follower.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace splot::client {
namespace {

constexpr std::size_t most_in_one_call = 200;

template <class... F> struct Match : F... { using F::operator()...; };

Async<void> wait(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

CallError session_ended() {
    return {{Code::unauthenticated, {}, {}, {}}, "Sesja się skończyła: wylogowano to urządzenie.", {}, false};
}

/// Will the same call do better in a while?
bool is_passing(const CallError& error) {
    return error.code == Code::unavailable || error.code == Code::rate_limited || error.code == Code::internal;
}

} // namespace

Async<Reply<Followed>> Follower::next() {
    while (ready_.empty()) {
        if (ended_) co_return session_ended();
        if (pause_) CO_CHECK(co_await reconnect());
        if (!to_resume_.empty()) CO_CHECK(co_await resume_pending());
        if (!ready_.empty() || pause_) continue;
        std::optional<Notice> notice = client_.poll();
        if (!notice && client_.is_connected()) notice = co_await client_.next();
        if (notice)
            take(*std::move(notice));
        else if (!client_.is_connected())
            pause_ = std::chrono::milliseconds(0);
    }
    Followed first = std::move(ready_.front());
    ready_.pop_front();
    co_return first;
}

void Follower::take(Notice notice) {
    const auto position = [this](StreamId stream) {
        const auto known = cursors_.find(stream);
        return known == cursors_.end() ? std::nullopt : std::optional<std::string>(known->second);
    };
    std::visit(Match{
                   [&](Event& event) {
                       const auto known = cursors_.find(event.stream);
                       if (known == cursors_.end()) return;
                       known->second = event.cursor;
                       ready_.push_back(std::move(event));
                   },
                   [&](streams::Whisper& whisper) { ready_.push_back(std::move(whisper)); },
                   [&](streams::Wipe& wipe) {
                       if (cursors_.erase(wipe.stream) && wipe.reopen) to_resume_.push_back({wipe.stream, {}});
                       ready_.push_back(wipe);
                   },
                   [&](streams::Widened& widened) {
                       for (const auto& stream : widened.streams)
                           if (cursors_.contains(stream)) to_resume_.push_back({stream, {}});
                       ready_.push_back(std::move(widened));
                   },
                   [&](streams::Resync& resync) {
                       for (const auto& stream : resync.streams)
                           if (cursors_.contains(stream)) to_resume_.push_back({stream, position(stream)});
                   },
                   [&](streams::Drain& drain) { asked_ = std::chrono::milliseconds(drain.retry_after_ms); },
                   [&](streams::Ended&) { ended_ = true; },
                   [&](Lost& lost) {
                       if (!ended_) lose(lost.reason);
                   },
               },
               notice);
}

void Follower::lose(const std::string& reason) {
    pause_ = asked_ ? *asked_ : backoff_.next();
    asked_.reset();
    ready_.push_back(Disconnected{reason, *pause_});
}

/// Everything is resumed, also what was still to be resumed on the connection that broke.
Async<Reply<Nothing>> Follower::reconnect() {
    co_await wait(*pause_);
    const Reply<Nothing> connected = co_await client_.connect();
    if (!connected && connected.error().code == Code::unauthenticated) co_return connected.error();
    if (!connected) {
        lose(connected.error().message);
        co_return Nothing{};
    }
    pause_.reset();
    std::erase_if(to_resume_, [](const StreamPosition& position) { return position.cursor.has_value(); });
    for (const auto& [stream, cursor] : cursors_)
        if (std::ranges::find(to_resume_, stream, &StreamPosition::stream) == to_resume_.end())
            to_resume_.push_back({stream, cursor});
    CO_CHECK(co_await resume_pending());
    if (!pause_) ready_.push_back(Reconnected{});
    co_return Nothing{};
}

Async<Reply<Nothing>> Follower::resume_pending() {
    while (!to_resume_.empty()) {
        const std::size_t count = std::min(to_resume_.size(), most_in_one_call);
        Reply<streams::ResumeAnswer> answer = co_await resume_some(count);
        if (!answer && (answer.error().lost || !client_.is_connected())) co_return Nothing{}; // Lost comes as a notice
        if (!answer && !is_passing(answer.error())) co_return answer.error();
        if (!answer) {
            co_await wait(answer.error().retry_after.value_or(backoff_.next()));
            continue;
        }
        backoff_.reset();
        to_resume_.erase(to_resume_.begin(), to_resume_.begin() + static_cast<std::ptrdiff_t>(count));
        for (auto& resumed : answer->streams)
            take_opened(std::move(resumed));
    }
    co_return Nothing{};
}

Async<Reply<streams::ResumeAnswer>> Follower::resume_some(std::size_t count) {
    streams::Resume ask;
    ask.streams.assign(to_resume_.begin(), to_resume_.begin() + static_cast<std::ptrdiff_t>(count));
    co_return co_await client_.call(std::move(ask));
}

void Follower::take_opened(Resumed resumed) {
    if (!resumed.opened) {
        cursors_.erase(resumed.stream);
        ready_.push_back(Reopened{std::move(resumed)});
        return;
    }
    cursors_[resumed.stream] = resumed.opened->cursor;
    if (resumed.opened->snapshot) {
        ready_.push_back(Reopened{std::move(resumed)});
        return;
    }
    for (auto& event : resumed.opened->events)
        ready_.push_back(std::move(event));
}

} // namespace splot::client

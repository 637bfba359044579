#include "storage/vault/key_client.h"

#include "storage/vault/key_line.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>

namespace splot::vault {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto time_limit = 2s;
/// Pauses before the attempts: a holder that was killed and started again is back by then.
constexpr std::array pauses = {0ms, 50ms, 100ms};

keys::Request request_for(keys::Verb verb, KeyId key, std::string_view context) {
    keys::Request request{verb, 0, key.value.bytes, std::string(context)};
    if (!keys::is_well_formed(request)) throw std::invalid_argument("a key needs an id and a context or purpose");
    return request;
}

Async<void> wait_until(asio::steady_timer& timer, Clock::time_point moment) {
    boost::system::error_code cancelled; // an answer cancels the timer
    timer.expires_at(moment);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

} // namespace

class KeyClient::Channel {
public:
    Channel(asio::io_context& io, std::string socket_path) : io_(io), socket_path_(std::move(socket_path)) {}
    ~Channel() {
        if (line_) line_->close();
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Answers the question once it is `done`; throws for all other outcomes.
    Async<std::shared_ptr<Question>> ask(keys::Request request) {
        const auto deadline = Clock::now() + time_limit;
        for (const auto pause : pauses) {
            if (pause > 0ms) co_await rest(pause);
            const auto line = open_line();
            const auto question = line->ask(request);
            if (question->state == Question::State::waiting) co_await wait_until(question->woken, deadline);
            if (question->state == Question::State::answered) co_return done(question);
            if (question->state == Question::State::lost) continue;
            // It keeps its peers waiting: whatever else this connection was asked is lost as well.
            line->close();
            break;
        }
        throw KeyHolderGone("the key holder does not answer");
    }

    Async<void> command(keys::Request request) { co_await ask(std::move(request)); }

    template <class Key> Async<Key> secret(keys::Request request) {
        const auto question = co_await ask(std::move(request));
        if (!question->has_secret) throw KeyHolderGone("the key holder answers without a key");
        co_return Key(question->secret);
    }

private:
    Async<void> rest(Clock::duration pause) {
        asio::steady_timer timer(io_);
        co_await wait_until(timer, Clock::now() + pause);
    }

    std::shared_ptr<KeyLine> open_line() {
        if (line_ && !line_->is_closed()) return line_;
        line_ = std::make_shared<KeyLine>(io_);
        line_->open(socket_path_);
        return line_;
    }

    static std::shared_ptr<Question> done(const std::shared_ptr<Question>& question) {
        switch (question->outcome) {
        case keys::Outcome::done:
            return question;
        case keys::Outcome::unknown:
            throw KeyUnknown("the key is unknown");
        case keys::Outcome::destroyed:
            throw KeyDestroyed("the key was destroyed");
        case keys::Outcome::refused:
            throw KeyRefused("the key is not for this, or its file was changed");
        case keys::Outcome::failed:
            throw KeyHolderGone("the key holder cannot use its store");
        case keys::Outcome::malformed:
            break;
        }
        throw KeyHolderGone("the key holder speaks another version");
    }

    asio::io_context& io_;
    std::string socket_path_;
    std::shared_ptr<KeyLine> line_;
};

KeyClient::KeyClient(asio::io_context& io, std::string socket_path) :
    channel_(std::make_unique<Channel>(io, std::move(socket_path))) {}

KeyClient::~KeyClient() = default;

// The texts are copied before the coroutine begins, so callers need not keep them.
Async<void> KeyClient::create(KeyId key, std::string_view context) {
    return channel_->command(request_for(keys::Verb::create, key, context));
}

Async<DataKey> KeyClient::unwrap(KeyId key, std::string_view context) {
    return channel_->secret<DataKey>(request_for(keys::Verb::unwrap, key, context));
}

Async<void> KeyClient::destroy(KeyId key) { return channel_->command(request_for(keys::Verb::destroy, key, {})); }

Async<SecretBytes> KeyClient::derive(std::string_view purpose) {
    return channel_->secret<SecretBytes>(request_for(keys::Verb::derive, KeyId{}, purpose));
}

} // namespace splot::vault

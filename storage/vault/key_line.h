#pragma once
#include "storage/keys/wire.h"
#include "storage/vault/secret.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace splot::vault {

/// One question to the key holder. Whoever asked waits on the timer, which is cancelled when the answer is there.
struct Question {
    enum class State { waiting, answered, lost };

    explicit Question(boost::asio::io_context& io) : woken(io) {}
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;
    ~Question() { wipe(secret); }
    void settle(State how);

    boost::asio::steady_timer woken;
    std::uint32_t serial = 0;
    State state = State::waiting;
    keys::Outcome outcome = keys::Outcome::failed;
    bool has_secret = false;
    std::array<std::byte, keys::secret_size> secret{};
};

/// One connection to the key holder. Kept alive by its own reads and writes until it is closed; when it ends, for
/// whatever reason, every open question is lost.
class KeyLine : public std::enable_shared_from_this<KeyLine> {
public:
    explicit KeyLine(boost::asio::io_context& io) : io_(io), socket_(io) {}
    ~KeyLine();

    void open(const std::string& socket_path);
    void close();
    bool is_closed() const { return is_closed_; }
    std::shared_ptr<Question> ask(keys::Request request);

private:
    void write();
    void read();
    bool take_answers();
    bool take_answer(std::span<const std::uint8_t> frame);

    boost::asio::io_context& io_;
    boost::asio::local::stream_protocol::socket socket_;
    std::deque<std::shared_ptr<Question>> open_questions_; ///< answers come in this order
    std::vector<std::uint8_t> queued_, in_flight_;
    std::array<std::uint8_t, 4096> in_{};
    std::size_t in_size_ = 0;
    std::uint32_t last_serial_ = 0;
    bool is_connected_ = false;
    bool is_closed_ = false;
};

} // namespace splot::vault

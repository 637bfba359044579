#include "storage/vault/key_line.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace splot::vault {

namespace asio = boost::asio;
using boost::system::error_code;

void Question::settle(State how) {
    state = how;
    woken.cancel();
}

KeyLine::~KeyLine() { wipe(std::as_writable_bytes(std::span(in_))); }

void KeyLine::open(const std::string& socket_path) {
    if (socket_path.size() >= sizeof(sockaddr_un::sun_path))
        throw std::length_error("the key holder's path is too long");
    const asio::local::stream_protocol::endpoint holder(socket_path);
    socket_.async_connect(holder, [self = shared_from_this()](error_code problem) {
        if (problem || self->is_closed_) return self->close();
        self->is_connected_ = true;
        self->read();
        self->write();
    });
}

void KeyLine::close() {
    is_closed_ = true;
    error_code ignored; // it is of no use any more, whether or not it closes well
    socket_.close(ignored);
    for (const auto& question : std::exchange(open_questions_, {}))
        question->settle(Question::State::lost);
}

std::shared_ptr<Question> KeyLine::ask(keys::Request request) {
    auto question = std::make_shared<Question>(io_);
    question->serial = request.serial = ++last_serial_;
    const auto frame = keys::encode(request);
    queued_.insert(queued_.end(), frame.begin(), frame.end());
    open_questions_.push_back(question);
    write();
    return question;
}

void KeyLine::write() {
    if (!is_connected_ || !in_flight_.empty() || queued_.empty()) return;
    in_flight_.swap(queued_);
    asio::async_write(socket_, asio::buffer(in_flight_), [self = shared_from_this()](error_code problem, std::size_t) {
        self->in_flight_.clear();
        if (problem) return self->close();
        self->write();
    });
}

void KeyLine::read() {
    const auto room = asio::buffer(in_.data() + in_size_, in_.size() - in_size_);
    socket_.async_read_some(room, [self = shared_from_this()](error_code problem, std::size_t size) {
        self->in_size_ += size;
        if (problem || self->is_closed_ || !self->take_answers()) return self->close();
        self->read();
    });
}

/// False when the peer does not speak our protocol.
bool KeyLine::take_answers() {
    std::size_t used = 0;
    while (in_size_ - used >= keys::length_size) {
        const std::size_t length = keys::get_u16(&in_[used]);
        if (length > keys::max_answer) return false;
        if (in_size_ - used < keys::length_size + length) break;
        if (!take_answer({&in_[used + keys::length_size], length})) return false;
        used += keys::length_size + length;
    }
    std::memmove(in_.data(), in_.data() + used, in_size_ - used);
    in_size_ -= used;
    wipe(std::as_writable_bytes(std::span(in_)).subspan(in_size_, used));
    return true;
}

bool KeyLine::take_answer(std::span<const std::uint8_t> frame) {
    const auto head = keys::decode_answer(frame);
    if (!head || open_questions_.empty() || open_questions_.front()->serial != head->serial) return false;
    const auto question = std::move(open_questions_.front());
    open_questions_.pop_front();
    const auto secret = std::as_bytes(frame.subspan(keys::header_size));
    question->outcome = head->outcome;
    question->has_secret = !secret.empty();
    std::copy(secret.begin(), secret.end(), question->secret.begin());
    question->settle(Question::State::answered);
    return true;
}

} // namespace splot::vault

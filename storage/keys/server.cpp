#include "storage/keys/server.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

namespace splot::keys {
namespace {

constexpr std::size_t max_clients = 256;
constexpr std::size_t answer_room = length_size + max_answer;

/// Drops `count` bytes from the front and wipes where the rest lay: answers hold keys.
template <std::size_t Size>
void drop_front(std::array<std::uint8_t, Size>& buffer, std::size_t& filled, std::size_t count) {
    std::memmove(buffer.data(), buffer.data() + count, filled - count);
    OPENSSL_cleanse(buffer.data() + filled - count, count);
    filled -= count;
}

} // namespace

struct Server::Client {
    explicit Client(Fd fd) : socket(std::move(fd)) {}
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { OPENSSL_cleanse(out.data(), out.size()); }

    bool has_room() const { return out.size() - out_size >= answer_room; }
    short interest() const {
        return static_cast<short>((has_room() && !is_leaving ? POLLIN : 0) | (out_size > 0 ? POLLOUT : 0));
    }

    Fd socket;
    std::array<std::uint8_t, 2048> in{};
    std::array<std::uint8_t, 4096> out{};
    std::size_t in_size = 0;
    std::size_t out_size = 0;
    bool is_leaving = false; ///< sent nonsense, or has closed: goes when its answers are out
};

Server::Server(Store& store, Listener& listener, std::set<uid_t> allowed) :
    store_(store), listener_(listener), allowed_(std::move(allowed)) {}

Server::~Server() = default;

void Server::run(int stop) {
    bool is_stopped = false;
    while (!is_stopped)
        wait_and_serve(stop, is_stopped);
    for (Client& client : clients_)
        flush(client);
    clients_.clear();
}

void Server::wait_and_serve(int stop, bool& is_stopped) {
    std::vector<pollfd> waits = {{stop, POLLIN, 0}, {listener_.fd(), POLLIN, 0}};
    for (const Client& client : clients_)
        waits.push_back({client.socket.get(), client.interest(), 0});
    if (::poll(waits.data(), waits.size(), -1) < 0) {
        if (errno == EINTR) return;
        throw std::system_error(errno, std::generic_category(), "poll");
    }
    is_stopped = waits[0].revents != 0;
    auto client = clients_.begin();
    for (std::size_t i = 2; i < waits.size(); ++i) {
        const auto current = client++;
        const short happened = waits[i].revents;
        if (happened == 0) continue;
        const bool is_heard = (happened & POLLIN) != 0;
        const bool stays = (happened & POLLERR) == 0 && (!is_heard || read(*current)) && answer_requests(*current);
        if (!stays || ((happened & POLLHUP) != 0 && !is_heard)) {
            clients_.erase(current);
        } else if (is_heard) {
            clients_.splice(clients_.end(), clients_, current);
        }
    }
    if (waits[1].revents != 0) admit();
}

void Server::admit() {
    Fd socket(::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
        // Out of descriptors: the longest silent client gives up its own, and the newcomer is taken next time.
        if ((errno == EMFILE || errno == ENFILE) && !clients_.empty()) clients_.pop_front();
        return;
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return;
    if (!allowed_.contains(peer.uid)) {
        std::fprintf(stderr, "splot-keys: user %u is not allowed\n", static_cast<unsigned>(peer.uid));
        return;
    }
    if (clients_.size() >= max_clients) clients_.pop_front();
    clients_.emplace_back(std::move(socket));
}

/// This and the next answer false when the client must go.
bool Server::read(Client& client) {
    if (client.in_size == client.in.size()) return true;
    const ssize_t got =
        ::recv(client.socket.get(), client.in.data() + client.in_size, client.in.size() - client.in_size, 0);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) client.is_leaving = true;
    client.in_size += static_cast<std::size_t>(got);
    return true;
}

bool Server::answer_requests(Client& client) {
    while (answer_next(client)) {
    }
    return flush(client) && !(client.is_leaving && client.out_size == 0);
}

/// False when no whole frame waits, or there is no room for its answer before the peer has read some.
bool Server::answer_next(Client& client) {
    if (!client.has_room() && !(flush(client) && client.has_room())) return false;
    if (client.in_size < length_size) return false;
    const std::size_t length = get_u16(client.in.data());
    if (length < header_size || length > max_request) return dismiss(client);
    if (client.in_size < length_size + length) return false;
    std::uint8_t* const at = &client.out[client.out_size];
    client.out_size += answer(std::span<const std::uint8_t>(client.in).subspan(length_size, length), at);
    if (static_cast<Outcome>(at[length_size + 1]) == Outcome::malformed) return dismiss(client);
    drop_front(client.in, client.in_size, length_size + length);
    return true;
}

/// After nonsense nothing can be told from the rest.
bool Server::dismiss(Client& client) {
    client.is_leaving = true;
    client.in_size = 0;
    return false;
}

bool Server::flush(Client& client) {
    while (client.out_size > 0) {
        const ssize_t sent = ::send(client.socket.get(), client.out.data(), client.out_size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return errno == EAGAIN;
        drop_front(client.out, client.out_size, static_cast<std::size_t>(sent));
    }
    return true;
}

std::size_t Server::answer(std::span<const std::uint8_t> frame, std::uint8_t* at) {
    const auto request = decode_request(frame);
    AnswerHead head{Outcome::malformed, get_u32(&frame[2])};
    Secret secret;
    if (request) head.outcome = perform(*request, secret);
    const bool has_secret =
        head.outcome == Outcome::done && (request->verb == Verb::unwrap || request->verb == Verb::derive);
    return encode_answer(at, head,
                         has_secret ? std::span<const std::uint8_t>(secret.bytes) : std::span<const std::uint8_t>());
}

/// The one place that turns a disk's refusal into an answer; the holder goes on, for the next request may be well.
Outcome Server::perform(const Request& request, Secret& secret) {
    try {
        switch (request.verb) {
        case Verb::create:
            return store_.create(request.key, request.context);
        case Verb::unwrap:
            return store_.unwrap(request.key, request.context, secret);
        case Verb::destroy:
            return store_.destroy(request.key);
        case Verb::derive:
            secret = store_.derive(request.context);
            return Outcome::done;
        }
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "splot-keys: %s\n", problem.what());
        return Outcome::failed;
    }
    return Outcome::malformed;
}

} // namespace splot::keys

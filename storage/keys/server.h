#pragma once
#include "storage/keys/folder.h"
#include "storage/keys/store.h"

#include <cstdint>
#include <filesystem>
#include <list>
#include <set>
#include <span>

#include <sys/types.h>

namespace splot::keys {

/// A listening Unix socket. Its file is usable by our own user only (mode 0600), or by everybody when another user is
/// allowed: then the peer's credentials, which the kernel vouches for, are the guard.
class Listener {
public:
    Listener(std::filesystem::path path, const std::set<uid_t>& allowed);
    ~Listener();
    int fd() const { return socket_.get(); }

private:
    std::filesystem::path path_;
    Fd socket_;
};

/// Answers requests from allowed users, one at a time: a request takes as long as its fsync. Clients cost a fixed
/// amount of memory; a client that sends nonsense is closed, one that reads too slowly is not read from, and when there
/// are too many the one that has been silent longest goes.
class Server {
public:
    Server(Store& store, Listener& listener, std::set<uid_t> allowed);
    ~Server();
    /// Returns when `stop` is readable.
    void run(int stop);

private:
    struct Client;

    void wait_and_serve(int stop, bool& is_stopped);
    void admit();
    static bool read(Client& client);
    bool answer_requests(Client& client);
    bool answer_next(Client& client);
    static bool dismiss(Client& client);
    static bool flush(Client& client);
    std::size_t answer(std::span<const std::uint8_t> frame, std::uint8_t* at);
    Outcome perform(const Request& request, Secret& secret);

    Store& store_;
    Listener& listener_;
    std::set<uid_t> allowed_;
    std::list<Client> clients_; ///< the one that spoke last is last
};

} // namespace splot::keys

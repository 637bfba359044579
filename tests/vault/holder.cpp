#include "tests/vault/holder.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace splot::vault {

ScratchFolder::ScratchFolder() {
    std::string name = "/tmp/splot-vault-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    path_ = name;
    std::filesystem::permissions(path_, std::filesystem::perms(0755)); // other users reach the socket
}

ScratchFolder::~ScratchFolder() { std::filesystem::remove_all(path_); }

HolderProcess::HolderProcess(const std::vector<std::string>& options, Await await) {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::vector<std::string> words = {SPLOT_BINARY_DIR "/storage/splot-keys"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(output[1], STDOUT_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(output[1]);
    output_ = output[0];
    std::string said;
    char c = 0;
    while (await == Await::first_line && ::read(output_, &c, 1) == 1 && c != '\n')
        said += c;
    is_ready_ = said == "splot-keys: ready";
}

HolderProcess::~HolderProcess() {
    ::close(output_);
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void HolderProcess::signal(int number) const { ::kill(pid_, number); }

int HolderProcess::wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Holder::Holder(std::vector<std::string> more_options) :
    more_options_(std::move(more_options)), client(io, socket().string()) {
    start();
}

void Holder::start() {
    std::vector<std::string> options = {"--store", store().string(), "--socket", socket().string()};
    options.insert(options.end(), more_options_.begin(), more_options_.end());
    process_ = std::make_unique<HolderProcess>(options);
    if (!process_->is_ready()) throw std::runtime_error("the key holder does not start");
}

void Holder::kill() {
    process_->signal(SIGKILL);
    process_->wait();
}

int Holder::stop() {
    process_->signal(SIGTERM);
    return process_->wait();
}

int Holder::rotate() const { return HolderProcess({"--store", store().string(), "rotate"}).wait(); }

std::filesystem::path Holder::key_file(KeyId key, std::string_view ending) const {
    std::string hex = key.text();
    std::erase(hex, '-');
    return store() / (hex + std::string(ending));
}

KeyId new_key_id() {
    SystemRandom random;
    return KeyId(make_random_uuid(random));
}

RawClient::RawClient(const std::filesystem::path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
    fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
    ::close(fd_);
    fd_ = -1;
}

RawClient::~RawClient() {
    if (fd_ >= 0) ::close(fd_);
}

std::size_t RawClient::send_some(std::string_view bytes) const {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

void RawClient::send(std::string_view bytes) const { ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

void RawClient::end_sending() const { ::shutdown(fd_, SHUT_WR); }

std::string RawClient::receive_some() const {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN) throw std::runtime_error("the key holder keeps silent");
    return got <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(got));
}

std::string RawClient::receive(std::size_t size) const {
    std::string bytes;
    while (bytes.size() < size) {
        const std::string some = receive_some();
        if (some.empty()) break;
        bytes += some;
    }
    return bytes;
}

std::string RawClient::receive_all() const { return receive(SIZE_MAX); }

} // namespace splot::vault

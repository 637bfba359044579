#include "tests/faults/stage.h"

#include "protocol/channels/methods.h"
#include "protocol/teams/methods.h"
#include "storage/async/run.h"
#include "storage/postgres/migrations.h"

#include <arpa/inet.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <random>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace splot::faults {
namespace {

namespace fs = std::filesystem;
using client::CallError;
using client::Client;

/// Below the range that the kernel gives to those who connect: a client that knocks at a dead hub's port must not
/// become its own peer there.
std::uint16_t free_port() {
    static std::mt19937 random{std::random_device{}()};
    for (;;) {
        const auto port = static_cast<std::uint16_t>(std::uniform_int_distribution(15'000, 30'000)(random));
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool is_free = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(fd);
        if (is_free) return port;
    }
}

fs::path make_folder() {
    std::string name = "/tmp/splot-faults-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    return name;
}

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[noreturn]] void fail(const std::string& what, const CallError& error) {
    throw std::runtime_error(what + ": " + std::string(name_of(error.code)) + " " + error.field + " " + error.message);
}

template <class T> T value_of(client::Reply<T> reply, const std::string& what) {
    if (!reply) fail(what, reply.error());
    return *std::move(reply);
}

Async<void> pause(boost::asio::io_context& io, std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(io, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

Async<std::vector<Room>> make_rooms_as(Client& client, std::size_t open, std::size_t sealed) {
    const auto started = value_of(co_await client.start(), "session.start");
    const TeamId team = started.teams.front().id;
    std::vector<Room> rooms;
    for (std::size_t i = 0; i < open + sealed; ++i) {
        const bool is_sealed = i >= open;
        channels::CreateChannel ask{team, {}, "Próba " + std::to_string(i + 1), "", Lane::all, is_sealed, {}};
        const auto channel = value_of(co_await client.call(std::move(ask)), "channels.create_channel");
        channels::CreateTopic topic_ask{ChannelId(channel.made.front()), "Wątek"};
        const auto topic = value_of(co_await client.call(std::move(topic_ask)), "channels.create_topic");
        rooms.push_back({ChannelId(channel.made.front()), TopicId(topic.made.front()), is_sealed});
    }
    co_return rooms;
}

/// The database `small`, whose tables all lie in this folder.
Async<void> make_tablespace(boost::asio::io_context& io, std::string conninfo, fs::path folder) {
    const auto owner = co_await storage::Connection::open(io, storage::as_owner(std::move(conninfo)));
    std::string tablespace = "CREATE TABLESPACE small LOCATION '" + folder.string() + "'";
    co_await owner->run_script(std::move(tablespace));
    std::string database = "CREATE DATABASE small TEMPLATE template0 TABLESPACE small";
    co_await owner->run_script(std::move(database));
}

std::vector<pid_t> children_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
    return {std::istream_iterator<pid_t>(file), {}};
}

/// Of PostgreSQL's processes those that serve a connection say so in their title: "postgres: splot postgres [local] …".
bool serves_a_client(pid_t pid) {
    return text_of("/proc/" + std::to_string(pid) + "/cmdline").find("[local]") != std::string::npos;
}

} // namespace

Stage::Stage() : Stage(Wishes{}) {}

Stage::Stage(Wishes wishes) :
    folder_(make_folder()), wishes_(wishes), cluster_(std::make_unique<world::PrivateCluster>(wishes.disk)),
    hubs_(wishes.hubs) {
    for (std::size_t i = 0; i < 2 * wishes.hubs; ++i)
        ports_.push_back(free_port());
    conninfo_ = cluster_->conninfo();
    if (!wishes_.data_folder.empty()) {
        run(io, make_tablespace(io, conninfo_, wishes_.data_folder));
        conninfo_ = world::with_database(conninfo_, "small");
    }
    start_keys();
    if (wishes_.cut_off_when) {
        launch_hub();
        while (!wishes_.cut_off_when(*this))
            run(io, pause(io, std::chrono::milliseconds(2)));
        hub().kill();
    }
    for (std::size_t i = 0; i < wishes.hubs; ++i)
        launch_hub(i);
    for (auto& hub : hubs_)
        hub->await_line("ready");
}

Stage::~Stage() {
    hubs_.clear();
    keys_.reset();
    std::error_code none;
    fs::remove_all(folder_, none);
}

void Stage::start_keys() {
    keys_.reset();
    std::vector<std::string> words{SPLOT_BINARY_DIR "/storage/splot-keys", "--store", folder_ / "keys", "--socket",
                                   folder_ / "keys.sock"};
    keys_ = std::make_unique<Program>(std::move(words), folder_ / "keys.log");
    keys_->await_line("splot-keys: ready");
}

void Stage::start_hub(std::size_t index) {
    launch_hub(index);
    hubs_[index]->await_line("ready");
}

void Stage::launch_hub(std::size_t index) {
    hubs_[index].reset();
    const auto name = "hub" + std::to_string(index);
    fs::create_directories(folder_ / name);
    const auto config = folder_ / (name + ".toml");
    std::ofstream(config) << "[listen]\nport = " << ports_[2 * index] << "\nplain_port = " << ports_[2 * index + 1]
                          << "\n[postgres]\nconninfo = \"" << conninfo() << "\"\n[keys]\nsocket = \""
                          << (folder_ / "keys.sock").string() << "\"\n[hub]\ndemonstration = true\nstate = \""
                          << (folder_ / name).string() << "\"\n[limits]\nrate_factor = 1000000.0\n"
                          << "sockets_per_person = 1000\nhorizon = 1000000\npoll_every_ms = " << wishes_.poll_every_ms
                          << "\n[log]\nfile = \"" << (folder_ / (name + ".log")).string() << "\"\n";
    std::vector<std::string> words{SPLOT_BINARY_DIR "/hub/splotd", "--config", config};
    hubs_[index] = std::make_unique<Program>(std::move(words), folder_ / (name + ".err"));
}

void Stage::kill_postgres() {
    std::ifstream file(cluster_->directory() / "data" / "postmaster.pid");
    pid_t postmaster = 0;
    if (file >> postmaster)
        for (const pid_t child : children_of(postmaster))
            ::kill(child, SIGKILL);
    cluster_->kill();
}

void Stage::kill_one_backend(std::uint64_t random) {
    std::ifstream file(cluster_->directory() / "data" / "postmaster.pid");
    pid_t postmaster = 0;
    if (!(file >> postmaster)) return;
    std::vector<pid_t> backends;
    for (const pid_t child : children_of(postmaster))
        if (serves_a_client(child)) backends.push_back(child);
    if (!backends.empty()) ::kill(backends[random % backends.size()], SIGKILL);
}

client::Endpoint Stage::endpoint(std::size_t index) const {
    client::Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = ports_[2 * index + 1];
    endpoint.tls = false;
    return endpoint;
}

std::string Stage::enter(const std::string& login, std::size_t index) {
    Client client({endpoint(index)});
    door::EnterAs ask{login, "próba"};
    value_of(run(io, client.enter_as(ask)), "enter-as " + login);
    return client.cookie();
}

std::unique_ptr<Client> Stage::connect(const std::string& login, std::size_t index) {
    auto client = std::make_unique<Client>(client::ClientSettings{endpoint(index), enter(login, index)});
    value_of(run(io, client->connect()), "connect " + login);
    return client;
}

std::vector<Room> Stage::make_rooms(std::size_t open, std::size_t sealed) {
    const auto client = connect(animator);
    return run(io, make_rooms_as(*client, open, sealed));
}

client::HttpReply Stage::get(const std::string& path, std::size_t index) {
    return run(io, client::request(endpoint(index), "GET", path, {}, {}));
}

double Stage::metric(const std::string& name, std::size_t index) {
    const auto page = get("/metrics", index).body;
    const auto at = page.find("\n" + name + " ");
    if (at == std::string::npos) throw std::runtime_error("no metric " + name);
    return std::strtod(page.c_str() + at + name.size() + 2, nullptr);
}

bool Stage::becomes(const std::function<bool()>& holds, std::chrono::seconds ceiling) {
    const auto until = std::chrono::steady_clock::now() + ceiling;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        run(io, pause(io, std::chrono::milliseconds(50)));
    }
    return true;
}

std::string Stage::logs() {
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder_))
        if (entry.path().extension() == ".log" || entry.path().extension() == ".err") all += text_of(entry.path());
    return all + text_of(cluster_->directory() / "server.log");
}

const std::vector<std::string>& members() {
    static const std::vector<std::string> logins{
        "hanna.bak",    "tomasz.borek",  "nina.gajda",      "rafal.sikora",    "marta.wilk",
        "lena.pawlak",  "teresa.golab",  "jan.kozak",       "andrzej.wierzba", "izabela.wrona",
        "beata.kalina", "elzbieta.maj",  "alicja.sowa",     "renata.chmiel",   "krystyna.jablonska",
        "filip.orzech", "dorota.wojcik", "joanna.pietrzak", "marek.olejnik",   "halina.cieslak"};
    return logins;
}

std::uint64_t seed() {
    const char* given = std::getenv("SPLOT_TEST_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 20260714;
}

} // namespace splot::faults

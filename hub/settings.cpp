#include "hub/settings.h"

#include <toml++/toml.h>

#include <set>
#include <stdexcept>

namespace splot {
namespace {

/// Reads the keys of one table and remembers them, so that a misspelt key is told instead of ignored.
class Table {
public:
    Table(const toml::table& file, std::string name) : name_(std::move(name)), table_(file[name_].as_table()) {}

    template <class T> void read(const char* key, T& into) {
        known_.insert(key);
        if (!table_ || !table_->contains(key)) return;
        const auto value = (*table_)[key].value<T>();
        if (!value) throw std::runtime_error(name_ + "." + key + ": wrong type");
        into = *value;
    }
    void read_port(const char* key, std::uint16_t& into) {
        std::int64_t port = into;
        read(key, port);
        if (port < 0 || port > 65535) throw std::runtime_error(name_ + "." + key + ": no port");
        into = static_cast<std::uint16_t>(port);
    }
    void read_size(const char* key, std::size_t& into) {
        std::int64_t size = static_cast<std::int64_t>(into);
        read(key, size);
        if (size < 0) throw std::runtime_error(name_ + "." + key + ": negative");
        into = static_cast<std::size_t>(size);
    }
    void read_texts(const char* key, std::vector<std::string>& into) {
        known_.insert(key);
        if (!table_ || !table_->contains(key)) return;
        const auto* array = (*table_)[key].as_array();
        if (!array) throw std::runtime_error(name_ + "." + key + ": a list of texts expected");
        for (const auto& element : *array)
            into.push_back(element.value_or(std::string()));
    }
    void finish() const {
        if (!table_) return;
        for (const auto& [key, value] : *table_)
            if (!known_.contains(std::string(key.str())))
                throw std::runtime_error(name_ + "." + std::string(key.str()) + ": unknown key");
    }

private:
    std::string name_;
    const toml::table* table_;
    std::set<std::string> known_;
};

} // namespace

Settings Settings::read(const std::string& path) {
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path + ":" + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    Settings s;
    Table listen(file, "listen"), postgres(file, "postgres"), keys(file, "keys"), hub(file, "hub"),
        sign_in(file, "sign_in"), limits(file, "limits"), log(file, "log");
    listen.read("address", s.listen.address);
    listen.read_port("port", s.listen.port);
    listen.read_port("plain_port", s.listen.plain_port);
    listen.read("certificate", s.listen.certificate);
    listen.read("key", s.listen.key);
    listen.read("behind_proxy", s.listen.behind_proxy);
    listen.read_texts("origins", s.listen.origins);
    postgres.read("conninfo", s.postgres.conninfo);
    postgres.read_size("pool", s.postgres.pool);
    keys.read("socket", s.keys.socket);
    hub.read_size("shards", s.hub.shards);
    hub.read("demonstration", s.hub.demonstration);
    hub.read("state", s.hub.state);
    hub.read("web_root", s.hub.web_root);
    sign_in.read("second_factor", s.sign_in.second_factor);
    if (!std::set<std::string>{"", "required", "optional"}.contains(s.sign_in.second_factor))
        throw std::runtime_error("sign_in.second_factor: \"required\" or \"optional\"");
    std::int64_t idle = s.sign_in.idle_minutes;
    sign_in.read("idle_minutes", idle);
    if (idle < 1 || idle > 12 * 60) throw std::runtime_error("sign_in.idle_minutes: 1 to 720");
    s.sign_in.idle_minutes = static_cast<std::int32_t>(idle);
    limits.read("rate_factor", s.limits.rate_factor);
    limits.read_size("sockets_per_person", s.limits.sockets_per_person);
    std::int64_t authenticate = s.limits.authenticate_within.count(), poll = s.limits.poll_every.count();
    limits.read("authenticate_within_ms", authenticate);
    limits.read("poll_every_ms", poll);
    limits.read("horizon", s.limits.horizon);
    limits.read("notify", s.limits.notify);
    s.limits.authenticate_within = std::chrono::milliseconds(authenticate);
    s.limits.poll_every = std::chrono::milliseconds(poll);
    log.read("level", s.log.level);
    log.read("file", s.log.file);
    for (const auto* table : {&listen, &postgres, &keys, &hub, &sign_in, &limits, &log})
        table->finish();
    static const std::set<std::string> tables{"listen", "postgres", "keys", "hub", "sign_in", "limits", "log"};
    for (const auto& [name, value] : file)
        if (!tables.contains(std::string(name.str())))
            throw std::runtime_error(std::string(name.str()) + ": unknown table");
    if (s.postgres.conninfo.empty()) throw std::runtime_error("postgres.conninfo: missing");
    if (s.keys.socket.empty()) throw std::runtime_error("keys.socket: missing");
    return s;
}

} // namespace splot

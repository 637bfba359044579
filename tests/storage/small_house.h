#pragma once
#include "tests/storage/postgres_fixture.h"

#include "storage/log/types.h"

#include <list>

/// A few rows of everything, put there by the owner: Nina of the labour office is a member of a team that has one
/// channel of all and one listed channel; Iza heads the office; Beata of the welfare centre belongs to nothing of it.
namespace splot::storage {

namespace house {

/// Ids as SQL and as values: 00000000-0000-4000-8000-0000000000NN.
std::string uuid(int number);
template <class T> T id(int number) { return T(*Uuid::parse(uuid(number))); }

constexpr int nina = 1, iza = 2, beata = 3, newcomer = 4;
constexpr int office = 11, centre = 12;
constexpr int team = 21;
constexpr int channel = 31, listed_channel = 32, sealed_channel = 33;
constexpr int ninas_mandate = 41, izas_mandate = 42, beatas_mandate = 43;
constexpr int topic = 51;
constexpr int message = 61;
constexpr int ninas_device = 71, beatas_device = 72;
constexpr int request = 81;

} // namespace house

class SmallHouse : public PostgresTest {
protected:
    SmallHouse();

    /// As one of the hub's roles; empty: the owner.
    std::unique_ptr<Connection> connect_as(const std::string& role);
    template <class T, class... Args> T value(const char* text, const Args&... args) {
        return one<T>(query(text, args...));
    }
    /// As the owner.
    template <class... Args> ResultSet query(const char* text, const Args&... args) {
        names_.push_back("house." + std::to_string(names_.size()));
        return ask(*owner, {names_.back().c_str(), text}, args...);
    }
    /// Labels by name: "office", "centre", "team", "listed".
    std::int32_t label(const std::string& name);
    std::int64_t stream(int id);
    std::int64_t epoch(int id);

    std::unique_ptr<Connection> owner = connect();

private:
    std::list<std::string> names_; ///< each statement is prepared under a name of its own
};

} // namespace splot::storage

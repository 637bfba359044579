#pragma once
#include "storage/log/chain.h"
#include "tests/faults/fleet.h"

#include <gmock/gmock.h>

namespace splot::faults {

/// The database as it is, asked by its owner: past every policy, so that nothing can hide.
std::map<std::string, std::int64_t> read_heads(Stage& stage, const std::vector<Room>& rooms);
storage::log::Chain read_chain(Stage& stage, const Room& room);
/// How many wordings of the room lie there without a key, or hold this text as it was written.
std::int64_t count_plain(Stage& stage, const Room& room, const std::string& text);

/// Rows of a table; 0 while there is no such table.
std::int64_t count_rows(Stage& stage, const std::string& table);

/// A fleet at its work, and the judgement of what it was told.
class Ordeal {
public:
    Ordeal(Stage& stage, std::vector<Room> rooms, Fleet::Size size);

    Fleet& fleet() { return fleet_; }
    /// Writers stop, readers catch up with the log, the judge finds nothing, and the chains are whole.
    void expect_every_promise_kept();

private:
    void read_rows(History& history);
    void expect_whole_chains();

    Stage& stage_;
    std::vector<Room> rooms_;
    std::map<std::string, std::int64_t> start_;
    Fleet fleet_;
};

/// Neither texts of the tests nor names and logins of people are in what the programs wrote about themselves.
void expect_nothing_personal(Stage& stage);

} // namespace splot::faults

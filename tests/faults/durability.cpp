// What was acknowledged is on disk: whoever is killed, whenever.
#include "tests/faults/aftermath.h"

#include <algorithm>
#include <cstdlib>

namespace splot::faults {
namespace {

enum class Victim { hub, keys, postgres, backend };

/// Every victim comes often enough, in an order that the seed gives.
std::vector<Victim> victims(int kills, std::mt19937_64& random) {
    using enum Victim;
    static constexpr Victim turn[] = {hub, postgres, keys, hub, backend, hub, keys, postgres, postgres, hub};
    std::vector<Victim> all;
    for (int i = 0; i < kills; ++i)
        all.push_back(turn[static_cast<std::size_t>(i) % std::size(turn)]);
    std::ranges::shuffle(all, random);
    return all;
}

/// Kills, and starts again; PostgreSQL starts itself again when one of its backends dies.
void strike(Stage& stage, Victim victim, std::mt19937_64& random) {
    switch (victim) {
    case Victim::hub:
        stage.hub().kill();
        return stage.start_hub();
    case Victim::keys:
        stage.keys().kill();
        return stage.start_keys();
    case Victim::postgres:
        stage.kill_postgres();
        return stage.cluster().start();
    case Victim::backend:
        return stage.kill_one_backend(random());
    }
}

/// Strikes at seeded moments: after so many acknowledgements, and then some microseconds into what is under way.
void rage(Stage& stage, Fleet& fleet, int kills) {
    std::mt19937_64 random{seed()};
    for (const auto victim : victims(kills, random)) {
        const auto acknowledged = std::uniform_int_distribution<std::uint64_t>(10, 90)(random);
        ASSERT_TRUE(fleet.await_acknowledged(acknowledged)) << "nothing is acknowledged any more";
        std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(0, 8'000)(random)));
        strike(stage, victim, random);
    }
    ASSERT_TRUE(fleet.await_acknowledged(60)) << "nothing is acknowledged after the last kill";
}

TEST(Durability, what_was_acknowledged_survives_every_kill) {
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    Stage stage({.disk = Stage::Disk::synced});
    Ordeal ordeal(stage, stage.make_rooms(3, 2), {});

    rage(stage, ordeal.fleet(), std::getenv("SPLOT_TEST_LONG") ? 30 : 10);

    ordeal.expect_every_promise_kept();
}

} // namespace
} // namespace splot::faults

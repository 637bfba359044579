#include "storage/vault/key_cache.h"
#include "tests/vault/holder.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include <csignal>

namespace splot::vault {
namespace {

using namespace std::chrono_literals;

struct Cache : testing::Test {
    Holder holder;
    std::chrono::steady_clock::time_point now{1h};
    KeyCache cache{holder.client, [this] { return now; }};
    const KeyId key = new_key_id();

    void SetUp() override { holder.create(key); }
    DataKey unwrap() { return run(holder.io, cache.unwrap(key, "channel:1")); }
};

TEST_F(Cache, answers_without_the_holder) {
    const DataKey secret = unwrap();

    holder.kill();

    EXPECT_TRUE(is_same(unwrap(), secret));
}

TEST_F(Cache, A73_a_destroyed_key_is_gone_within_60_seconds) {
    unwrap();
    holder.destroy(key);

    now += 59s;
    EXPECT_NO_THROW(unwrap());
    now += 1s;
    EXPECT_THROW(unwrap(), KeyDestroyed);
}

TEST_F(Cache, A73_a_forgotten_key_is_gone_at_once) {
    unwrap();
    holder.destroy(key);

    cache.forget(key);

    EXPECT_THROW(unwrap(), KeyDestroyed);
}

TEST_F(Cache, dropping_what_is_old_keeps_what_is_young) {
    unwrap();
    holder.kill();

    now += 59s;
    cache.drop_expired();
    EXPECT_NO_THROW(unwrap());
    now += 1s;
    cache.drop_expired();
    EXPECT_THROW(unwrap(), KeyHolderGone);
}

Async<void> warm(KeyCache& cache, KeyId key) { co_await cache.unwrap(key, "channel:1"); }

TEST_F(Cache, an_answer_under_way_while_its_key_is_forgotten_is_not_kept) {
    holder.process().signal(SIGSTOP);
    bool is_done = false;
    boost::asio::co_spawn(holder.io, warm(cache, key), [&is_done](std::exception_ptr) { is_done = true; });
    holder.io.restart();
    holder.io.poll();
    cache.forget(key);
    holder.process().signal(SIGCONT);
    run_until(holder.io, [&] { return is_done; });

    holder.kill();

    EXPECT_THROW(unwrap(), KeyHolderGone);
}

TEST_F(Cache, another_context_is_refused_though_the_key_is_there) {
    unwrap();

    EXPECT_THROW(run(holder.io, cache.unwrap(key, "channel:2")), KeyRefused);
}

} // namespace
} // namespace splot::vault

#include "tests/vault/holder.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstring>
#include <map>
#include <random>
#include <sys/inotify.h>
#include <unistd.h>

namespace splot::vault {
namespace {

/// Sees each file of the store that is put in place.
class Watch {
public:
    explicit Watch(const std::filesystem::path& store) : fd_(::inotify_init1(IN_CLOEXEC)) {
        ::inotify_add_watch(fd_, store.c_str(), IN_MOVED_TO);
    }
    ~Watch() { ::close(fd_); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// Returns after the next `count` files.
    void await(std::size_t count) const {
        std::array<char, 65536> buffer{};
        while (count > 0) {
            const ssize_t got = ::read(fd_, buffer.data(), buffer.size());
            for (ssize_t at = 0; at < got && count > 0; --count) {
                inotify_event event{};
                std::memcpy(&event, buffer.data() + at, sizeof event);
                at += static_cast<ssize_t>(sizeof event + event.len);
            }
        }
    }

private:
    int fd_;
};

struct Rotation : testing::Test {
    static constexpr std::size_t key_count = 60;
    Holder holder;
    std::map<KeyId, DataKey> keys;

    void SetUp() override {
        for (std::size_t i = 0; i < key_count; ++i) {
            const KeyId key = new_key_id();
            holder.create(key, "channel:" + key.text());
            keys.emplace(key, holder.unwrap(key, "channel:" + key.text()));
        }
    }

    void expect_all_keys() {
        for (const auto& [key, secret] : keys)
            EXPECT_TRUE(is_same(holder.unwrap(key, "channel:" + key.text()), secret)) << key.text();
    }

    std::uintmax_t kek_size() const { return std::filesystem::file_size(holder.store() / "kek"); }
};

TEST_F(Rotation, all_keys_open_under_three_versions_one_after_another) {
    const SecretBytes cursor = holder.derive("cursor");
    const auto size_of_one_version = kek_size();
    for (int version = 2; version <= 3; ++version) {
        holder.kill();
        ASSERT_EQ(holder.rotate(), 0);
        holder.start();
        expect_all_keys();
        EXPECT_TRUE(is_same(holder.derive("cursor"), cursor));
        EXPECT_EQ(kek_size(), size_of_one_version) << "older versions are dropped";
    }
}

TEST_F(Rotation, killed_at_any_moment_it_loses_no_key) {
    const auto size_of_one_version = kek_size();
    std::mt19937 dice(20261124);
    // The key-encryption key, the root, the keys, and the key-encryption key again.
    std::uniform_int_distribution<std::size_t> moments(1, key_count + 3);
    holder.kill();
    for (int round = 0; round < 12; ++round) {
        const std::size_t moment = moments(dice);
        const Watch watch(holder.store());
        HolderProcess rotation({"--store", holder.store().string(), "rotate"}, HolderProcess::Await::nothing);
        watch.await(moment);
        rotation.signal(SIGKILL);
        rotation.wait();
        holder.start();
        expect_all_keys();
        holder.kill();
    }

    EXPECT_EQ(holder.rotate(), 0);

    EXPECT_EQ(kek_size(), size_of_one_version);
    holder.start();
    expect_all_keys();
}

TEST_F(Rotation, a_key_that_does_not_open_stops_it_and_nothing_is_dropped) {
    const KeyId broken = keys.begin()->first;
    holder.kill();
    std::filesystem::resize_file(holder.key_file(broken), 40);

    EXPECT_EQ(holder.rotate(), 1);

    holder.start();
    EXPECT_THROW(holder.unwrap(broken, "channel:" + broken.text()), KeyRefused);
    keys.erase(broken);
    expect_all_keys();
}

} // namespace
} // namespace splot::vault

#include "tests/vault/holder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sys/stat.h>

namespace splot::vault {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_to(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
    fs::permissions(file, fs::perms(0600));
}

int start_code(const fs::path& store, const fs::path& socket) {
    HolderProcess process({"--store", store.string(), "--socket", socket.string()});
    return process.is_ready() ? 0 : process.wait();
}

TEST(KeyHolder, gives_back_the_key_that_it_made) {
    Holder holder;
    const KeyId key = new_key_id(), other = new_key_id();

    holder.create(key);
    holder.create(other);

    EXPECT_TRUE(is_same(holder.unwrap(key), holder.unwrap(key)));
    EXPECT_FALSE(is_same(holder.unwrap(key), holder.unwrap(other)));
}

TEST(KeyHolder, making_the_same_key_again_changes_nothing) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    const DataKey before = holder.unwrap(key);

    holder.create(key);

    EXPECT_TRUE(is_same(holder.unwrap(key), before));
}

TEST(KeyHolder, does_not_know_a_key_that_was_never_made) {
    Holder holder;

    EXPECT_THROW(holder.unwrap(new_key_id()), KeyUnknown);
    EXPECT_THROW(holder.destroy(new_key_id()), KeyUnknown);
}

TEST(KeyHolder, refuses_a_key_for_another_context) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key, "channel:1");

    EXPECT_THROW(holder.unwrap(key, "channel:2"), KeyRefused);
    EXPECT_THROW(holder.create(key, "channel:2"), KeyRefused);
    EXPECT_NO_THROW(holder.unwrap(key, "channel:1"));
}

TEST(KeyHolder, what_was_answered_survives_a_kill) {
    Holder holder;
    for (int i = 0; i < 10; ++i) {
        const KeyId key = new_key_id();
        holder.create(key);
        const DataKey before = holder.unwrap(key);
        const KeyId unread = new_key_id();
        holder.create(unread);

        holder.restart();

        EXPECT_TRUE(is_same(holder.unwrap(key), before));
        EXPECT_NO_THROW(holder.unwrap(unread));
    }
}

TEST(KeyHolder, A73_a_destroyed_key_leaves_a_tombstone_and_never_comes_back) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);

    holder.destroy(key);

    EXPECT_THROW(holder.unwrap(key), KeyDestroyed);
    EXPECT_THROW(holder.create(key), KeyDestroyed);
    holder.restart();
    EXPECT_THROW(holder.unwrap(key), KeyDestroyed);
    EXPECT_THROW(holder.create(key), KeyDestroyed);
    EXPECT_NO_THROW(holder.destroy(key));
    EXPECT_FALSE(fs::exists(holder.key_file(key)));
    EXPECT_TRUE(content_of(holder.key_file(key, ".gone")).starts_with("destroyed 20"));
}

TEST(KeyHolder, A73_destroying_one_key_leaves_the_others) {
    Holder holder;
    const KeyId key = new_key_id(), other = new_key_id();
    holder.create(key);
    holder.create(other);

    holder.destroy(key);

    EXPECT_NO_THROW(holder.unwrap(other));
}

TEST(KeyHolder, A73_a_key_beside_its_tombstone_is_destroyed_at_the_next_start) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    const std::string file = content_of(holder.key_file(key));
    holder.destroy(key);
    holder.kill();
    write_to(holder.key_file(key), file); // as if it had been killed between the two

    holder.start();

    EXPECT_THROW(holder.unwrap(key), KeyDestroyed);
    EXPECT_FALSE(fs::exists(holder.key_file(key)));
}

TEST(KeyHolder, refuses_a_file_that_was_moved_to_another_key) {
    Holder holder;
    const KeyId key = new_key_id(), other = new_key_id();
    holder.create(key);
    holder.create(other);

    fs::copy_file(holder.key_file(key), holder.key_file(other), fs::copy_options::overwrite_existing);

    EXPECT_THROW(holder.unwrap(other), KeyRefused);
    EXPECT_NO_THROW(holder.unwrap(key));
}

TEST(KeyHolder, refuses_a_file_in_which_any_byte_was_changed) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    const std::string file = content_of(holder.key_file(key));
    for (std::size_t i = 0; i < file.size(); ++i) {
        std::string changed = file;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        write_to(holder.key_file(key), changed);
        EXPECT_THROW(holder.unwrap(key), KeyRefused) << "byte " << i;
    }
    write_to(holder.key_file(key), file.substr(0, 20));
    EXPECT_THROW(holder.unwrap(key), KeyRefused);
    write_to(holder.key_file(key), file);
    EXPECT_NO_THROW(holder.unwrap(key));
}

TEST(KeyHolder, the_store_holds_no_key_in_plain_text) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    const DataKey secret = holder.unwrap(key);
    const std::string plain(reinterpret_cast<const char*>(secret.bytes().data()), DataKey::size);

    for (const auto& file : fs::directory_iterator(holder.store()))
        EXPECT_EQ(content_of(file.path()).find(plain), std::string::npos) << file.path();
}

TEST(KeyHolder, derives_the_same_for_a_purpose_and_another_for_another) {
    Holder holder;
    const SecretBytes cursor = holder.derive("cursor");

    holder.restart();

    EXPECT_TRUE(is_same(holder.derive("cursor"), cursor));
    EXPECT_FALSE(is_same(holder.derive("params"), cursor));
    EXPECT_FALSE(is_same(Holder().derive("cursor"), cursor));
}

TEST(KeyHolder, ends_cleanly_on_sigterm) {
    Holder holder;
    holder.create(new_key_id());

    EXPECT_EQ(holder.stop(), 0);
    EXPECT_FALSE(fs::exists(holder.socket()));
}

TEST(KeyHolder, two_holders_never_share_a_store_or_a_socket) {
    Holder holder;
    const ScratchFolder elsewhere;

    EXPECT_EQ(start_code(holder.store(), elsewhere.path() / "socket"), 1);
    EXPECT_EQ(start_code(elsewhere.path() / "store", holder.socket()), 1);
    EXPECT_EQ(holder.rotate(), 1);
    EXPECT_NO_THROW(holder.create(new_key_id()));
    EXPECT_EQ(start_code(elsewhere.path() / "store", elsewhere.path() / "socket"), 0);
}

TEST(KeyHolder, does_not_start_where_others_may_look) {
    const ScratchFolder scratch;
    const auto store = scratch.path() / "store";
    fs::create_directory(store);

    fs::permissions(store, fs::perms(0750));
    EXPECT_EQ(start_code(store, scratch.path() / "socket"), 1);
    fs::permissions(store, fs::perms(0700));
    EXPECT_EQ(start_code(store, scratch.path() / "socket"), 0);
}

TEST(KeyHolder, does_not_start_when_the_store_has_lost_its_kek_or_root) {
    Holder holder;
    holder.create(new_key_id());
    holder.kill();
    for (const std::string name : {"kek", "root"}) {
        fs::rename(holder.store() / name, holder.store() / "aside");
        EXPECT_EQ(start_code(holder.store(), holder.socket()), 1) << name;
        fs::rename(holder.store() / "aside", holder.store() / name);
    }
    EXPECT_EQ(start_code(holder.store(), holder.socket()), 0);
}

TEST(KeyHolder, only_its_own_user_may_read_what_it_makes) {
    Holder holder;
    holder.create(new_key_id());

    for (const auto& file : fs::directory_iterator(holder.store())) {
        struct stat info {};
        ASSERT_EQ(::stat(file.path().c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0600U) << file.path();
    }
    struct stat info {};
    ASSERT_EQ(::stat(holder.socket().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
}

} // namespace
} // namespace splot::vault

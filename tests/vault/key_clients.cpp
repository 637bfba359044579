#include "storage/keys/wire.h"
#include "tests/vault/holder.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include <csignal>
#include <grp.h>
#include <map>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace splot::vault {
namespace {

std::string frame(keys::Verb verb, KeyId key, std::string context = {}, std::uint32_t serial = 7) {
    const auto bytes = keys::encode({verb, serial, key.value.bytes, std::move(context)});
    return {bytes.begin(), bytes.end()};
}

/// What another user of this machine is answered.
enum class Heard { not_connected, closed, answer };
Heard as_user(uid_t user, const std::filesystem::path& socket, const std::string& question) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0) ::_exit(99);
        const RawClient client(socket);
        if (!client.is_connected()) ::_exit(static_cast<int>(Heard::not_connected));
        client.send(question);
        ::_exit(static_cast<int>(client.receive(8).empty() ? Heard::closed : Heard::answer));
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return static_cast<Heard>(WEXITSTATUS(status));
}

constexpr uid_t hub_user = 54321, stranger = 54322;

TEST(KeyClients, another_user_is_not_served) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    Holder holder;
    const std::string question = frame(keys::Verb::derive, KeyId{}, "cursor");

    EXPECT_EQ(as_user(stranger, holder.socket(), question), Heard::not_connected);
    EXPECT_EQ(as_user(0, holder.socket(), question), Heard::answer);
}

TEST(KeyClients, beside_an_allowed_user_a_stranger_is_closed_unheard) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    Holder holder({"--allow-uid", std::to_string(hub_user)});
    const std::string question = frame(keys::Verb::derive, KeyId{}, "cursor");

    EXPECT_EQ(as_user(stranger, holder.socket(), question), Heard::closed);
    EXPECT_EQ(as_user(hub_user, holder.socket(), question), Heard::answer);
}

TEST(KeyClients, nonsense_is_answered_where_it_can_be_and_closed) {
    Holder holder;
    const KeyId key = new_key_id();
    const std::vector<std::string> wrong = {
        frame(keys::Verb::create, KeyId{}, "channel:1"),     // no key
        frame(keys::Verb::create, key),                      // no context
        frame(keys::Verb::destroy, key, "channel:1"),        // a context
        frame(keys::Verb::derive, key, "cursor"),            // a key
        frame(keys::Verb::derive, KeyId{}, "Cursor/../kek"), // no purpose
        frame(static_cast<keys::Verb>(9), key, "channel:1"), // no verb
    };
    for (const std::string& question : wrong) {
        const RawClient client(holder.socket());
        client.send(question + frame(keys::Verb::destroy, key));
        const std::string answer = client.receive_all();
        ASSERT_EQ(answer.size(), keys::length_size + keys::header_size);
        EXPECT_EQ(static_cast<keys::Outcome>(answer[3]), keys::Outcome::malformed);
        EXPECT_EQ(answer[7], 7);
    }
    for (const std::string& impossible : {std::string("\0\0", 2), std::string("\xff\xff"), std::string("\0\5", 2)}) {
        const RawClient client(holder.socket());
        client.send(impossible);
        EXPECT_EQ(client.receive_all(), "");
    }
}

/// Mostly frames that are nearly right, for pure noise ends at the length.
std::string nearly_a_frame(std::mt19937& dice) {
    const auto roll = [&dice](unsigned sides) { return static_cast<unsigned>(dice() % sides); };
    std::string bytes =
        frame(static_cast<keys::Verb>(1 + roll(5)), roll(3) ? KeyId(Uuid{{1, 2}}) : KeyId{},
              std::string(roll(230), static_cast<char>('a' + roll(26))), static_cast<std::uint32_t>(dice()));
    for (unsigned flips = roll(3); flips > 0; --flips)
        bytes[roll(static_cast<unsigned>(bytes.size()))] ^= static_cast<char>(1 + roll(255));
    if (roll(4) == 0) bytes.resize(roll(static_cast<unsigned>(bytes.size())));
    if (roll(8) == 0)
        for (char& c : bytes)
            c = static_cast<char>(dice());
    return bytes;
}

TEST(KeyClients, ten_thousand_malformed_frames_leave_it_standing) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    std::mt19937 dice(20261124);
    for (int i = 0; i < 10000; ++i) {
        const RawClient client(holder.socket());
        client.send(nearly_a_frame(dice));
        client.end_sending();
        client.receive_all();
    }

    EXPECT_NO_THROW(holder.unwrap(key));
    EXPECT_EQ(holder.stop(), 0) << "the same process as at the start";
}

TEST(KeyClients, a_hundred_silent_ones_hinder_nobody) {
    Holder holder;
    const KeyId key = new_key_id();
    std::vector<RawClient> silent;
    for (int i = 0; i < 100; ++i) {
        silent.emplace_back(holder.socket());
        if (i % 2 == 0)
            silent.back().send(frame(keys::Verb::create, key, "channel:1").substr(0, static_cast<std::size_t>(i) / 4));
    }

    holder.create(key);

    EXPECT_NO_THROW(holder.unwrap(key));
    silent.back().send(frame(keys::Verb::unwrap, key, "channel:1"));
    EXPECT_EQ(silent.back().receive(keys::length_size + keys::max_answer).size(), keys::length_size + keys::max_answer);
}

TEST(KeyClients, more_than_it_can_hold_cost_the_longest_silent_ones_their_place) {
    Holder holder;
    std::vector<RawClient> silent;
    for (int i = 0; i < 300; ++i)
        silent.emplace_back(holder.socket());

    EXPECT_NO_THROW(holder.create(new_key_id()));
    EXPECT_EQ(silent.front().receive_all(), "") << "it was closed";
}

TEST(KeyClients, one_that_does_not_read_is_not_read_from_and_gets_every_answer_later) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    const std::string question = frame(keys::Verb::unwrap, key, "channel:1");
    std::string questions;
    for (int i = 0; i < 20000; ++i)
        questions += question;
    const RawClient greedy(holder.socket());
    const auto begun = greedy.send_some(questions);
    ASSERT_LT(begun, questions.size()) << "the holder stopped reading";

    EXPECT_NO_THROW(holder.unwrap(key));

    std::size_t sent = begun, answered = 0;
    while (answered < 20000 * (keys::length_size + keys::max_answer)) {
        sent += greedy.send_some(std::string_view(questions).substr(sent));
        const std::string some = greedy.receive_some();
        ASSERT_FALSE(some.empty());
        answered += some.size();
    }
}

Async<void> expect_key(KeyClient& client, KeyId key, DataKey expected, int& right) {
    const DataKey found = co_await client.unwrap(key, "channel:1");
    right += is_same(found, expected) ? 1 : 0;
}

TEST(KeyClients, requests_share_a_connection_and_each_gets_its_own_answer) {
    Holder holder;
    std::map<KeyId, DataKey> keys;
    for (int i = 0; i < 20; ++i) {
        const KeyId key = new_key_id();
        holder.create(key);
        keys.emplace(key, holder.unwrap(key));
    }
    int right = 0, ended = 0;
    for (int i = 0; i < 10; ++i)
        for (const auto& [key, secret] : keys)
            boost::asio::co_spawn(holder.io, expect_key(holder.client, key, secret, right),
                                  [&ended](std::exception_ptr) { ++ended; });

    run_until(holder.io, [&] { return ended == 200; });

    EXPECT_EQ(right, 200);
}

TEST(KeyClients, a_new_holder_is_found_by_itself) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);

    holder.restart();
    EXPECT_NO_THROW(holder.unwrap(key));

    holder.kill();
    EXPECT_THROW(holder.unwrap(key), KeyHolderGone);
    holder.start();
    EXPECT_NO_THROW(holder.unwrap(key));
}

TEST(KeyClients, a_holder_that_hangs_is_given_up_after_two_seconds) {
    Holder holder;
    const KeyId key = new_key_id();
    holder.create(key);
    holder.process().signal(SIGSTOP);
    const auto begun = std::chrono::steady_clock::now();

    EXPECT_THROW(holder.unwrap(key), KeyHolderGone);

    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(4));
    holder.process().signal(SIGCONT);
    EXPECT_NO_THROW(holder.unwrap(key));
}

TEST(KeyClients, a_store_that_cannot_be_written_is_as_good_as_gone) {
    Holder holder;
    const KeyId key = new_key_id();
    const auto obstacle = holder.store() / (".new-" + holder.key_file(key).filename().string());
    std::filesystem::create_directory(obstacle); // where the new file would be written

    EXPECT_THROW(holder.create(key), KeyHolderGone);

    std::filesystem::remove(obstacle);
    EXPECT_THROW(holder.unwrap(key), KeyUnknown);
    EXPECT_NO_THROW(holder.create(key));
}

} // namespace
} // namespace splot::vault

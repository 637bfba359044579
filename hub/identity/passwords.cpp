#include "hub/identity/passwords.h"

#include "hub/make_id.h"
#include "storage/async/one_shot.h"
#include "storage/vault/digest.h"

#include <argon2.h>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unistd.h>

namespace splot {
namespace {

constexpr std::size_t threads = 2;
constexpr int most_waiting = 50;
constexpr std::size_t salt_size = 16, tag_size = 32;

std::string peppered(const std::vector<std::byte>& pepper, const Personal<std::string>& password) {
    const auto mac = vault::hmac_sha256(pepper, password.reveal());
    return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::string encode(const std::string& secret, Passwords::Cost cost) {
    const auto salt = random_bytes<salt_size>();
    std::array<char, 256> encoded{};
    const int failed = argon2id_hash_encoded(cost.passes, cost.memory_kib, 1, secret.data(), secret.size(), salt.data(),
                                             salt.size(), tag_size, encoded.data(), encoded.size());
    if (failed != ARGON2_OK) throw std::runtime_error(argon2_error_message(failed));
    return encoded.data();
}

/// Sockets come first: a thread that hashes is a little nicer than those that serve. On Linux `nice` is of the thread.
void give_way() {
    static thread_local const int niceness = ::nice(5);
    static_cast<void>(niceness);
}

} // namespace

struct Passwords::State {
    std::vector<std::byte> pepper;
    Cost cost;
    std::string dummy; ///< a hash of nothing anybody knows, at today's cost
    boost::asio::thread_pool pool{threads};
    std::atomic<int> waiting{0};

    /// Runs `work` on the pool and gives its value back on the shard's thread.
    template <class T, class Work> Async<std::optional<T>> offload(boost::asio::io_context& shard, Work work) {
        if (waiting.fetch_add(1) >= most_waiting) {
            waiting.fetch_sub(1);
            co_return std::nullopt;
        }
        const auto done = std::make_shared<OneShot<T>>();
        boost::asio::post(pool, [this, &shard, done, work = std::move(work)] {
            give_way();
            T value = work();
            waiting.fetch_sub(1);
            boost::asio::post(shard, [done, value = std::move(value)] { done->set(value); });
        });
        co_return co_await done->wait();
    }
};

Passwords::Passwords() : state_(std::make_unique<State>()) {}
Passwords::~Passwords() { stop(); }

void Passwords::set(std::vector<std::byte> pepper, Cost cost) {
    state_->pepper = std::move(pepper);
    state_->cost = cost;
    const auto nobody = random_bytes<tag_size>();
    state_->dummy = encode({reinterpret_cast<const char*>(nobody.data()), nobody.size()}, cost);
}

void Passwords::stop() { state_->pool.join(); }

Async<std::optional<std::string>> Passwords::hash(boost::asio::io_context& shard, Personal<std::string> password) {
    auto* state = state_.get();
    return state->offload<std::string>(
        shard, [state, secret = peppered(state->pepper, password)] { return encode(secret, state->cost); });
}

Async<std::optional<bool>> Passwords::matches(boost::asio::io_context& shard, Personal<std::string> password,
                                              std::optional<std::string> stored) {
    auto* state = state_.get();
    return state->offload<bool>(shard, [state, secret = peppered(state->pepper, password), stored = std::move(stored)] {
        const auto& encoded = stored ? *stored : state->dummy;
        const bool same = argon2id_verify(encoded.c_str(), secret.data(), secret.size()) == ARGON2_OK;
        return same && stored.has_value();
    });
}

namespace {

/// Letters only, small: digits and marks around a common word make no password of it.
std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital || (c >= 'a' && c <= 'z') || (c & 0x80)) letters += capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return letters;
}

/// What guessers try first: common ones in Poland, and words of the place.
constexpr std::string_view common_words[] = {
    "",          "password",   "qwerty",        "qwertyui", "qwertyuiop",  "haslo",    "hasło",
    "mojehaslo", "tajnehaslo", "zaqwsx",        "polska",   "kochanie",    "misiek",   "lukasz",
    "monika",    "admin",      "administrator", "splot",    "splotsplot",  "gops",     "mops",
    "pcpr",      "ops",        "pup",           "powiat",   "gmina",       "pomoc",    "rodzina",
    "zespol",    "zespół",     "partnerstwo",   "szkola",   "szkoła",      "policja",  "urzad",
    "urząd",     "starostwo",  "kierownik",     "praca",    "wiosna",      "lato",     "jesien",
    "jesień",    "zima",       "styczen",       "luty",     "marzec",      "kwiecien", "maj",
    "czerwiec",  "lipiec",     "sierpien",      "wrzesien", "pazdziernik", "listopad", "grudzien",
    "abc",       "abcd",       "abcdef",        "letmein",  "welcome",     "witaj"};

bool is_common(std::string_view text, std::string_view login) {
    const auto letters = letters_of(text);
    if (std::ranges::find(common_words, std::string_view(letters)) != std::end(common_words)) return true;
    return login.size() >= 3 && letters == letters_of(login);
}

} // namespace

bool Passwords::is_acceptable(const Personal<std::string>& password, std::string_view login) {
    const auto& text = password.reveal();
    const auto characters = std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
    return characters >= static_cast<std::ptrdiff_t>(shortest) && characters <= static_cast<std::ptrdiff_t>(longest) &&
           !is_common(text, login);
}

} // namespace splot

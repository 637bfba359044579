#include "hub/identity/codes.h"

#include "hub/make_id.h"
#include "protocol/enums.h"
#include "storage/vault/digest.h"

#include <algorithm>

namespace splot::identity::codes {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789"; // none that is taken for another

/// Every letter as likely as the next: bytes beyond the last whole round are thrown away.
char pick(std::string_view from) {
    const auto round = 256 - 256 % from.size();
    for (;;) {
        const auto byte = std::to_integer<std::size_t>(random_bytes<1>()[0]);
        if (byte < round) return from[byte % from.size()];
    }
}

std::string make_one(std::string_view from, std::size_t groups, char between) {
    constexpr std::size_t in_group = 4;
    std::string code;
    for (std::size_t i = 0; i < groups * in_group; ++i) {
        if (i > 0 && i % in_group == 0) code += between;
        code += pick(from);
    }
    return code;
}

storage::Bytes mac_of(std::span<const std::byte> key, std::string_view purpose, PersonId person,
                      std::string_view code) {
    const auto digest = vault::hmac_sha256(key, std::string(purpose) + ":" + person.text() + ":" + std::string(code));
    return {digest.begin(), digest.end()};
}

} // namespace

std::vector<std::string> make(Factor kind) {
    const bool card = kind == Factor::code_card;
    const std::size_t count = card ? on_card : for_recovery;
    std::vector<std::string> all;
    while (all.size() < count) {
        auto code = card ? make_one(digits, 2, ' ') : make_one(letters, 3, '-');
        if (std::ranges::find(all, code) == all.end()) all.push_back(std::move(code));
    }
    return all;
}

storage::Bytes mac(std::span<const std::byte> key, PersonId person, Factor kind, std::string_view code) {
    return mac_of(key, enum_text(kind), person, typed(code));
}

std::string typed(std::string_view code) {
    std::string out;
    for (const char c : code) {
        if (c == ' ' || c == '-' || c == '\t') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

bool is_acceptable_pin(std::string_view pin) {
    if (pin.size() < 4 || pin.size() > 12 || pin.find_first_not_of(digits) != std::string_view::npos) return false;
    const auto steps = [&](int by) {
        return std::ranges::adjacent_find(pin, [by](char a, char b) { return b - a != by; }) == pin.end();
    };
    return !steps(0) && !steps(1) && !steps(-1);
}

storage::Bytes pin_mac(std::span<const std::byte> key, PersonId person, std::string_view pin) {
    return mac_of(key, "pin", person, pin);
}

} // namespace splot::identity::codes

#include "hub/identity/totp.h"

#include "storage/vault/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace splot::identity::totp {
namespace {

using Mac = std::array<unsigned char, 20>;

Mac hmac_sha1(std::string_view key, const std::array<unsigned char, 8>& message) {
    Mac mac{};
    unsigned size = 0;
    if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), mac.data(), &size))
        throw std::runtime_error("OpenSSL: HMAC-SHA1");
    return mac;
}

/// Letters, digits and what may stand in a path; the rest as %XX.
std::string escaped(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos)
            out += c;
        else
            out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

} // namespace

std::int64_t step_at(Instant now) {
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count() / 30;
}

std::string code_at(std::string_view secret, std::int64_t step, int digits) {
    std::array<unsigned char, 8> message{};
    for (int i = 7; i >= 0; --i, step >>= 8)
        message[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step & 255);
    const auto mac = hmac_sha1(secret, message);
    const std::size_t at = mac.back() & 15u;
    std::uint32_t number = mac[at] & 127u;
    for (std::size_t i = 1; i < 4; ++i)
        number = number << 8 | mac[at + i];
    std::string code(static_cast<std::size_t>(digits), '0');
    for (int i = digits - 1; i >= 0; --i, number /= 10)
        code[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
    return code;
}

std::optional<std::int64_t> accepted_step(std::string_view secret, std::string_view code, Instant now,
                                          std::int64_t last) {
    std::optional<std::int64_t> accepted;
    const auto here = step_at(now);
    for (const auto step : {here - 1, here, here + 1}) { // all three, whatever fits
        const bool fits = vault::equal_in_constant_time(code_at(secret, step), code);
        if (fits && step > last && !accepted) accepted = step;
    }
    return accepted;
}

std::string to_base32(std::string_view bytes) {
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned pending = 0, bits = 0;
    for (const char c : bytes) {
        pending = pending << 8 | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5)
            text += letters[pending >> (bits - 5) & 31];
    }
    if (bits > 0) text += letters[pending << (5 - bits) & 31];
    return text;
}

std::string uri(const std::string& issuer, const std::string& login, std::string_view secret) {
    return "otpauth://totp/" + escaped(issuer) + ":" + escaped(login) + "?secret=" + to_base32(secret) +
           "&issuer=" + escaped(issuer) + "&algorithm=SHA1&digits=6&period=30";
}

} // namespace splot::identity::totp

#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the key holder and its clients say to each other, over a Unix stream socket.
///
///     request   length:u16  version:u8  verb:u8     serial:u32  key:16 bytes  context:0…200 bytes
///     answer    length:u16  version:u8  outcome:u8  serial:u32  secret:0 or 32 bytes
///
/// Numbers are big-endian; the length counts what follows it. Requests may be sent without waiting (pipelined); each
/// gets one answer, in order, with its serial. `derive` has a nil key and its purpose as context; `destroy` has no
/// context. A frame that is none of these is answered `malformed` where it has a serial, and the connection closed.
namespace splot::keys {

inline constexpr std::uint8_t wire_version = 1;
inline constexpr std::size_t secret_size = 32;
inline constexpr std::size_t length_size = 2;
inline constexpr std::size_t header_size = 6;
inline constexpr std::size_t key_size = 16;
inline constexpr std::size_t max_context = 200;
inline constexpr std::size_t max_request = header_size + key_size + max_context;
inline constexpr std::size_t max_answer = header_size + secret_size;

enum class Verb : std::uint8_t {
    create = 1,  ///< a new key for this context; again with the same context is `done` too, so it may be repeated
    unwrap = 2,  ///< the key's 32 bytes
    destroy = 3, ///< for ever; again is `done` too
    derive = 4,  ///< 32 bytes that depend only on the purpose and this store
};

enum class Outcome : std::uint8_t {
    done = 0,
    unknown = 1,   ///< no key of this id was ever made
    destroyed = 2, ///< a tombstone stands in its place (A-73)
    refused = 3,   ///< made for another context, or what is stored is not what was written
    failed = 4,    ///< the store could not be read or written; nothing may be assumed
    malformed = 5, ///< not a request of this version
};

using KeyName = std::array<std::uint8_t, key_size>;

struct Request {
    Verb verb = Verb::unwrap;
    std::uint32_t serial = 0;
    KeyName key{};
    std::string context;
};

struct AnswerHead {
    Outcome outcome = Outcome::malformed;
    std::uint32_t serial = 0;
};

inline void put_u16(std::uint8_t* at, std::size_t number) {
    at[0] = static_cast<std::uint8_t>(number >> 8);
    at[1] = static_cast<std::uint8_t>(number);
}
inline void put_u32(std::uint8_t* at, std::uint32_t number) {
    put_u16(at, number >> 16);
    put_u16(at + 2, number & 0xffff);
}
inline std::size_t get_u16(const std::uint8_t* at) { return static_cast<std::size_t>(at[0]) << 8 | at[1]; }
inline std::uint32_t get_u32(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(get_u16(at)) << 16 | static_cast<std::uint32_t>(get_u16(at + 2));
}

/// A purpose is a short word such as `password-pepper`.
inline bool is_purpose(std::string_view text) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

/// Whether the parts of a request go together (see `Verb`).
inline bool is_well_formed(const Request& request) {
    const bool is_nil = request.key == KeyName{};
    switch (request.verb) {
    case Verb::create:
    case Verb::unwrap:
        return !is_nil && !request.context.empty() && request.context.size() <= max_context;
    case Verb::destroy:
        return !is_nil && request.context.empty();
    case Verb::derive:
        return is_nil && is_purpose(request.context);
    }
    return false;
}

/// The whole frame, length included. The request must be well formed.
inline std::vector<std::uint8_t> encode(const Request& request) {
    std::vector<std::uint8_t> frame(length_size + header_size);
    put_u16(frame.data(), header_size + key_size + request.context.size());
    frame[2] = wire_version;
    frame[3] = static_cast<std::uint8_t>(request.verb);
    put_u32(&frame[4], request.serial);
    frame.insert(frame.end(), request.key.begin(), request.key.end());
    frame.insert(frame.end(), request.context.begin(), request.context.end());
    return frame;
}

/// Reads what follows the length; nullopt when it is no well-formed request of this version.
inline std::optional<Request> decode_request(std::span<const std::uint8_t> frame) {
    if (frame.size() < header_size + key_size || frame.size() > max_request || frame[0] != wire_version)
        return std::nullopt;
    Request request;
    request.verb = static_cast<Verb>(frame[1]);
    request.serial = get_u32(&frame[2]);
    std::copy_n(frame.begin() + header_size, key_size, request.key.begin());
    request.context.assign(frame.begin() + header_size + key_size, frame.end());
    return is_well_formed(request) ? std::optional(std::move(request)) : std::nullopt;
}

/// Writes the whole frame, length included, to `at` (room for `length_size + max_answer`); answers its size.
/// The secret has 32 bytes or none.
inline std::size_t encode_answer(std::uint8_t* at, AnswerHead head, std::span<const std::uint8_t> secret) {
    put_u16(at, header_size + secret.size());
    at[2] = wire_version;
    at[3] = static_cast<std::uint8_t>(head.outcome);
    put_u32(at + 4, head.serial);
    std::copy(secret.begin(), secret.end(), at + length_size + header_size);
    return length_size + header_size + secret.size();
}

/// Reads what follows the length. The secret, if there is one, is all that follows the header.
inline std::optional<AnswerHead> decode_answer(std::span<const std::uint8_t> frame) {
    const bool has_size = frame.size() == header_size || frame.size() == max_answer;
    if (!has_size || frame[0] != wire_version || frame[1] > static_cast<std::uint8_t>(Outcome::malformed))
        return std::nullopt;
    return AnswerHead{static_cast<Outcome>(frame[1]), get_u32(&frame[2])};
}

} // namespace splot::keys

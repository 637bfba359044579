#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace splot {

/// 128 bits, written as RFC 9562 text (lower case, with hyphens).
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    static std::optional<Uuid> parse(std::string_view text);
    std::string text() const;
    bool is_nil() const { return *this == Uuid{}; }
    auto operator<=>(const Uuid&) const = default;
};

/// One kind of object's id; converts to and from Uuid only explicitly, so a PersonId never passes for a TeamId.
template <class Tag> struct Id {
    Uuid value{};

    Id() = default;
    explicit Id(Uuid uuid) : value(uuid) {}
    explicit operator Uuid() const { return value; }
    static std::optional<Id> parse(std::string_view text) {
        const auto uuid = Uuid::parse(text);
        return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
    }
    std::string text() const { return value.text(); }
    bool is_nil() const { return value.is_nil(); }
    auto operator<=>(const Id&) const = default;
};

using PersonId = Id<struct PersonTag>;
using InstitutionId = Id<struct InstitutionTag>;
using TeamId = Id<struct TeamTag>;
using MandateId = Id<struct MandateTag>;
using ChannelId = Id<struct ChannelTag>;
using TopicId = Id<struct TopicTag>;
using MessageId = Id<struct MessageTag>;
/// A stream has the id of the object it tells of: a channel, later a case, board, meeting, session; a person's inbox.
using StreamId = Id<struct StreamTag>;
/// A JSON-RPC id of a writing call, UUIDv7, made by the client.
using RequestId = Id<struct RequestTag>;
/// One signed-in browser or program.
using DeviceId = Id<struct DeviceTag>;
using KeyId = Id<struct KeyTag>;

} // namespace splot

template <> struct std::hash<splot::Uuid> {
    std::size_t operator()(const splot::Uuid& uuid) const noexcept {
        std::uint64_t low;
        std::memcpy(&low, uuid.bytes.data() + 8, sizeof low);
        return low;
    }
};
template <class Tag> struct std::hash<splot::Id<Tag>> {
    std::size_t operator()(const splot::Id<Tag>& id) const noexcept { return std::hash<splot::Uuid>{}(id.value); }
};

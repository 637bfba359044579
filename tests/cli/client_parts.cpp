#include "clients/cli/backoff.h"
#include "clients/cli/hub_address.h"
#include "clients/cli/link.h"
#include "clients/cli/notice.h"
#include "clients/cli/request_id.h"
#include "protocol/channels/events.h"

#include <gmock/gmock.h>

using namespace splot;
using namespace splot::client;
using cli::Exit;
using cli::read_hub_address;

TEST(RequestIds, are_version_7_by_the_hubs_clock_and_rise) {
    RequestIds ids;
    ids.set_clock(*parse_instant("2030-01-01T00:00:00Z"));

    const auto first = ids.next();
    const auto second = ids.next();

    EXPECT_EQ(first.text().substr(0, 8), "01b8dac5");
    EXPECT_EQ(first.text()[14], '7');
    EXPECT_THAT(first.text()[19], testing::AnyOf('8', '9', 'a', 'b'));
    EXPECT_NE(first, second);
    EXPECT_LE(first.text().substr(0, 13), second.text().substr(0, 13));
}

TEST(RequestIds, keep_the_time_in_the_first_48_bits) {
    EXPECT_EQ(uuid_at(std::chrono::milliseconds(0x010203040506), 0xFFFFFFFFFFFFFFFF, 0).text(),
              "01020304-0506-7fff-8000-000000000000");
}

TEST(Backoff, doubles_up_to_half_a_minute_and_is_jittered) {
    Backoff backoff;
    auto whole = Backoff::first;
    for (int i = 0; i < 12; ++i) {
        const auto pause = backoff.next();
        EXPECT_GE(pause, whole / 2);
        EXPECT_LE(pause, whole);
        whole = std::min<std::chrono::milliseconds>(whole * 2, Backoff::longest);
    }
    backoff.reset();
    EXPECT_LE(backoff.next(), Backoff::first);
}

TEST(Notices, are_read_by_their_name) {
    const auto params = *json::parse(R"({"retry_after_ms":1500,"new_member":1})");
    const auto drain = read_notice("session.drain", params);
    ASSERT_TRUE(drain && *drain);
    EXPECT_EQ(std::get<streams::Drain>(**drain).retry_after_ms, 1500);
}

TEST(Notices, of_a_newer_hub_are_passed_over) {
    const auto unknown = read_notice("streams.new_thing", *json::parse("{}"));
    ASSERT_TRUE(unknown);
    EXPECT_FALSE(*unknown);
}

TEST(Notices, that_are_malformed_name_the_field) {
    const auto bad = read_notice("session.drain", *json::parse(R"({"retry_after_ms":"soon"})"));
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().field, "params.retry_after_ms");
}

TEST(Events, are_decoded_only_as_their_own_kind) {
    Event event;
    event.kind = "channel_key_destroyed";
    event.event = *json::parse(R"({"channel":"01970b5c-7a11-7c3e-9d2f-3b8c5d4f09ac"})");
    EXPECT_TRUE(event_as<channels::ChannelKeyDestroyed>(event));
    EXPECT_FALSE(event_as<channels::MessagePosted>(event));
}

TEST(Errors, of_the_hub_keep_code_sentence_and_wait) {
    rpc::WireError wire{-32005, "Za szybko.", {"rate_limited", "A-62", {}, {}, 2000}};
    const auto error = error_of(wire);
    EXPECT_EQ(error.code, Code::rate_limited);
    EXPECT_EQ(error.rule, Rule("A-62"));
    EXPECT_EQ(error.message, "Za szybko.");
    EXPECT_EQ(error.retry_after, std::chrono::milliseconds(2000));
    EXPECT_FALSE(error.lost);
}

TEST(Errors, with_a_code_of_a_newer_hub_are_internal) {
    EXPECT_EQ(error_of({-1, "?", {"brand_new", {}, {}, {}, {}}}).code, Code::internal);
}

TEST(HubAddress, is_read_with_its_port) {
    const auto hub = read_hub_address("https://splot.powiat.example:9443/", "");
    ASSERT_TRUE(hub);
    EXPECT_EQ(hub->host, "splot.powiat.example");
    EXPECT_EQ(hub->port, 9443);
    EXPECT_TRUE(hub->tls);
    EXPECT_FALSE(hub->insecure_loopback);
    EXPECT_EQ(read_hub_address("https://a.example", "")->port, 443);
    EXPECT_EQ(read_hub_address("https://[::1]:8443", "")->host, "::1");
}

TEST(HubAddress, is_plain_only_on_this_machine) {
    EXPECT_TRUE(read_hub_address("http://localhost:8444", ""));
    const auto abroad = read_hub_address("http://splot.powiat.example", "");
    ASSERT_FALSE(abroad);
    EXPECT_EQ(abroad.error().exit, Exit::usage);
}

TEST(HubAddress, is_unchecked_only_on_this_machine_and_without_a_ca) {
    EXPECT_TRUE(read_hub_address("https://localhost:8443", "")->insecure_loopback);
    EXPECT_FALSE(read_hub_address("https://localhost:8443", "/dev/null")->insecure_loopback);
    EXPECT_FALSE(read_hub_address("https://10.0.0.1:8443", "")->insecure_loopback);
    EXPECT_FALSE(read_hub_address("https://localhost.example", "")->insecure_loopback);
    EXPECT_FALSE(read_hub_address("https://127.0.0.1.example", "")->insecure_loopback);
}

TEST(HubAddress, that_is_none_is_refused) {
    for (const auto* bad : {"localhost:8443", "https://", "https://a:x", "https://a:99999", "ftp://a", "https://a/b"})
        EXPECT_FALSE(read_hub_address(bad, "")) << bad;
}

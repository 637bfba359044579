// The WebSocket protocol as a stranger speaks it, frame by frame and below any library: what the standard allows is
// answered, and what it forbids is closed with the code that it names.
#include "tests/server/frames.h"

namespace splot::tests {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

class Rfc6455 : public FrameTest {};

// ---- lengths

TEST_F(Rfc6455, every_form_of_a_length_is_understood) {
    for (const std::size_t size : {1, 2, 125, 126, 127, 128, 65'535, 65'536, 200'000}) {
        const std::string text(size, '*');
        EXPECT_THAT(answers_to(frame(text_frame, text)), ElementsAre(said("[" + text + "]"))) << size;
    }
}

TEST_F(Rfc6455, an_empty_text_is_a_message) { EXPECT_THAT(answers_to(frame(text_frame, "")), ElementsAre(said("[]"))); }

TEST_F(Rfc6455, a_length_in_too_long_a_form_is_1002) {
    EXPECT_EQ(code_after(frame(text_frame, "short", {.length = LengthForm::two_bytes})), 1002);
    EXPECT_EQ(code_after(frame(text_frame, "short", {.length = LengthForm::eight_bytes})), 1002);
    EXPECT_EQ(code_after(frame(text_frame, std::string(300, '*'), {.length = LengthForm::eight_bytes})), 1002);
}

TEST_F(Rfc6455, a_length_that_nothing_can_have_closes) {
    const std::string header("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10);
    EXPECT_THAT(code_after(header + "mask" + "...."), AnyOf(1002, 1009));
}

TEST_F(Rfc6455, a_message_beyond_the_limit_is_1009_also_in_fragments) {
    const std::string half(limits.frame / 2 + 1, '*');
    EXPECT_EQ(code_after(frame(text_frame, half + half)), 1009);
    EXPECT_EQ(code_after(frame(text_frame, half, {.final = false}) + frame(continuation, half)), 1009);
}

// ---- masks, reserved bits, kinds of frame

TEST_F(Rfc6455, a_frame_without_a_mask_is_1002) {
    EXPECT_EQ(code_after(frame(text_frame, "1", {.masked = false})), 1002);
    EXPECT_EQ(code_after(frame(ping, "1", {.masked = false})), 1002);
}

TEST_F(Rfc6455, a_mask_of_zeros_is_a_mask) {
    EXPECT_THAT(answers_to(frame(text_frame, "1", {.mask = std::string(4, '\0')})), ElementsAre(said("[1]")));
}

TEST_F(Rfc6455, a_reserved_bit_is_1002) {
    for (const int bits : {0x40, 0x20, 0x10, 0x70})
        for (const int opcode : {text_frame, ping, close})
            EXPECT_EQ(code_after(frame(opcode, "", {.reserved = bits})), 1002) << bits << " " << opcode;
}

TEST_F(Rfc6455, a_reserved_kind_of_frame_is_1002) {
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        EXPECT_EQ(code_after(frame(opcode, "")), 1002) << opcode;
}

TEST_F(Rfc6455, binary_is_1003_also_in_fragments) {
    EXPECT_EQ(code_after(frame(binary_frame, "1")), 1003);
    EXPECT_EQ(code_after(frame(binary_frame, "1", {.final = false}) + frame(continuation, "2")), 1003);
}

// ---- pings and pongs

TEST_F(Rfc6455, a_ping_is_answered_with_what_it_carries) {
    for (const std::string& payload :
         {std::string(), std::string("a"), std::string("\x00\xff\xfe\xfd", 4), std::string(125, '\xfe')})
        EXPECT_THAT(answers_to(frame(ping, payload)), ElementsAre(Received{pong, payload}));
}

TEST_F(Rfc6455, a_ping_of_126_bytes_is_1002) { EXPECT_EQ(code_after(frame(ping, std::string(126, '*'))), 1002); }

TEST_F(Rfc6455, a_ping_byte_by_byte_is_answered) {
    EXPECT_THAT(answers_to(frame(ping, std::string(125, 'b')), 1, Sending::byte_by_byte),
                ElementsAre(Received{pong, std::string(125, 'b')}));
}

TEST_F(Rfc6455, a_control_frame_in_fragments_is_1002) {
    for (const int opcode : {ping, pong, close})
        EXPECT_EQ(code_after(frame(opcode, "", {.final = false}) + frame(continuation, "")), 1002) << opcode;
}

TEST_F(Rfc6455, a_pong_that_nobody_asked_for_is_nothing) {
    EXPECT_THAT(answers_to(frame(pong, "") + frame(pong, "out of the blue"), 0), IsEmpty());
}

TEST_F(Rfc6455, pings_between_fragments_are_answered_before_the_message) {
    const auto fragments = frame(text_frame, "\"a", {.final = false}) + frame(ping, "1") +
                           frame(continuation, "b", {.final = false}) + frame(pong, "") + frame(continuation, "c\"");
    for (const auto sending : {Sending::at_once, Sending::byte_by_byte})
        EXPECT_THAT(answers_to(fragments, 2, sending), ElementsAre(Received{pong, "1"}, said("[\"abc\"]")));
}

// ---- fragments

TEST_F(Rfc6455, fragments_are_joined_even_empty_ones) {
    const auto part = [](int opcode, std::string text) { return frame(opcode, std::move(text), {.final = false}); };
    EXPECT_THAT(answers_to(part(text_frame, "1") + frame(continuation, "2")), ElementsAre(said("[12]")));
    EXPECT_THAT(answers_to(part(text_frame, "") + part(continuation, "") + frame(continuation, "")),
                ElementsAre(said("[]")));
    EXPECT_THAT(answers_to(part(text_frame, "") + part(continuation, "1") + frame(continuation, "")),
                ElementsAre(said("[1]")));
    std::string many = part(text_frame, "\"");
    for (int i = 0; i < 300; ++i)
        many += part(continuation, "x");
    EXPECT_THAT(answers_to(many + frame(continuation, "\"")), ElementsAre(said("[\"" + std::string(300, 'x') + "\"]")));
}

TEST_F(Rfc6455, a_continuation_of_nothing_is_1002) {
    EXPECT_EQ(code_after(frame(continuation, "1")), 1002);
    EXPECT_EQ(code_after(frame(continuation, "1", {.final = false})), 1002);
    EXPECT_EQ(code_after(frame(text_frame, "1") + frame(continuation, "2")), 1002);
}

TEST_F(Rfc6455, a_message_within_a_message_is_1002) {
    EXPECT_EQ(code_after(frame(text_frame, "1", {.final = false}) + frame(text_frame, "2")), 1002);
    EXPECT_EQ(code_after(frame(text_frame, "1", {.final = false}) + frame(binary_frame, "2")), 1002);
}

TEST_F(Rfc6455, messages_that_come_together_are_answered_in_order) {
    std::string spoken;
    for (int i = 0; i < 50; ++i)
        spoken += frame(text_frame, std::to_string(i));
    const auto last_came = [](const Frames& answers) {
        return !answers.empty() && answers.back().payload.ends_with("49]");
    };
    std::string joined, expected;
    for (const auto& answer : answers_to(spoken, last_came))
        joined += answer.payload.substr(1, answer.payload.size() - 2) + ","; // one array or several
    for (int i = 0; i < 50; ++i)
        expected += std::to_string(i) + ",";
    EXPECT_EQ(joined, expected);
}

// ---- UTF-8

TEST_F(Rfc6455, what_is_UTF_8_is_taken_wherever_it_is_cut) {
    const std::string texts[] = {
        "\"κόσμε\"",        "\"zażółć gęślą jaźń\"", "\"\xf0\x90\x80\x80\"", "\"\xf4\x8f\xbf\xbf\"",
        "\"\xef\xbf\xbe\"", "\"\xed\x9f\xbf\"",      "\"\xee\x80\x80\""};
    for (const auto& text : texts) {
        EXPECT_THAT(answers_to(frame(text_frame, text), 1, Sending::byte_by_byte), ElementsAre(said("[" + text + "]")));
        std::string cut = frame(text_frame, "", {.final = false});
        for (const char c : text)
            cut += frame(continuation, std::string(1, c), {.final = false});
        EXPECT_THAT(answers_to(cut + frame(continuation, "")), ElementsAre(said("[" + text + "]")));
    }
}

TEST_F(Rfc6455, what_is_not_UTF_8_is_1007) {
    const std::string texts[] = {"\x80",
                                 "\xbf",
                                 "\xc0\xaf",
                                 "\xc1\xbf",
                                 "\xe0\x80\xaf",
                                 "\xe0\x9f\xbf",
                                 "\xf0\x80\x80\xaf",
                                 "\xf0\x8f\xbf\xbf",
                                 "\xed\xa0\x80",
                                 "\xed\xbf\xbf",
                                 "\xf4\x90\x80\x80",
                                 "\xf5\x80\x80\x80",
                                 "\xf8\x88\x80\x80\x80",
                                 "\xfe",
                                 "\xff",
                                 "\xce\xba\xe1\xbd",
                                 "\xc3",
                                 "\xc3\x28",
                                 "\xe2\x82",
                                 "\xf0\x9f\x98"};
    for (const auto& text : texts) {
        EXPECT_EQ(code_after(frame(text_frame, text)), 1007) << testing::PrintToString(text);
        EXPECT_EQ(code_after(frame(text_frame, "ok " + text.substr(0, 1), {.final = false}) +
                             frame(continuation, text.substr(1))),
                  1007)
            << testing::PrintToString(text) << " in fragments";
    }
}

// ---- closing

TEST_F(Rfc6455, a_close_is_answered_with_its_code) {
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
        EXPECT_EQ(code_after(close_frame(code)), code);
        EXPECT_EQ(code_after(close_frame(code, "Do widzenia.")), code);
    }
    EXPECT_EQ(code_after(close_frame(1000, std::string(123, 'x'))), 1000);
}

TEST_F(Rfc6455, a_close_without_a_code_is_answered) { EXPECT_THAT(code_after(frame(close, "")), AnyOf(no_code, 1000)); }

TEST_F(Rfc6455, a_close_with_half_a_code_or_too_much_is_1002) {
    EXPECT_EQ(code_after(frame(close, "\x03")), 1002);
    EXPECT_EQ(code_after(close_frame(1000, std::string(124, 'x'))), 1002);
}

TEST_F(Rfc6455, a_close_with_a_code_that_nobody_may_send_is_1002) {
    for (const int code : {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999})
        EXPECT_EQ(code_after(close_frame(code)), 1002) << code;
}

TEST_F(Rfc6455, a_close_with_a_reason_that_is_not_UTF_8_is_refused) {
    EXPECT_THAT(code_after(close_frame(1000, "\xce\xba\xe1\xbd\xb9\xcf\x83\xed\xa0\x80")), AnyOf(1007, 1002));
}

TEST_F(Rfc6455, nothing_is_answered_after_a_close) {
    const auto frames = all_after(close_frame(1000) + frame(ping, "late") + frame(text_frame, "late"));
    EXPECT_THAT(frames, ElementsAre(Received{close, "\x03\xe8"}));
}

TEST_F(Rfc6455, a_close_between_fragments_ends_it_all_the_same) {
    EXPECT_EQ(code_after(frame(text_frame, "1", {.final = false}) + close_frame(1000)), 1000);
}

class ImpatientRfc6455 : public FrameTest {
protected:
    void SetUp() override {
        limits.close_time = std::chrono::milliseconds(60);
        FrameTest::SetUp();
    }
};

TEST_F(ImpatientRfc6455, what_is_forbidden_after_our_close_leaves_nothing) {
    const std::string first = frame(binary_frame, "1"), then = frame(3, "");
    run([&]() -> Async<void> {
        const auto session = co_await client::Session::connect(endpoint());
        co_await session->upgrade("", "");
        co_await session->send_raw(first);
        co_await session->receive_raw(); // our close, which now waits for the peer's
        co_await session->send_raw(then);
        co_await until([&] { return counts().connections.load() == 0; });
    });
    EXPECT_EQ(counts().sockets.load(), 0);
}

// ---- what we send

TEST_F(Rfc6455, our_frames_are_whole_unmasked_and_minimal) {
    for (const std::size_t size : {1, 123, 124, 65'533, 65'534, 70'000})
        for (const auto& one : answers_to(frame(text_frame, std::string(size, '1'))))
            EXPECT_TRUE(one.is_minimal) << size;
    EXPECT_THAT(all_after(frame(text_frame, "1") + close_frame(1000)),
                Each(AllOf(testing::Field(&Received::is_final, true), testing::Field(&Received::is_masked, false))));
}

} // namespace
} // namespace splot::tests

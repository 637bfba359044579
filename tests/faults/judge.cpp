// The judge itself: one clean history, and the same one doctored in every way that it must notice.
#include "tests/faults/history.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace splot::faults {
namespace {

/// Two writers, two channels, two readers; an edit, a deletion, a call that never was answered and one refused.
History clean() {
    History history;
    Tick now = 0;
    std::map<std::string, std::int64_t> heads{{"a", 2}, {"b", 0}}; // "a" had two events before
    history.start = heads;
    history.readers = {{"live"}, {"resuming"}};
    const auto happen = [&](Operation o, bool applied = true) {
        o.invoked = ++now;
        if (o.outcome != Outcome::unknown) o.answered = ++now;
        if (o.act != Act::post || o.outcome == Outcome::ok)
            o.cursor = o.channel + "@" + std::to_string(heads[o.channel] + 1);
        if (o.outcome != Outcome::ok) o.cursor.clear();
        const std::string message = o.message;
        if (o.outcome == Outcome::unknown && o.act == Act::post) o.message.clear();
        history.operations.push_back(o);
        if (!applied) return;
        const auto number = ++heads[o.channel];
        history.rows.push_back({o.channel, number, o.act, message, o.revision});
        for (auto& reader : history.readers)
            reader.channels[o.channel].push_back(
                {o.act, message, o.revision, o.text, o.channel + "@" + std::to_string(number)});
    };
    happen({.client = 1, .channel = "a", .message = "m1", .text = "one", .outcome = Outcome::ok});
    happen({.client = 2, .channel = "a", .message = "m2", .text = "two", .outcome = Outcome::ok});
    happen({.client = 1, .channel = "a", .message = "m3", .text = "three", .outcome = Outcome::ok});
    happen({.client = 2, .channel = "b", .message = "m4", .text = "four"}); // never answered, but done
    happen({.client = 1, .channel = "b", .text = "five"}, false);           // never answered, nor done
    happen({.client = 1,
            .act = Act::edit,
            .channel = "a",
            .message = "m1",
            .text = "one again",
            .revision = 2,
            .outcome = Outcome::ok});
    happen({.client = 2, .act = Act::remove, .channel = "a", .message = "m2", .outcome = Outcome::ok});
    happen({.client = 2, .channel = "b", .text = "six", .outcome = Outcome::refused}, false);
    happen({.client = 1, .channel = "a", .message = "m7", .text = "seven", .outcome = Outcome::ok});
    history.standing = {{"a", "m1", "one again", 2, false},
                        {"a", "m2", "", 1, true},
                        {"a", "m3", "three", 1, false},
                        {"b", "m4", "four", 1, false},
                        {"a", "m7", "seven", 1, false}};
    // The second reader came to "two" after its deletion.
    history.readers[1].channels["a"][1].text.clear();
    return history;
}

void expect_found(const History& history, Fault fault) {
    const auto findings = check(history);
    EXPECT_TRUE(std::ranges::any_of(findings, [&](const Finding& f) { return f.fault == fault; }))
        << "not caught: " << to_string(fault) << "\nfound instead:\n"
        << to_string(findings);
}

Row* row_of(History& history, const std::string& message, Act act) {
    return &*std::ranges::find_if(history.rows, [&](const Row& r) { return r.message == message && r.act == act; });
}

TEST(Judge, finds_nothing_in_a_clean_history) {
    const auto findings = check(clean());
    EXPECT_TRUE(findings.empty()) << to_string(findings);
}

TEST(Judge, catches_an_acknowledged_message_that_is_lost) {
    auto history = clean();
    history.rows.erase(history.rows.end() - 1); // the last of "a", so that numbers stay dense
    std::erase_if(history.standing, [](const Standing& s) { return s.message == "m7"; });
    for (auto& reader : history.readers)
        reader.channels["a"].pop_back();
    expect_found(history, Fault::lost);
}

TEST(Judge, catches_a_message_that_is_in_the_log_and_not_in_the_list) {
    auto history = clean();
    std::erase_if(history.standing, [](const Standing& s) { return s.message == "m3"; });
    expect_found(history, Fault::lost);
}

TEST(Judge, catches_two_acknowledgements_for_one_message) {
    auto history = clean();
    history.operations.push_back({.client = 3,
                                  .channel = "a",
                                  .message = "m7",
                                  .text = "eight",
                                  .invoked = 90,
                                  .answered = 91,
                                  .outcome = Outcome::ok});
    expect_found(history, Fault::lost);
}

TEST(Judge, catches_a_doubled_message) {
    auto history = clean();
    history.rows.push_back({"b", 2, Act::post, "m9", 1});
    history.standing.push_back({"b", "m9", "three", 1, false});
    for (auto& reader : history.readers)
        reader.channels["b"].push_back({Act::post, "m9", 1, "three", "b@2"});
    expect_found(history, Fault::doubled);
}

TEST(Judge, catches_an_unanswered_call_that_was_done_twice) {
    auto history = clean();
    history.rows.push_back({"b", 2, Act::post, "m9", 1});
    history.standing.push_back({"b", "m9", "four", 1, false});
    expect_found(history, Fault::applied_twice);
}

TEST(Judge, catches_a_refused_call_that_was_done) {
    auto history = clean();
    history.rows.push_back({"b", 2, Act::post, "m9", 1});
    history.standing.push_back({"b", "m9", "six", 1, false});
    expect_found(history, Fault::refused_applied);
}

TEST(Judge, catches_one_writers_acts_in_another_order) {
    auto history = clean();
    std::swap(row_of(history, "m1", Act::post)->number, row_of(history, "m3", Act::post)->number);
    expect_found(history, Fault::client_order);
}

TEST(Judge, catches_what_was_acknowledged_before_and_stands_behind) {
    auto history = clean(); // m1 of client 1 was answered before m2 of client 2 was begun
    std::swap(row_of(history, "m1", Act::post)->number, row_of(history, "m2", Act::post)->number);
    expect_found(history, Fault::real_time_order);
}

TEST(Judge, catches_a_hole_in_the_numbers) {
    auto history = clean();
    row_of(history, "m7", Act::post)->number += 1;
    expect_found(history, Fault::number_gap);
}

TEST(Judge, catches_a_number_given_twice) {
    auto history = clean();
    row_of(history, "m7", Act::post)->number -= 1;
    expect_found(history, Fault::number_gap);
}

TEST(Judge, catches_an_event_that_a_reader_was_not_shown) {
    auto history = clean();
    auto& seen = history.readers[1].channels["a"];
    seen.erase(seen.begin() + 2);
    expect_found(history, Fault::reader_gap);
}

TEST(Judge, catches_a_reader_who_was_not_shown_the_last_events) {
    auto history = clean();
    history.readers[0].channels["a"].pop_back();
    expect_found(history, Fault::reader_gap);
}

TEST(Judge, catches_an_event_shown_twice) {
    auto history = clean();
    auto& seen = history.readers[1].channels["a"];
    seen.insert(seen.begin() + 3, seen[2]);
    expect_found(history, Fault::reader_repeat);
}

TEST(Judge, catches_two_readers_with_different_orders) {
    auto history = clean();
    auto& seen = history.readers[1].channels["a"];
    std::swap(seen[0], seen[1]);
    expect_found(history, Fault::readers_disagree);
}

TEST(Judge, catches_an_acknowledged_edit_that_is_lost) {
    auto history = clean();
    history.standing[0].text = "one";
    history.standing[0].revision = 1;
    expect_found(history, Fault::edit_lost);
}

TEST(Judge, catches_an_edit_whose_event_is_missing) {
    auto history = clean();
    row_of(history, "m1", Act::edit)->act = Act::remove;
    expect_found(history, Fault::edit_lost);
}

TEST(Judge, catches_a_deletion_that_was_undone) {
    auto history = clean();
    history.standing[1] = {"a", "m2", "two", 1, false};
    expect_found(history, Fault::deletion_undone);
}

TEST(Judge, catches_an_edit_after_a_deletion) {
    auto history = clean();
    history.rows.push_back({"a", 9, Act::edit, "m2", 2});
    expect_found(history, Fault::deletion_undone);
}

TEST(Judge, catches_a_text_that_nobody_wrote) {
    auto history = clean();
    history.readers[0].channels["a"][2].text = "thrree";
    expect_found(history, Fault::foreign);
}

TEST(Judge, catches_an_event_that_nobody_asked_for) {
    auto history = clean();
    history.rows.push_back({"b", 2, Act::remove, "m4", 1});
    expect_found(history, Fault::foreign);
}

TEST(Judge, catches_a_cursor_of_another_place) {
    auto history = clean();
    history.operations.front().cursor = "a@5";
    expect_found(history, Fault::wrong_place);
}

} // namespace
} // namespace splot::faults

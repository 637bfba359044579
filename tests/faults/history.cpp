#include "tests/faults/history.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>

namespace splot::faults {
namespace {

using EventKey = std::tuple<Act, std::string, std::int32_t>; ///< act, message, revision

/// A deletion's revision is that of the wording that it removed: of no interest.
EventKey key_of(Act act, const std::string& message, std::int32_t revision) {
    return {act, message, act == Act::remove ? 0 : revision};
}

std::string name_of(const Operation& o) {
    static const char* acts[] = {"post", "edit", "deletion"};
    return std::string(acts[static_cast<int>(o.act)]) + " of client " + std::to_string(o.client) + " at tick " +
           std::to_string(o.invoked) + (o.text.empty() ? "" : " \"" + o.text + "\"") +
           (o.message.empty() ? "" : " of " + o.message);
}

class Judge {
public:
    explicit Judge(const History& history) : history_(history) {}

    std::vector<Finding> judge() {
        index_texts();
        check_numbers();
        match_rows();
        check_operations();
        check_order_of_clients();
        check_real_time();
        check_standing();
        check_readers();
        compare_readers();
        return std::move(findings_);
    }

private:
    struct Matched {
        const Operation* operation = nullptr;
        std::string message;
        std::vector<const Row*> rows;
    };

    void find(Fault fault, std::string what) { findings_.push_back({fault, std::move(what)}); }
    static Fault twice(const Operation& o) { return o.outcome == Outcome::ok ? Fault::doubled : Fault::applied_twice; }

    /// Where each text was met: a post that was never answered has no id but this.
    void index_texts() {
        for (const auto& reader : history_.readers)
            for (const auto& [channel, seen] : reader.channels)
                for (const auto& event : seen)
                    if (!event.text.empty()) places_[event.text].insert({event.message, event.revision});
        for (const auto& message : history_.standing)
            if (!message.text.empty()) places_[message.text].insert({message.message, message.revision});
        for (const auto& operation : history_.operations)
            if (!operation.text.empty()) asked_[operation.text] = &operation;
        for (const auto& [text, places] : places_) {
            const auto asked = asked_.find(text);
            if (asked == asked_.end())
                find(Fault::foreign, "nobody wrote \"" + text + "\"");
            else if (places.size() > 1)
                find(twice(*asked->second), name_of(*asked->second) + " stands in two places");
        }
    }

    std::string message_of(const Operation& operation) const {
        if (!operation.message.empty() || operation.act != Act::post) return operation.message;
        const auto found = places_.find(operation.text);
        return found == places_.end() ? std::string() : found->second.begin()->first;
    }

    void check_numbers() {
        std::map<std::string, std::vector<std::int64_t>> numbers;
        for (const auto& row : history_.rows)
            numbers[row.channel].push_back(row.number);
        for (auto& [channel, all] : numbers) {
            std::ranges::sort(all);
            const auto start = history_.start.find(channel);
            std::int64_t expected = start == history_.start.end() ? 0 : start->second;
            for (const auto number : all)
                if (number != ++expected) {
                    find(Fault::number_gap, channel + " has " + std::to_string(number) + " where " +
                                                std::to_string(expected) + " should be");
                    expected = number;
                }
        }
    }

    void match_rows() {
        std::map<EventKey, std::size_t> by_key;
        std::map<std::string, const Operation*> maker;
        for (const auto& operation : history_.operations) {
            Matched matched{&operation, message_of(operation), {}};
            if (operation.act == Act::post && operation.outcome == Outcome::ok) {
                const auto [other, fresh] = maker.emplace(matched.message, &operation);
                if (!fresh)
                    find(Fault::lost, name_of(operation) + " and " + name_of(*other->second) + " got one message");
            }
            if (!matched.message.empty())
                by_key.emplace(key_of(operation.act, matched.message, operation.revision), matched_.size());
            matched_.push_back(std::move(matched));
        }
        for (const auto& row : history_.rows) {
            rows_of_[row.channel].push_back(&row);
            const auto found = by_key.find(key_of(row.act, row.message, row.revision));
            if (found != by_key.end())
                matched_[found->second].rows.push_back(&row);
            else
                find(Fault::foreign, "number " + std::to_string(row.number) + " of " + row.channel +
                                         " tells of what nobody asked for, message " + row.message);
        }
        for (auto& [channel, rows] : rows_of_)
            std::ranges::sort(rows, {}, &Row::number);
    }

    void check_operations() {
        for (const auto& [operation, message, rows] : matched_) {
            const auto& o = *operation;
            if (rows.size() > 1)
                find(twice(o), name_of(o) + " is in the log " + std::to_string(rows.size()) + " times");
            if (o.outcome == Outcome::refused && !rows.empty()) find(Fault::refused_applied, name_of(o));
            if (!rows.empty() && rows.front()->channel != o.channel)
                find(Fault::wrong_place, name_of(o) + " is in another channel");
            if (o.outcome != Outcome::ok || !rows.empty()) continue;
            const Fault fault = o.act == Act::post   ? Fault::lost
                                : o.act == Act::edit ? Fault::edit_lost
                                                     : Fault::deletion_undone;
            find(fault, name_of(o) + " is not in the log");
        }
    }

    void check_order_of_clients() {
        std::map<std::pair<int, std::string>, std::pair<std::int64_t, const Operation*>> newest;
        for (const auto& [operation, message, rows] : matched_) {
            if (operation->outcome != Outcome::ok || rows.empty()) continue;
            auto& [number, before] = newest[{operation->client, operation->channel}];
            if (rows.front()->number < number)
                find(Fault::client_order, name_of(*operation) + " stands before " + name_of(*before));
            number = rows.front()->number;
            before = operation;
        }
    }

    /// From the newest number down, with the earliest answer met so far: what stands later must not have been answered
    /// before this was begun.
    void check_real_time() {
        std::map<std::string, std::vector<std::pair<std::int64_t, const Operation*>>> by_channel;
        for (const auto& [operation, message, rows] : matched_)
            if (!rows.empty()) by_channel[rows.front()->channel].emplace_back(rows.front()->number, operation);
        for (auto& [channel, stand] : by_channel) {
            std::ranges::sort(stand, std::greater{});
            const Operation* earliest = nullptr;
            for (const auto& [number, operation] : stand) {
                if (earliest && earliest->answered < operation->invoked)
                    find(Fault::real_time_order, name_of(*earliest) + " was answered at " +
                                                     std::to_string(earliest->answered) + ", stands after " +
                                                     name_of(*operation));
                if (operation->outcome == Outcome::ok && (!earliest || operation->answered < earliest->answered))
                    earliest = operation;
            }
        }
    }

    void check_standing() {
        std::map<std::string, const Standing*> standing;
        for (const auto& message : history_.standing)
            if (!standing.emplace(message.message, &message).second)
                find(Fault::doubled, "message " + message.message + " is listed twice");
        std::map<std::string, std::int64_t> removed, edited;
        for (const auto& row : history_.rows) {
            if (row.act == Act::remove) removed[row.message] = row.number;
            if (row.act == Act::edit) edited[row.message] = std::max(edited[row.message], row.number);
        }
        for (const auto& [operation, message, rows] : matched_) {
            if (rows.empty()) continue;
            const auto found = standing.find(message);
            const auto& o = *operation;
            if (found == standing.end()) {
                if (o.outcome == Outcome::ok) find(Fault::lost, name_of(o) + ": its message is not listed");
                continue;
            }
            check_message(o, *found->second, removed.contains(message));
        }
        for (const auto& [message, number] : removed)
            if (edited.contains(message) && edited[message] > number)
                find(Fault::deletion_undone, message + " was edited after its deletion");
    }

    void check_message(const Operation& o, const Standing& message, bool removed) {
        if (o.act == Act::remove || removed) {
            if (!message.deleted || !message.text.empty())
                find(Fault::deletion_undone, message.message + " stands as if it was never deleted");
            return;
        }
        if (message.deleted) find(Fault::lost, message.message + " is a stub and nobody deleted it");
        const Fault fault = o.act == Act::edit ? Fault::edit_lost : Fault::lost;
        if (message.revision < o.revision) find(fault, name_of(o) + " was undone");
        if (message.revision == o.revision && message.text != o.text)
            find(fault, name_of(o) + " stands as \"" + message.text + "\"");
    }

    void check_readers() {
        for (const auto& reader : history_.readers)
            for (const auto& [channel, rows] : rows_of_) {
                const auto seen = reader.channels.find(channel);
                static const std::vector<Seen> nothing;
                check_reader(reader.name + " in " + channel, seen == reader.channels.end() ? nothing : seen->second,
                             rows);
            }
        for (const auto& reader : history_.readers)
            for (const auto& [channel, seen] : reader.channels)
                for (const auto& event : seen)
                    check_event(reader.name, channel, event);
    }

    void check_reader(const std::string& who, const std::vector<Seen>& seen, const std::vector<const Row*>& rows) {
        std::map<EventKey, std::size_t> place;
        for (std::size_t i = 0; i < rows.size(); ++i)
            place.emplace(key_of(rows[i]->act, rows[i]->message, rows[i]->revision), i);
        std::size_t next = 0;
        for (const auto& event : seen) {
            const auto found = place.find(key_of(event.act, event.message, event.revision));
            if (found == place.end()) {
                find(Fault::foreign, who + " was shown an event of " + event.message + " that is not in the log");
                continue;
            }
            if (found->second < next)
                find(Fault::reader_repeat,
                     who + " was shown number " + std::to_string(rows[found->second]->number) + " again or too late");
            else if (found->second > next)
                find(Fault::reader_gap, who + " was not shown number " + std::to_string(rows[next]->number));
            next = std::max(next, found->second + 1);
        }
        if (next < rows.size())
            find(Fault::reader_gap, who + " was shown nothing from number " + std::to_string(rows[next]->number));
    }

    /// The wording is the one that was asked for, and an answer's cursor is the event's.
    void check_event(const std::string& who, const std::string& channel, const Seen& event) {
        const auto at = operation_of(event);
        if (!at) return; // told above as foreign
        if (at->channel != channel) find(Fault::wrong_place, who + " met " + name_of(*at) + " in " + channel);
        if (!at->cursor.empty() && !event.cursor.empty() && at->cursor != event.cursor)
            find(Fault::wrong_place, name_of(*at) + " was answered with another cursor than " + who + " was shown");
        if (event.act == Act::remove || event.text == at->text) return;
        if (event.text.empty() && is_removed(event.message)) return;
        find(event.act == Act::edit ? Fault::edit_lost : Fault::lost,
             who + " was shown \"" + event.text + "\" for " + name_of(*at));
    }

    const Operation* operation_of(const Seen& event) {
        if (operations_.empty())
            for (const auto& [operation, message, rows] : matched_)
                operations_.emplace(key_of(operation->act, message, operation->revision), operation);
        const auto found = operations_.find(key_of(event.act, event.message, event.revision));
        return found == operations_.end() ? nullptr : found->second;
    }

    bool is_removed(const std::string& message) {
        return std::ranges::any_of(history_.rows,
                                   [&](const Row& r) { return r.act == Act::remove && r.message == message; });
    }

    /// Without the log's help: of two readers one has seen a beginning of what the other saw.
    void compare_readers() {
        for (std::size_t i = 1; i < history_.readers.size(); ++i)
            for (const auto& [channel, seen] : history_.readers[i].channels) {
                const auto& first = history_.readers.front();
                const auto other = first.channels.find(channel);
                if (other == first.channels.end()) continue;
                const auto same = [](const Seen& a, const Seen& b) {
                    return key_of(a.act, a.message, a.revision) == key_of(b.act, b.message, b.revision) &&
                           (a.cursor == b.cursor || a.cursor.empty() || b.cursor.empty());
                };
                const auto length = static_cast<std::ptrdiff_t>(std::min(seen.size(), other->second.size()));
                if (!std::equal(seen.begin(), seen.begin() + length, other->second.begin(), same))
                    find(Fault::readers_disagree,
                         history_.readers[i].name + " and " + first.name + " disagree about " + channel);
            }
    }

    const History& history_;
    std::vector<Finding> findings_;
    std::map<std::string, std::set<std::pair<std::string, std::int32_t>>> places_;
    std::map<std::string, const Operation*> asked_;
    std::vector<Matched> matched_;
    std::map<std::string, std::vector<const Row*>> rows_of_;
    std::map<EventKey, const Operation*> operations_;
};

} // namespace

std::vector<Finding> check(const History& history) { return Judge(history).judge(); }

std::string to_string(Fault fault) {
    static const char* names[] = {"lost",          "doubled",          "applied_twice", "refused_applied",
                                  "client_order",  "real_time_order",  "number_gap",    "reader_gap",
                                  "reader_repeat", "readers_disagree", "edit_lost",     "deletion_undone",
                                  "foreign",       "wrong_place"};
    return names[static_cast<int>(fault)];
}

std::string to_string(const std::vector<Finding>& findings) {
    std::string text;
    for (std::size_t i = 0; i < findings.size() && i < 20; ++i)
        text += to_string(findings[i].fault) + ": " + findings[i].what + '\n';
    if (findings.size() > 20) text += "and " + std::to_string(findings.size() - 20) + " more\n";
    return text;
}

} // namespace splot::faults

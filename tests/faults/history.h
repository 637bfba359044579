#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What clients asked and were told while processes were killed under them, and a judge of it. The
/// judge knows nothing of the hub: it compares what was promised with what is there.
namespace splot::faults {

/// A logical clock of the recording program: each record takes the next tick.
using Tick = std::uint64_t;

enum class Act { post, edit, remove };
enum class Outcome {
    ok,      ///< acknowledged: it must be there, once, for ever
    refused, ///< the hub said no: it must not be there
    unknown, ///< never answered: it may be there, once
};

/// One call of a writer. A writer asks one thing at a time; every text is written only once in a history.
struct Operation {
    int client = 0;
    Act act = Act::post;
    std::string channel = {};
    std::string message = {};  ///< of an edit or deletion; of a post what the hub said it made, if it said so
    std::string text = {};     ///< of a post or edit
    std::int32_t revision = 1; ///< the one that it makes: 1 of a post
    std::string cursor = {};   ///< where the hub said that the event stands; may be empty
    Tick invoked = 0;
    Tick answered = 0; ///< of `ok` and `refused`
    Outcome outcome = Outcome::unknown;
};

/// One event as a reader was shown it. A text may be missing when its message was deleted before it was shown.
struct Seen {
    Act act = Act::post;
    std::string message = {};
    std::int32_t revision = 1;
    std::string text = {};
    std::string cursor = {};
};

/// Everything that one reader was shown, in order, by channel; from before the first operation to after the last.
struct Reader {
    std::string name;
    std::map<std::string, std::vector<Seen>> channels = {};
};

/// One row of the log.
struct Row {
    std::string channel;
    std::int64_t number = 0;
    Act act = Act::post;
    std::string message;
    std::int32_t revision = 1;
};

/// A message as the hub lists it at the end.
struct Standing {
    std::string channel;
    std::string message;
    std::string text;
    std::int32_t revision = 1;
    bool deleted = false;
};

struct History {
    std::vector<Operation> operations; ///< in the order of `invoked`
    std::vector<Reader> readers;
    std::vector<Row> rows;                     ///< the whole log from before the first operation
    std::map<std::string, std::int64_t> start; ///< each channel's newest number before the first operation
    std::vector<Standing> standing;
};

enum class Fault {
    lost,             ///< acknowledged, and not there
    doubled,          ///< acknowledged once, there twice
    applied_twice,    ///< never answered, there twice
    refused_applied,  ///< refused, and there all the same
    client_order,     ///< one writer's acknowledged acts stand in another order than they were done in
    real_time_order,  ///< what was acknowledged before another act was begun stands after it
    number_gap,       ///< numbers of a channel are not dense
    reader_gap,       ///< a reader was not shown an event, or not the last ones
    reader_repeat,    ///< a reader was shown an event twice, or an older one after a newer one
    readers_disagree, ///< two readers were shown different orders
    edit_lost,        ///< an acknowledged wording is not there, or was undone
    deletion_undone,  ///< an acknowledged deletion is not there, or something came after it
    foreign,          ///< a text or an event that nobody asked for
    wrong_place,      ///< an answer named another place than the event's
};

struct Finding {
    Fault fault;
    std::string what; ///< for the developer: ids and ticks
};

/// All that is wrong with a history; nothing when every promise was kept.
std::vector<Finding> check(const History& history);

std::string to_string(Fault fault);
std::string to_string(const std::vector<Finding>& findings);

} // namespace splot::faults

#include "hub/identity/tries.h"

namespace splot::identity {

using storage::Transaction;
using namespace std::chrono;

seconds pause_after(std::int32_t failures) {
    constexpr seconds longest{60};
    if (failures <= 0) return seconds(0);
    return failures > 6 ? longest : seconds(1 << (failures - 1));
}

Verdict judge(const Failures& failures, Guess guess, Instant now) {
    if (guess == Guess::password && failures.failures >= most_failures) return Verdict::resting;
    return now < failures.next_at ? Verdict::too_soon : Verdict::allowed;
}

Failures charged(const Failures& failures, Instant now) {
    const auto count = failures.failures + 1;
    return {count, now + pause_after(count)};
}

Async<Charge> charge(Desk& desk, Bytes subject, Guess guess) {
    const auto now = desk.now();
    auto tx = co_await Transaction::begin(desk.door, Transaction::Mode::read_write_read_committed);
    Charge result;
    result.before = co_await storage::identity::door_lock_failures(tx, subject, now);
    result.after = charged(result.before, now);
    switch (judge(result.before, guess, now)) {
    case Verdict::allowed:
        break;
    case Verdict::too_soon:
        result.wait_ms = static_cast<std::int32_t>(ceil<milliseconds>(result.before.next_at - now).count());
        result.refusal = refuse(Code::rate_limited);
        co_return result;
    case Verdict::resting:
        result.refusal = refuse(Code::rate_limited, "E-01", "password");
        co_return result;
    }
    storage::identity::door_set_failures(tx, subject, result.after, now);
    if (result.after.failures >= most_failures) storage::identity::door_end_attempts(tx, subject);
    co_await tx.commit();
    co_return result;
}

Async<void> count_failure(Desk& desk, Bytes subject) {
    const auto now = desk.now();
    auto tx = co_await Transaction::begin(desk.door, Transaction::Mode::read_write_read_committed);
    const auto before = co_await storage::identity::door_lock_failures(tx, subject, now);
    const auto after = charged(before, now);
    storage::identity::door_set_failures(tx, subject, after, now);
    if (after.failures >= most_failures) storage::identity::door_end_attempts(tx, subject);
    co_await tx.commit();
}

Async<void> take_back(Desk& desk, Bytes subject, Charge charge) {
    co_await storage::identity::door_refund_failure(desk.door, std::move(subject), charge.after.failures,
                                                    charge.before.next_at);
}

} // namespace splot::identity

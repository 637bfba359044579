#pragma once
#include "hub/rpc/desk.h"
#include "protocol/problem.h"
#include "storage/identity/factors.h"

/// One count of failures in a row for each account, over password, TOTP, code card, recovery codes and PIN. A guess is
/// counted before it is looked at and taken back when it was right, so that guesses at the same time, on several hubs,
/// are no way round. The account is named by an HMAC of its login, so that a login that nobody has is counted as well.
namespace splot::identity {

using storage::Bytes;
using storage::identity::Failures;

/// From here on the password rests: only a passkey, or people (recovery), open the account.
inline constexpr std::int32_t most_failures = 100;

/// 1, 2, 4 … 60 seconds.
std::chrono::seconds pause_after(std::int32_t failures);

enum class Guess { password, other };
enum class Verdict { allowed, too_soon, resting };
Verdict judge(const Failures& failures, Guess guess, Instant now);
Failures charged(const Failures& failures, Instant now);

struct Charge {
    std::optional<Problem> refusal = {};
    std::int32_t wait_ms = 0; ///< with a refusal that passes
    Failures before = {}, after = {};
};
/// Counts one guess, or says why it is not looked at. Where the password begins to rest, half-done sign-ins end.
Async<Charge> charge(Desk& desk, Bytes subject, Guess guess);
/// Counts a wrong guess that has a limit of its own (a PIN): it waits for nobody.
Async<void> count_failure(Desk& desk, Bytes subject);
/// The guess was right, but what came before stays counted (a step-up, an unlocking).
Async<void> take_back(Desk& desk, Bytes subject, Charge charge);

} // namespace splot::identity

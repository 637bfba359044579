// Coming in: password and second factor, or a passkey. Known and unknown people, right and wrong passwords cost the
// same and are answered the same until the second factor is there (README.md says why).
#include "hub/identity/proofs.h"
#include "hub/identity/tries.h"
#include "hub/warsaw.h"
#include "protocol/identity/door.h"

namespace splot::identity {
namespace {

using namespace splot::door;

constexpr std::chrono::minutes attempt_lasts{5};
constexpr std::int32_t most_codes = 5; ///< of one attempt

HttpAnswer wrong_code() { return problem_answer(refuse(Code::unauthenticated, "E-01", "code")); }

/// What came of login and password.
struct Judged {
    std::optional<storage::identity::DoorAccount> account;
    bool right = false;
    std::optional<storage::identity::Remembered> device; ///< of this person, with today's second factor

    bool has_second_factor() const { return account && (account->second_factor || account->passkey); }
};

Async<HttpAnswer> begin_session(Visit& visit, Judged judged, std::string device) {
    const bool waits = visit.keeper().second_factor_required && !judged.has_second_factor();
    Entrance entrance{judged.account->person, std::move(device)};
    if (waits) {
        entrance.level = SessionLevel::first;
    } else if (judged.device) {
        // Fresh as long as the factor that was shown here earlier is: the password alone is no second factor.
        entrance.fresh_until = judged.device->factor_at + fresh_lasts;
        entrance.remembered = judged.device->id;
        co_await storage::identity::door_use_remembered(visit.desk.door, judged.device->id, visit.now, {});
    } else {
        entrance.fresh_until = visit.now + fresh_lasts;
    }
    co_return co_await enter(visit, std::move(entrance));
}

Async<HttpAnswer> begin_attempt(Visit& visit, Judged judged, storage::Bytes subject, std::string device) {
    const auto token = new_token();
    storage::identity::NewAttempt attempt;
    attempt.token_hash = token_hash(token);
    attempt.subject = std::move(subject);
    if (judged.account) attempt.person = judged.account->person;
    attempt.passed = judged.right;
    attempt.device = std::move(device);
    attempt.until = visit.now + attempt_lasts;
    SignInAnswer answer;
    answer.second_step =
        SecondStep{token, attempt.until, {Factor::totp, Factor::code_card, Factor::recovery_code, Factor::passkey}};
    co_await storage::identity::door_insert_attempt(visit.desk.door, std::move(attempt));
    co_return json_answer(200, json::to_json(answer));
}

/// As SignInAnswer: the session stands in a member of its own.
void wrap(HttpAnswer& answer) { answer.body = R"({"session":)" + answer.body + "}"; }

Async<HttpAnswer> sign_in(Visit& visit, SignIn ask) {
    auto& keeper = visit.keeper();
    if (!keeper.sign_ins.spend(visit.request.peer, visit.now)) co_return problem_answer(refuse(Code::rate_limited));
    const auto subject = subject_of(keeper, ask.login);
    const auto charged = co_await charge(visit.desk, subject, Guess::password);
    if (charged.refusal) co_return problem_answer(*charged.refusal, charged.wait_ms);

    Judged judged;
    judged.account = co_await storage::identity::door_account(visit.desk.door, ask.login);
    std::optional<std::string> stored;
    if (judged.account) stored = judged.account->password_hash;
    const auto matches =
        co_await keeper.passwords.matches(visit.desk.shard.io(), std::move(ask.password), std::move(stored));
    if (!matches) {
        co_await take_back(visit.desk, subject, charged);
        co_return problem_answer(refuse(Code::unavailable));
    }
    judged.right = *matches;
    judged.device = co_await remembered_here(visit);
    const bool today = judged.device && judged.account && judged.device->person == judged.account->person &&
                       day_in_warsaw(judged.device->factor_at) == day_in_warsaw(visit.now);
    if (!today) judged.device.reset();

    if (judged.right && (today || !judged.has_second_factor())) {
        co_await storage::identity::door_forget_failures(visit.desk.door, subject);
        keeper.sign_ins.give_back(visit.request.peer);
        auto answer = co_await begin_session(visit, std::move(judged), std::move(ask.device));
        wrap(answer);
        co_return answer;
    }
    // On the device that is remembered for today the password is all that is asked for, so it is told that it is wrong.
    if (!judged.right && (today || !keeper.second_factor_required))
        co_return problem_answer(refuse(Code::unauthenticated, {}, "password"));
    co_return co_await begin_attempt(visit, std::move(judged), subject, std::move(ask.device));
}

Async<HttpAnswer> second_factor(Visit& visit, SecondFactor ask) {
    auto& keeper = visit.keeper();
    if (!keeper.sign_ins.spend(visit.request.peer, visit.now)) co_return problem_answer(refuse(Code::rate_limited));
    const auto token = token_hash(ask.attempt);
    const auto attempt = co_await storage::identity::door_try_attempt(visit.desk.door, token, most_codes, visit.now);
    if (!attempt) co_return problem_answer(refuse(Code::unauthenticated, {}, "attempt"));
    if (attempt->tries > 1) { // the first one is counted with the password
        const auto charged = co_await charge(visit.desk, attempt->subject, Guess::other);
        if (charged.refusal) co_return problem_answer(*charged.refusal, charged.wait_ms);
    }
    const auto person = attempt->person.value_or(PersonId{});
    auto proof = co_await prove(visit, person, ask.way, std::move(ask.code));
    if (!proof || !attempt->passed) co_return wrong_code();
    const bool used = co_await use_up(visit, person, *std::move(proof));
    if (!used) co_return wrong_code();
    const bool ours = co_await storage::identity::door_end_attempt(visit.desk.door, token);
    const auto account = co_await storage::identity::door_account_of(visit.desk.door, person);
    if (!ours || !account) co_return wrong_code();
    co_await storage::identity::door_forget_failures(visit.desk.door, attempt->subject);
    keeper.sign_ins.give_back(visit.request.peer);
    Entrance entrance{person, attempt->device, SessionLevel::full, visit.now + fresh_lasts};
    std::string cookie;
    if (ask.remember) entrance.remembered = co_await remember(visit, person, attempt->device, cookie);
    auto answer = co_await enter(visit, std::move(entrance));
    if (!cookie.empty()) answer.headers.emplace_back("set-cookie", cookie);
    co_return answer;
}

Async<HttpAnswer> passkey_challenge(Visit& visit, AskPasskeyChallenge ask) {
    PasskeyChallenge answer;
    std::string purpose = "sign_in";
    answer.rp_id = visit.site().rp_id;
    answer.timeout_ms = static_cast<std::int32_t>(std::chrono::milliseconds(attempt_lasts).count());
    if (ask.purpose == ChallengeFor::step_up) {
        const auto inside = co_await come_inside(visit, Level::full);
        if (!inside) co_return problem_answer(inside.error());
        purpose = "step_up:" + inside->id.text();
        for (const auto& credential :
             co_await storage::identity::door_credentials(visit.desk.door, inside->person, answer.rp_id))
            answer.allow.push_back(
                passkeys::to_text({reinterpret_cast<const char*>(credential.data()), credential.size()}));
    }
    answer.challenge = passkeys::make_challenge(visit.keeper().keys->challenge, purpose, visit.now + attempt_lasts);
    co_return json_answer(200, json::to_json(answer));
}

/// Counts nothing and waits for nobody while it is right, so that no stranger holds its owner up.
Async<HttpAnswer> passkey_sign_in(Visit& visit, PasskeySignIn ask) {
    const auto person = co_await prove_passkey(visit, std::move(ask.passkey), "sign_in");
    if (!person) {
        const bool may_go_on = visit.keeper().sign_ins.spend(visit.request.peer, visit.now);
        co_return problem_answer(may_go_on ? person.error() : refuse(Code::rate_limited));
    }
    Entrance entrance{*person, std::move(ask.device), SessionLevel::full, visit.now + fresh_lasts};
    const auto device = co_await remembered_here(visit);
    if (device && device->person == *person) {
        entrance.remembered = device->id;
        co_await storage::identity::door_use_remembered(visit.desk.door, device->id, visit.now, visit.now);
    }
    co_return co_await enter(visit, std::move(entrance));
}

} // namespace

void add_sign_in(const AddRoute& add, Hub& hub) {
    add("POST /session/sign-in", outside<SignIn>(hub, sign_in));
    add("POST /session/second-factor", outside<SecondFactor>(hub, second_factor));
    add("POST /session/passkey-challenge", outside<AskPasskeyChallenge>(hub, passkey_challenge));
    add("POST /session/passkey", outside<PasskeySignIn>(hub, passkey_sign_in));
}

} // namespace splot::identity

#include "clients/cli/failure.h"

#include "protocol/json/json.h"

namespace splot::cli {
namespace {

struct ErrorLine {
    std::string code;
    std::string message;
    std::optional<std::string> advice;
    std::optional<std::string> rule;
    std::optional<std::string> field;
};
BOOST_DESCRIBE_STRUCT(ErrorLine, (), (code, message, advice, rule, field))

struct ErrorLines {
    ErrorLine error;
};
BOOST_DESCRIBE_STRUCT(ErrorLines, (), (error))

Code code_for(Exit exit) {
    switch (exit) {
    case Exit::usage:
        return Code::invalid;
    case Exit::not_signed_in:
        return Code::unauthenticated;
    case Exit::not_found:
        return Code::not_found;
    case Exit::gate_closed:
        return Code::gate_closed;
    case Exit::conflict:
        return Code::conflict;
    case Exit::unavailable:
        return Code::unavailable;
    case Exit::rate_limited:
        return Code::rate_limited;
    case Exit::done:
    case Exit::failed:
        break;
    }
    return Code::internal;
}

std::string advice_for(const client::CallError& error) {
    switch (error.code) {
    case Code::unauthenticated:
        return "Zaloguj się: splot sign-in LOGIN";
    case Code::not_found:
        return "Sprawdź nazwę (splot list) i to, czy masz dostęp.";
    case Code::gate_closed:
        return "Zapytaj animatora zespołu; splot roles pokazuje, kto co może.";
    case Code::conflict:
        return "Sprawdź, co się zmieniło, i spróbuj ponownie.";
    case Code::unavailable:
        return "Sprawdź, czy hub działa i czy adres jest dobry (--hub), i spróbuj za chwilę.";
    case Code::enrolment_required:
        return "Dodaj drugi składnik: splot account totp albo splot account code-card";
    case Code::step_up_required:
        return "Potwierdź: splot account confirm, a potem powtórz polecenie.";
    case Code::locked:
        return "Odblokuj: splot account unlock";
    case Code::rate_limited: {
        const auto wait = error.retry_after.value_or(std::chrono::seconds(60));
        return "Spróbuj ponownie za " + std::to_string((wait.count() + 999) / 1000) + " s.";
    }
    default:
        return {};
    }
}

std::optional<std::string> given(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

} // namespace

Failure::Failure(Exit exit_, std::string message_, std::string advice_) :
    exit(exit_), message(std::move(message_)), advice(std::move(advice_)), problem(refuse(code_for(exit_))) {}

Failure::Failure(client::CallError error) :
    exit(exit_for(error.code)), message(std::move(error.message)), advice(advice_for(error)),
    problem(static_cast<Problem&&>(error)) {
    if (message.empty()) message = "Hub odmówił (" + std::string(name_of(problem.code)) + ").";
}

Exit exit_for(Code code) {
    switch (code) {
    case Code::invalid:
    case Code::too_large:
        return Exit::usage;
    case Code::not_found:
        return Exit::not_found;
    case Code::gate_closed:
    case Code::enrolment_required:
    case Code::step_up_required:
        return Exit::gate_closed;
    case Code::conflict:
        return Exit::conflict;
    case Code::unauthenticated:
    case Code::locked:
        return Exit::not_signed_in;
    case Code::rate_limited:
        return Exit::rate_limited;
    case Code::unavailable:
        return Exit::unavailable;
    case Code::internal:
    case Code::parse_error:
    case Code::bad_request:
    case Code::unknown_method:
        break;
    }
    return Exit::failed;
}

std::string to_json(const Failure& failure) {
    return json::to_json(ErrorLines{{std::string(name_of(failure.problem.code)), failure.message, given(failure.advice),
                                     given(failure.problem.rule.number()), given(failure.problem.field)}});
}

} // namespace splot::cli

#pragma once
#include "clients/cli/failure.h"

#include <optional>
#include <string>
#include <string_view>

namespace splot::cli {

/// How to write: colours only on a terminal, and not where NO_COLOR is set or TERM is dumb.
struct Look {
    bool colours = false;
    std::size_t width = 0; ///< columns of the terminal; 0: do not break lines

    static Look of_standard_output();

    std::string bold(std::string_view text) const { return marked("1", text); }
    std::string dim(std::string_view text) const { return marked("2", text); }
    std::string name(std::string_view text) const { return marked("36", text); }
    std::string warning(std::string_view text) const { return marked("33", text); }

private:
    std::string marked(std::string_view code, std::string_view text) const;
};

/// Is there a person who can be asked?
bool can_ask();
/// Asks on the terminal, without echo.
Outcome<std::string> ask_secretly(std::string_view question);
/// Asks on the terminal.
Outcome<std::string> ask(std::string_view question);
/// One line of the standard input without its end.
Outcome<std::string> read_line();
/// The whole standard input without the last line end.
std::string read_everything();

} // namespace splot::cli

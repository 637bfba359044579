#include "clients/cli/terminal.h"

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace splot::cli {
namespace {

Failure nobody_to_ask() {
    return {Exit::usage, "Nie ma kogo zapytać: to nie jest terminal.", "Podaj hasło na wejściu: --password-stdin"};
}

/// Single keys without echo or signals, so that no key combination leaves the terminal mute.
class SilentKeys {
public:
    SilentKeys() {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentKeys() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    SilentKeys(const SilentKeys&) = delete;
    SilentKeys& operator=(const SilentKeys&) = delete;

private:
    termios before_{};
};

void erase_character(std::string& text) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
        text.pop_back();
    if (!text.empty()) text.pop_back();
}

/// nullopt: given up by Ctrl-C, Ctrl-D, or the end of the input.
std::optional<std::string> read_secret() {
    const SilentKeys silent;
    std::string text;
    for (char key = 0; ::read(STDIN_FILENO, &key, 1) == 1;) {
        if (key == '\n' || key == '\r') return text;
        if (key == 3 || key == 4) return std::nullopt;
        if (key == 21)
            text.clear();
        else if (key == 8 || key == 127)
            erase_character(text);
        else
            text += key;
    }
    return std::nullopt;
}

} // namespace

Look Look::of_standard_output() {
    if (!::isatty(STDOUT_FILENO)) return {};
    const char* const no_colour = std::getenv("NO_COLOR");
    const char* const kind = std::getenv("TERM");
    winsize size{};
    const bool sized = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return {(!no_colour || !*no_colour) && kind && std::string_view(kind) != "dumb",
            sized ? size.ws_col : std::size_t{80}};
}

std::string Look::marked(std::string_view code, std::string_view text) const {
    if (!colours) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

bool can_ask() { return ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO); }

Outcome<std::string> ask_secretly(std::string_view question) {
    if (!can_ask()) return nobody_to_ask();
    std::cerr << question << std::flush;
    auto secret = read_secret();
    std::cerr << '\n';
    if (!secret) return Failure{Exit::usage, "Przerwano."};
    return *std::move(secret);
}

Outcome<std::string> ask(std::string_view question) {
    if (!can_ask()) return nobody_to_ask();
    std::cerr << question << std::flush;
    return read_line();
}

Outcome<std::string> read_line() {
    std::string line;
    if (!std::getline(std::cin, line)) return Failure{Exit::usage, "Na wejściu nic nie ma."};
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string read_everything() {
    std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

} // namespace splot::cli

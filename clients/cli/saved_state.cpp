#include "clients/cli/saved_state.h"

#include "protocol/json/json.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace splot::cli {
namespace {

namespace fs = std::filesystem;

Failure trouble(const std::string& what, const fs::path& path) {
    return {Exit::failed, what + " " + path.string() + ": " + std::strerror(errno),
            "Sprawdź uprawnienia albo wskaż inny folder: XDG_CONFIG_HOME=…"};
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Like `mkdir -p`, with the last folder for its owner only.
bool make_private_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    return ::mkdir(folder.c_str(), 0700) == 0 || (errno == EEXIST && ::chmod(folder.c_str(), 0700) == 0);
}

} // namespace

fs::path state_path() {
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    if (config && *config) return fs::path(config) / "splot" / "state.json";
    const char* const home = std::getenv("HOME");
    return home && *home ? fs::path(home) / ".config" / "splot" / "state.json" : fs::path();
}

Outcome<SavedState> load_state(const fs::path& path) {
    struct stat about {};
    if (path.empty() || ::stat(path.c_str(), &about) != 0) return SavedState{};
    if ((about.st_mode & 077) != 0 && ::chmod(path.c_str(), 0600) != 0) return trouble("Inni mogą czytać", path);
    std::ifstream file(path);
    if (!file) return trouble("Nie można czytać", path);
    std::ostringstream text;
    text << file.rdbuf();
    const auto json = json::parse(text.view());
    auto state =
        json ? json::decode<SavedState>(*json, "state", json::Unknown::ignored) : Result<SavedState>(json.error());
    if (state) return *std::move(state);
    return Failure{Exit::failed, "Plik " + path.string() + " jest uszkodzony.", "Usuń go i zaloguj się ponownie."};
}

Outcome<> save_state(const fs::path& path, const SavedState& state) {
    if (path.empty())
        return Failure{Exit::failed, "Nie wiadomo, gdzie zapisać sesję.", "Ustaw HOME albo XDG_CONFIG_HOME."};
    if (!make_private_folder(path.parent_path())) return trouble("Nie można utworzyć", path.parent_path());
    const fs::path fresh = path.string() + "." + std::to_string(::getpid());
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return trouble("Nie można pisać", fresh);
    const bool written = write_all(file, json::to_json(state)) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    if (!written || !closed || ::rename(fresh.c_str(), path.c_str()) != 0) {
        const auto failure = trouble("Nie można zapisać", path);
        ::unlink(fresh.c_str());
        return failure;
    }
    return {};
}

} // namespace splot::cli

#include "tests/world/key_holder.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace splot::world {

KeyHolder::KeyHolder(const Files& files) {
    std::string name = "/tmp/splot-world-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    folder_ = name;
    if (!files.empty()) {
        std::filesystem::create_directory(store());
        std::filesystem::permissions(store(), std::filesystem::perms::owner_all);
    }
    for (const auto& [file, bytes] : files) {
        std::ofstream(store() / file, std::ios::binary) << bytes;
        std::filesystem::permissions(store() / file, std::filesystem::perms(0600));
    }
    start();
}

KeyHolder::~KeyHolder() {
    kill();
    std::error_code ignored; // a left-over folder of a test harms nobody
    std::filesystem::remove_all(folder_, ignored);
}

void KeyHolder::start() {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const std::string store_path = store().string(), socket_path = socket();
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(output[1], STDOUT_FILENO);
        ::execl(SPLOT_BINARY_DIR "/storage/splot-keys", "splot-keys", "--store", store_path.c_str(), "--socket",
                socket_path.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(output[1]);
    std::string said;
    for (char c = 0; ::read(output[0], &c, 1) == 1 && c != '\n';)
        said += c;
    ::close(output[0]);
    if (said != "splot-keys: ready") throw std::runtime_error("the key holder does not start: " + said);
}

void KeyHolder::kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

KeyHolder::Files KeyHolder::files() const {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(store())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
}

} // namespace splot::world

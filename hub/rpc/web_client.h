#pragma once
#include "hub/server/http.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace splot {

/// The built web client, read whole at the start: no request ever touches the disk, so no path leads out of it.
class WebClient {
public:
    /// Reads a folder as clients/web's build leaves it: beside a file may stand its `.br` and `.gz`.
    /// Throws std::runtime_error when it has no index.html, or a file of a kind we do not serve.
    explicit WebClient(const std::filesystem::path& folder);

    /// The file at this path, or index.html where a browser asks for a page: the client knows its own addresses.
    /// Compressed as the request allows; hashed names are kept by browsers for ever. nullopt: there is nothing here.
    std::optional<HttpAnswer> answer(const HttpRequest& request) const;

    /// Where the client stands for a program in this folder (its build tree, a copy beside it, or its prefix);
    /// empty when it was not built.
    static std::filesystem::path beside(const std::filesystem::path& program_folder);

private:
    struct File {
        std::string_view content_type;
        std::string plain, brotli, gzip; ///< empty: not there
    };
    HttpAnswer served(const std::string& path, const File& file, const HttpRequest& request) const;

    std::map<std::string, File, std::less<>> files_; ///< "/assets/index-a1b2.js"
};

} // namespace splot

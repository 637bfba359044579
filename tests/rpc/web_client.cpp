#include "hub/rpc/web_client.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace splot {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Key;
using testing::Not;
using testing::Pair;

/// A built client in a folder of its own, with a secret beside it.
class WebClientFolder : public testing::Test {
protected:
    WebClientFolder() {
        std::string name = (fs::temp_directory_path() / "splot-web-XXXXXX").string();
        top_ = ::mkdtemp(name.data());
        put("secret.txt", "nobody's business");
        put("web/index.html", "the page");
        put("web/index.html.br", "the page, brotli");
        put("web/assets/index-a1b2.js", "the script");
        put("web/assets/index-a1b2.js.br", "the script, brotli");
        put("web/assets/index-a1b2.js.gz", "the script, gzip");
        put("web/worker.js", "the worker");
    }
    ~WebClientFolder() override { fs::remove_all(top_); }

    void put(const fs::path& path, std::string_view text) const {
        fs::create_directories((top_ / path).parent_path());
        std::ofstream(top_ / path) << text;
    }
    fs::path folder() const { return top_ / "web"; }

    static HttpRequest get(std::string path, std::string accept = "text/html", std::string codings = "") {
        HttpRequest request;
        request.method = "GET";
        request.path = std::move(path);
        request.headers = {{"accept", std::move(accept)}, {"accept-encoding", std::move(codings)}};
        return request;
    }

    fs::path top_;
};

TEST_F(WebClientFolder, addresses_of_the_client_give_the_page) {
    const WebClient client(folder());
    for (const auto* path : {"/", "/index.html", "/kanaly/0195", "/s/7K4QX9/plan"}) {
        const auto answer = client.answer(get(path));
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->body, "the page") << path;
        EXPECT_EQ(answer->content_type, "text/html; charset=utf-8");
        EXPECT_THAT(answer->headers, Not(Contains(Key("cache-control")))) << "every answer is no-store by itself";
    }
}

TEST_F(WebClientFolder, a_file_that_is_not_there_is_no_page) {
    const WebClient client(folder());
    EXPECT_FALSE(client.answer(get("/assets/index-old.js")));
    EXPECT_FALSE(client.answer(get("/assets/index")));
    EXPECT_FALSE(client.answer(get("/favicon.ico")));
    EXPECT_FALSE(client.answer(get("/kanaly/0195", "application/json"))) << "a program asks for no page";
    EXPECT_TRUE(client.answer(get("/", "*/*"))) << "but whoever asks for the address itself gets it";
    auto post = get("/kanaly/0195");
    post.method = "POST";
    EXPECT_FALSE(client.answer(post));
}

TEST_F(WebClientFolder, no_path_leads_out_of_the_folder) {
    const WebClient client(folder());
    for (const auto* path :
         {"/../secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "//secret.txt", "../secret.txt"})
        EXPECT_FALSE(client.answer(get(path))) << path;
}

TEST_F(WebClientFolder, the_best_coding_that_the_browser_takes_is_sent) {
    const WebClient client(folder());
    const auto sent = [&](std::string codings) {
        return client.answer(get("/assets/index-a1b2.js", "*/*", std::move(codings)))->body;
    };
    EXPECT_EQ(sent("gzip, deflate, br, zstd"), "the script, brotli");
    EXPECT_EQ(sent("gzip, deflate"), "the script, gzip");
    EXPECT_EQ(sent("br;q=1.0, gzip"), "the script, brotli");
    EXPECT_EQ(sent("br;q=0, gzip;q=0"), "the script");
    EXPECT_EQ(sent("brotli"), "the script");
    EXPECT_EQ(sent(""), "the script");
    EXPECT_THAT(client.answer(get("/", "text/html", "br"))->headers,
                testing::AllOf(Contains(Pair("content-encoding", "br")), Contains(Pair("vary", "accept-encoding"))));
}

TEST_F(WebClientFolder, only_hashed_names_are_kept_by_browsers) {
    const WebClient client(folder());
    EXPECT_THAT(client.answer(get("/assets/index-a1b2.js"))->headers,
                Contains(Pair("cache-control", "public, max-age=31536000, immutable")));
    EXPECT_THAT(client.answer(get("/worker.js"))->headers, Not(Contains(Key("cache-control"))));
}

TEST_F(WebClientFolder, a_worker_has_a_policy_under_which_it_can_fetch) {
    const WebClient client(folder());
    EXPECT_THAT(client.answer(get("/worker.js"))->headers,
                Contains(Pair("content-security-policy", testing::HasSubstr("connect-src 'self'"))));
}

TEST_F(WebClientFolder, it_is_found_beside_a_program_and_above_it) {
    fs::create_directories(top_ / "hub");
    EXPECT_EQ(WebClient::beside(top_ / "hub").lexically_normal(), folder());
    EXPECT_EQ(WebClient::beside(top_), folder());
    fs::create_directories(top_ / "far/away");
    EXPECT_EQ(WebClient::beside(top_ / "far/away"), fs::path());
}

TEST_F(WebClientFolder, half_a_client_is_none) {
    fs::remove(folder() / "index.html");
    EXPECT_THROW(WebClient{folder()}, std::runtime_error);
    put("web/index.html", "the page");
    put("web/notes.docx", "a stranger");
    EXPECT_THROW(WebClient{folder()}, std::runtime_error);
}

} // namespace
} // namespace splot

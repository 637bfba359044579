#include "hub/rpc/front_page.h"

#include <gmock/gmock.h>

namespace splot {
namespace {

using testing::HasSubstr;
using testing::Not;

door::Card card(std::string sentence) {
    return {"nina.gajda", Personal<std::string>("Nina <i> Gajda"), "doradczyni zawodowa", "PUP & \"spółka\"",
            std::move(sentence)};
}

TEST(FrontPage, D02_the_demonstration_says_that_it_is_one_and_an_office_does_not) {
    EXPECT_THAT(front_page({true, "0.1", "http://localhost:8444", {}}), HasSubstr("Dane pokazowe"));
    EXPECT_THAT(front_page({false, "0.1", "https://splot.example", {}}), Not(HasSubstr("Dane pokazowe")));
}

TEST(FrontPage, D03_only_the_demonstration_shows_whom_to_enter_as) {
    const auto nina = card("Doradza w urzędzie pracy.");
    EXPECT_THAT(front_page({true, "0.1", "http://localhost:8444", {nina}}), HasSubstr("splot enter-as nina.gajda"));
    EXPECT_THAT(front_page({false, "0.1", "https://splot.example", {nina}}), Not(HasSubstr("nina.gajda")));
}

TEST(FrontPage, the_first_command_names_the_address) {
    EXPECT_THAT(front_page({true, "0.1", "http://localhost:8444", {}}),
                HasSubstr("splot enter-as ewa.zawadzka --hub http://localhost:8444"));
    EXPECT_THAT(front_page({false, "0.1", "https://splot.example", {}}),
                HasSubstr("splot sign-in login --hub https://splot.example"));
}

TEST(FrontPage, somebody_without_a_sentence_has_no_card) {
    EXPECT_THAT(front_page({true, "0.1", "http://localhost:8444", {card("")}}), Not(HasSubstr("nina.gajda")));
}

TEST(FrontPage, names_are_text_and_never_markup) {
    const auto page = front_page({true, "<0.1>", "http://localhost:8444", {card("Zobaczysz 'wszystko'.")}});

    EXPECT_THAT(page, HasSubstr("Nina &lt;i&gt; Gajda"));
    EXPECT_THAT(page, HasSubstr("PUP &amp; &quot;spółka&quot;"));
    EXPECT_THAT(page, HasSubstr("&#39;wszystko&#39;"));
    EXPECT_THAT(page, HasSubstr("Splot &lt;0.1&gt;"));
}

TEST(FrontPage, it_has_neither_script_nor_style_of_its_own) {
    const auto page = front_page({true, "0.1", "http://localhost:8444", {card("Zobaczysz.")}});

    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<style")));
    EXPECT_THAT(page, Not(HasSubstr(" style=")));
    EXPECT_THAT(page, HasSubstr("href=\"/front.css\""));
    EXPECT_THAT(front_css(), Not(HasSubstr("url(")));
}

} // namespace
} // namespace splot

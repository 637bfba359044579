#include "hub/rpc/front_page.h"

namespace splot {
namespace {

/// Text into an element or a quoted attribute.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    return out;
}

struct Command {
    std::string_view line;
    std::string_view meaning;
};

/// The first minutes with the command-line client; its own `--help` says the rest.
constexpr Command first_commands[] = {
    {"splot list", "zobacz swoje kanały i to, co w nich czeka"},
    {"splot read Ogłoszenia", "przeczytaj rozmowę"},
    {"splot audience Ogłoszenia", "sprawdź, kto ją widzi"},
    {"splot post kanał --topic temat \"treść\"", "napisz w kanale"},
    {"splot follow", "patrz, jak przychodzą nowe wiadomości"},
    {"splot --help", "zobacz wszystkie polecenia"},
};

constexpr std::string_view head = R"(<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Splot</title>
<link rel="stylesheet" href="/front.css">
</head>
<body>
)";

constexpr std::string_view strip = R"(<p class="strip"><strong>Dane pokazowe.</strong> )"
                                   "Osoby, instytucje i rozmowy są zmyślone.</p>\n";

/// The mark is two threads that cross.
constexpr std::string_view introduction = R"(<header>
<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
<path class="thread-a" d="M4 9c10 0 14 14 24 14"/><path class="thread-b" d="M4 23c10 0 14-14 24-14"/>
</svg>
<span class="name">Splot</span>
</header>
<main>
<h1>Instytucje, które pomagają razem</h1>
<p class="lead">Splot łączy ośrodki pomocy, urząd pracy, szkołę, policję, poradnię i stowarzyszenia, które wspierają te
same rodziny. Każdy widzi tyle, ile powinien, i zawsze wie, kto jeszcze to widzi.</p>
)";

constexpr std::string_view people_intro = R"(<section aria-labelledby="people">
<h2 id="people">Wejdź jako…</h2>
<p>Na tym komputerze, bez hasła. Każda z tych osób widzi co innego.</p>
<ul class="cards">
)";

constexpr std::string_view terminal_intro = R"(<section aria-labelledby="terminal">
<h2 id="terminal">Rozmowa z terminala</h2>
<p>Okna w przeglądarce dopiero powstają. Splot już działa, a rozmawia się przez niego programem <code>splot</code>.
Zacznij od pierwszego polecenia.</p>
<dl class="commands">
)";

constexpr std::string_view for_programs = R"(<section aria-labelledby="programs">
<h2 id="programs">Dla programów</h2>
<ul>
<li><a href="/openrpc.json">Opis wszystkich poleceń</a> w formacie OpenRPC</li>
<li><a href="/healthz">Czy Splot działa</a></li>
</ul>
</section>
)";

std::string command_to_enter(std::string_view login) { return "splot enter-as " + std::string(login); }

void append(std::string& out, const Command& command) {
    out += "<dt><code>" + escaped(command.line) + "</code></dt><dd>" + escaped(command.meaning) + "</dd>\n";
}

void append_terminal(std::string& out, const FrontPage& page) {
    out += terminal_intro;
    const std::string first =
        (page.demonstration ? command_to_enter("ewa.zawadzka") : "splot sign-in login") + " --hub " + page.address;
    append(out, {first, page.demonstration ? "wejdź jako Ewa, bez hasła; adres zostanie zapamiętany"
                                           : "zaloguj się; adres zostanie zapamiętany"});
    for (const auto& command : first_commands)
        append(out, command);
    out += "</dl>\n</section>\n";
}

void append(std::string& out, const door::Card& card) {
    out += "<li class=\"card\">\n<h3>" + escaped(card.name.reveal()) + "</h3>\n<p class=\"who\">" + escaped(card.post) +
           ", " + escaped(card.institution) + "</p>\n<p>" + escaped(card.sentence) + "</p>\n<p><code>" +
           escaped(command_to_enter(card.login)) + "</code></p>\n</li>\n";
}

void append_cards(std::string& out, const std::vector<door::Card>& cards) {
    std::string items;
    for (const auto& card : cards)
        if (!card.sentence.empty()) append(items, card);
    if (items.empty()) return;
    out += people_intro;
    out += items + "</ul>\n</section>\n";
}

} // namespace

std::string front_page(const FrontPage& page) {
    std::string out(head);
    if (page.demonstration) out += strip;
    out += introduction;
    if (page.demonstration) append_cards(out, page.cards);
    append_terminal(out, page);
    out += for_programs;
    out += "</main>\n<footer><p>Splot " + escaped(page.version) + "</p></footer>\n</body>\n</html>\n";
    return out;
}

std::string_view front_css() {
    return R"(:root {
  color-scheme: light dark;
  --canvas: #f6f7f5; --paper: #fff; --sunken: #ecefec; --ink: #1b2733; --muted: #51606e; --line: #d9dedb;
  --brand: #14507a; --second: #7c8a96; --rail: #16324a; --rail-text: #d5e0e8; --warn: #8a4b00; --warn-tint: #fdf1dc;
  --focus: #0b5fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #121a21; --paper: #1a242d; --sunken: #0d1419; --ink: #e6ecf0; --muted: #a3b1bc; --line: #2d3a45;
    --brand: #8cc4ec; --second: #6d7c88; --rail: #0d1419; --rail-text: #d5e0e8; --warn: #f3c987; --warn-tint: #33260f;
    --focus: #8cc4ec;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--canvas); color: var(--ink);
  font: 1rem/1.55 "Atkinson Hyperlegible Next", system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
.strip { margin: 0; padding: 8px 24px; background: var(--warn-tint); color: var(--warn); text-align: center; }
header {
  display: flex; align-items: center; gap: 12px; padding: 12px max(24px, calc((100% - 1072px) / 2));
  background: var(--rail); color: var(--rail-text);
}
.name { font-size: 1.25rem; font-weight: 650; }
.mark path { fill: none; stroke-width: 3; stroke-linecap: round; }
.thread-a { stroke: #8cc4ec; }
.thread-b { stroke: #fff; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 16px; }
h1 { margin: 0 0 8px; font-size: 1.75rem; line-height: 1.25; font-weight: 650; }
h2 { margin: 0 0 12px; font-size: 1.125rem; line-height: 1.3; font-weight: 600; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; }
.lead { margin: 0; max-width: 68ch; color: var(--muted); }
section { margin-top: 32px; }
section > p { margin: 0 0 12px; max-width: 68ch; }
section > ul { margin: 0; padding-left: 20px; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.875em; overflow-wrap: anywhere; }
ul.cards {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 310px), 1fr)); gap: 16px;
  padding: 0; list-style: none;
}
.card {
  display: flex; flex-direction: column; gap: 8px; padding: 16px;
  background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
}
.card p { margin: 0; }
.card p:last-child { margin-top: auto; padding-top: 8px; border-top: 1px solid var(--line); color: var(--brand); }
.card .who { margin-top: -8px; color: var(--muted); font-size: 0.875rem; }
.commands {
  display: grid; grid-template-columns: max-content 1fr; gap: 8px 24px; margin: 0; padding: 16px;
  background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
}
.commands dd { margin: 0; color: var(--muted); }
a { color: var(--brand); text-underline-offset: 3px; }
a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
footer { max-width: 1120px; margin: 0 auto; padding: 8px 24px 32px; color: var(--muted); font-size: 0.875rem; }
@media (max-width: 640px) {
  main { padding: 24px 16px 8px; }
  header, .strip, footer { padding-left: 16px; padding-right: 16px; }
  h1 { font-size: 1.5rem; }
  .commands { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .commands dd { margin-bottom: 12px; }
  .commands dd:last-child { margin-bottom: 0; }
}
)";
}

} // namespace splot

#include "clients/cli/arguments.h"

#include "clients/cli/tree.h"
#include "protocol/channels/types.h"
#include "protocol/identity/types.h"
#include "protocol/teams/types.h"

namespace splot::cli {

void Tree::add_reading() {
    auto& list = command(app_, "list", "moje kanały i to, co w nich czeka");
    list.add_flag("--unread", args.unread, "tylko te, w których coś czeka");
    auto& read = command(app_, "read", "przeczytaj kanał");
    option(read, "kanał", args.channel, "", "„Zespół/Kanał” albo część nazwy", Completes::channel)->required();
    option(read, "--topic", args.topic, "TEMAT", "tylko ten temat");
    option(read, "--before", args.before, "WIADOMOŚĆ", "tylko starsze od tej");
    option(read, "-n,--count", args.count, "ILE", "ile najnowszych (30)");
    auto& follow = command(app_, "follow", "pokazuj na bieżąco (Ctrl-C kończy); po przerwie dogania");
    option(follow, "kanał", args.channels, "", "tylko te kanały", Completes::channel);
    auto& mark = command(app_, "mark-read", "oznacz kanały jako przeczytane");
    option(mark, "kanał", args.channels, "", "które", Completes::channel);
    mark.add_flag("--all", args.all, "wszystkie");
    auto& history = command(app_, "history", "wszystkie wersje wiadomości");
    option(history, "wiadomość", args.message, "", "oznaczenie z listy")->required();
    option(history, "--in", args.channel, "KANAŁ", "szukaj w tym kanale do końca", Completes::channel);
    auto& why = command(app_, "why", "dlaczego to widzę");
    option(why, "co", args.subject, "", "kanał albo wiadomość", Completes::channel)->required();
    auto& audience = command(app_, "audience", "kto to widzi");
    option(audience, "co", args.subject, "", "kanał albo wiadomość", Completes::channel)->required();
    command(app_, "roles", "która rola co może");
}

void Tree::add_writing() {
    auto& post = command(app_, "post", "napisz w kanale");
    option(post, "kanał", args.channel, "", "„Zespół/Kanał” albo część nazwy", Completes::channel)->required();
    the_text(post);
    option(post, "-t,--topic", args.topic, "TEMAT", "temat (zbędny, gdy jest jeden)");
    who_reads(post);
    option(post, "--on-behalf-of", args.on_behalf_of, "OSOBA", "kto to powiedział, gdy zapisuje ktoś inny",
           Completes::person);
    choice(post, "--way", args.way, "jak powiedział", names_of_all<Way>());
    post.add_flag("--preview", args.preview, "nie wysyłaj, pokaż, kto zobaczy");
    auto& reply = command(app_, "reply", "odpowiedz na wiadomość");
    auto& edit = command(app_, "edit", "popraw swoją wiadomość");
    auto& remove = command(app_, "delete", "usuń wiadomość (zostaje ślad)");
    for (auto* const at : {&reply, &edit, &remove}) {
        option(*at, "wiadomość", args.message, "", "oznaczenie z listy (np. 4f09ac)")->required();
        option(*at, "--in", args.channel, "KANAŁ", "szukaj w tym kanale do końca", Completes::channel);
    }
    the_text(reply);
    who_reads(reply);
    the_text(edit);
    option(edit, "--mention", args.mentions, "OSOBA", "wspomnij osobę", Completes::person);
}

void Tree::add_people() {
    auto& institutions = group("institutions", "instytucje");
    command(institutions, "list", "instytucje huba");
    auto& create = command(institutions, "create", "załóż instytucję i jej kierownika (administrator)");
    option(create, "nazwa", args.name, "", "pełna nazwa")->required();
    option(create, "--short", args.short_name, "SKRÓT", "krótka nazwa")->required();
    choice(create, "--kind", args.kind, "rodzaj", names_of_all<InstitutionKind>())->required();
    option(create, "--town", args.town, "MIEJSCOWOŚĆ", "siedziba")->required();
    option(create, "--head-name", args.head_name, "OSOBA", "imię i nazwisko kierownika")->required();
    option(create, "--head-post", args.head_post, "STANOWISKO", "stanowisko kierownika");
    option(create, "--head-login", args.head_login, "LOGIN", "login kierownika")->required();
    password(create, "hasło kierownika z wejścia (bez niego jeszcze się nie zaloguje)");

    auto& people = group("people", "osoby");
    option(command(people, "list", "osoby wpisane przy instytucji"), "instytucja", args.institution, "", "która",
           Completes::institution)
        ->required();
    auto& person = command(people, "create", "wpisz osobę (kierownik, administrator)");
    option(person, "osoba", args.name, "", "imię i nazwisko")->required();
    option(person, "--institution", args.institution, "INSTYTUCJA", "przy której", Completes::institution)->required();
    option(person, "--post", args.post, "STANOWISKO", "np. pracownik socjalny");
    option(person, "--login", args.login, "LOGIN", "bez niego osoba się nie loguje");
    password(person, "pierwsze hasło z wejścia");

    auto& mandates = group("mandates", "mandaty: kto kogo reprezentuje");
    auto& give = command(mandates, "give", "daj mandat (kierownik instytucji)");
    option(give, "osoba", args.person, "", "komu", Completes::person)->required();
    option(give, "--institution", args.institution, "INSTYTUCJA", "w imieniu której", Completes::institution)
        ->required();
    option(give, "--team", args.team, "ZESPÓŁ", "w którym zespole (bez: w samej instytucji)", Completes::team);
    choice(give, "--role", args.role, "rola", names_of_all<Role>())->required();
    give.add_flag("--decision-maker", args.decision_maker, "może decydować w głosowaniach");
    option(give, "--act", args.act, "PISMO", "podstawa, np. „pełnomocnictwo 12/2026”")->required();
    option(give, "--from", args.from, "OD", "dzień (2026-11-24) lub chwila; bez: od teraz");
    option(give, "--until", args.until, "DO", "wymagane dla gościa i superwizora");
    auto& end = command(mandates, "end", "zakończ mandat");
    option(end, "mandat", args.mandate, "", "oznaczenie z listy mandatów")->required();
    auto& list = command(mandates, "list", "mandaty moje i współpracowników");
    option(list, "--team", args.team, "ZESPÓŁ", "tylko w tym zespole", Completes::team);
    option(list, "--institution", args.institution, "INSTYTUCJA", "tylko tej instytucji", Completes::institution);
}

void Tree::add_teams() {
    auto& teams = group("teams", "zespoły");
    command(teams, "list", "moje zespoły");
    option(command(teams, "show", "skład zespołu"), "zespół", args.team, "", "który", Completes::team)->required();
    auto& create = command(teams, "create", "załóż zespół (kierownik instytucji prowadzącej)");
    option(create, "nazwa", args.name, "", "nazwa zespołu")->required();
    option(create, "--lead", args.institution, "INSTYTUCJA", "instytucja prowadząca", Completes::institution)
        ->required();
    choice(create, "--kind", args.kind, "rodzaj", names_of_all<TeamKind>())->required();
    choice(create, "--variant", args.variant, "model", names_of_all<Variant>())->required();
    option(create, "--purpose", args.purpose, "CEL", "po co jest");
    option(create, "--parent", args.parent, "ZESPÓŁ", "partnerstwo, do którego należy zespół sprawy", Completes::team);
    auto& admit = command(teams, "admit", "przyjmij instytucję do zespołu (animator)");
    option(admit, "zespół", args.team, "", "do którego", Completes::team)->required();
    option(admit, "instytucja", args.institution, "", "którą", Completes::institution)->required();
    choice(admit, "--mode", args.mode, "jako (active)", names_of_all<MembershipMode>());
}

void Tree::add_channels() {
    auto& channels = group("channels", "kanały");
    auto& create = command(channels, "create", "załóż kanał (animator; kierownik we własnej instytucji)");
    option(create, "nazwa", args.name, "", "nazwa kanału")->required();
    option(create, "--team", args.team, "ZESPÓŁ", "w którym zespole", Completes::team);
    option(create, "--institution", args.institution, "INSTYTUCJA", "albo w której instytucji", Completes::institution);
    choice(create, "--lane", args.lane, "dla kogo (all; w instytucji institution)", names_of_all<Lane>());
    option(create, "--purpose", args.purpose, "CEL", "po co jest");
    option(create, "--person", args.persons, "OSOBA", "osoba na liście (lane listed)", Completes::person);
    create.add_flag("--sealed", args.sealed, "treść pod własnym kluczem, każde czytanie zapisane");
    auto& add = command(channels, "add", "dopisz osobę do listy kanału");
    auto& remove = command(channels, "remove", "skreśl osobę z listy kanału");
    for (auto* const at : {&add, &remove}) {
        option(*at, "kanał", args.channel, "", "który", Completes::channel)->required();
        option(*at, "osoba", args.person, "", "kogo", Completes::person)->required();
    }
    auto& destroy = command(channels, "destroy-key", "zniszcz klucz kanału: treści nikt już nie przeczyta");
    option(destroy, "kanał", args.channel, "", "który", Completes::channel)->required();
    destroy.add_flag("--yes", args.yes, "tak, na zawsze");
    auto& topics = group("topics", "tematy kanału");
    auto& topic = command(topics, "create", "załóż temat");
    option(topic, "kanał", args.channel, "", "w którym", Completes::channel)->required();
    option(topic, "nazwa", args.name, "", "nazwa tematu")->required();
    option(command(topics, "list", "tematy kanału"), "kanał", args.channel, "", "którego", Completes::channel)
        ->required();
}

namespace {

/// The innermost command that was given, and its name ("mandates give").
std::pair<const CLI::App*, std::string> given_command(const CLI::App& app) {
    const CLI::App* at = &app;
    std::string name;
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        name += (name.empty() ? "" : " ") + at->get_name();
    }
    return {at, name};
}

std::string after(const std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    return at == std::string::npos ? text : text.substr(at + mark.size());
}

std::string sentence(const CLI::ParseError& error, const CLI::App& at) {
    const std::string text = error.what();
    switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
        return "Nie wiadomo, co znaczy: " + after(text, "expected: ");
    case CLI::ExitCodes::ArgumentMismatch:
        return "Opcja " + text.substr(0, text.find(':')) + " potrzebuje wartości.";
    case CLI::ExitCodes::ConversionError:
        return "Zła wartość: " + after(text, "convert: ");
    case CLI::ExitCodes::RequiredError:
        break;
    default:
        return text;
    }
    if (!text.ends_with("subcommand is required")) return "Brakuje: " + text.substr(0, text.find(" is required"));
    std::string all;
    for (const auto* sub : at.get_subcommands([](const CLI::App*) { return true; }))
        all += (all.empty() ? "" : ", ") + sub->get_name();
    return at.remaining().empty() ? "Brakuje polecenia. Są: " + all
                                  : "Nie ma polecenia „" + at.remaining().front() + "”. Są: " + all;
}

} // namespace

std::variant<Arguments, Printed> read_arguments(const std::vector<std::string>& words) {
    Tree tree;
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    try {
        tree.app().parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        return Printed{0, tree.app().help()};
    } catch (const CLI::CallForVersion& version) {
        return Printed{0, std::string(version.what()) + "\n"};
    } catch (const CLI::ParseError& error) {
        const auto [at, name] = given_command(tree.app());
        return Printed{2, sentence(error, *at) + "\nPomoc: splot " + name + (name.empty() ? "" : " ") + "--help\n"};
    }
    tree.args.command = given_command(tree.app()).second;
    for (const auto& word : tree.text)
        tree.args.text = tree.args.text ? *tree.args.text + " " + word : word;
    return std::move(tree.args);
}

Completion complete_arguments(const std::vector<std::string>& words) {
    Tree tree;
    const CLI::App* at = &tree.app();
    const CLI::Option* value_of = nullptr;
    std::size_t positional = 0;
    const auto find_option = [&](const std::string& name) -> const CLI::Option* {
        for (const auto* level = at; level; level = level->get_parent())
            if (const auto* found = level->get_option_no_throw(name)) return found;
        return nullptr;
    };
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (std::exchange(value_of, nullptr)) continue;
        const auto subs = at->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == words[i]; });
        if (words[i].starts_with("-")) {
            const auto* const found = find_option(words[i]);
            value_of = found && found->get_items_expected_max() > 0 ? found : nullptr;
        } else if (!subs.empty()) {
            at = subs.front();
        } else {
            ++positional;
        }
    }
    const auto of = [&](const CLI::Option* o) { return tree.completion(o) ? *tree.completion(o) : Completion{}; };
    if (value_of) return of(value_of);
    if (!words.empty() && words.back().starts_with("-")) {
        Completion options;
        for (const auto* level = at; level; level = level->get_parent())
            for (const auto* o : level->get_options())
                for (const auto& name : o->get_lnames())
                    options.words.push_back("--" + name);
        return options;
    }
    Completion result;
    const auto places = at->get_options([](const CLI::Option* o) { return o->get_positional(); });
    if (!places.empty()) result = of(places[std::min(positional, places.size() - 1)]);
    if (positional >= places.size() && (places.empty() || places.back()->get_items_expected_max() <= 1)) result = {};
    for (const auto* sub : at->get_subcommands([](const CLI::App*) { return true; }))
        result.words.push_back(sub->get_name());
    return result;
}

} // namespace splot::cli

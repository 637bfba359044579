#pragma once
#include "clients/cli/arguments.h"
#include "clients/cli/utf8.h"
#include "protocol/enums.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <map>
#include <memory>

/// The command tree, for the files that grow it: arguments.cpp and arguments_account.cpp.
namespace splot::cli {

/// CLI11 counts bytes, we count characters.
struct PolishFormatter : CLI::Formatter {
    PolishFormatter() {
        for (const auto& [english, polish] : std::map<std::string, std::string>{{"Usage", "Użycie"},
                                                                                {"OPTIONS", "OPCJE"},
                                                                                {"Options", "Opcje"},
                                                                                {"Positionals", "Argumenty"},
                                                                                {"SUBCOMMAND", "POLECENIE"},
                                                                                {"SUBCOMMANDS", "POLECENIE"},
                                                                                {"Subcommands", "Polecenia"},
                                                                                {"REQUIRED", ""},
                                                                                {"TEXT", "TEKST"}})
            label(english, polish);
        column_width(30);
    }
    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        const std::string left = "  " + make_option_name(option, is_positional) + " " + option->get_type_name();
        const auto width = width_of(left);
        const std::string gap =
            width < column_width_ ? std::string(column_width_ - width, ' ') : "\n" + std::string(column_width_, ' ');
        return left + gap + make_option_desc(option) + "\n";
    }
};

template <DescribedEnum E> std::vector<std::string> names_of_all() {
    std::vector<std::string> all;
    for (const auto& one : enumerators<E>)
        all.emplace_back(one.name);
    return all;
}

/// All commands and options, bound to one Arguments.
class Tree {
public:
    Tree() : app_("Splot w terminalu: rozmowy zespołów i instytucji.", "splot") {
        app_.formatter(std::make_shared<PolishFormatter>());
        app_.option_defaults()->group("Opcje");
        app_.set_help_flag("-h,--help", "pokaż tę pomoc");
        app_.set_version_flag("--version", "splot 0.1", "pokaż wersję");
        app_.fallthrough();
        app_.require_subcommand(1);
        option(app_, "--hub", args.hub, "ADRES", "hub, np. https://splot.powiat.example");
        option(app_, "--as", args.acts_as, "MANDAT", "w czyim imieniu: mandat albo instytucja", Completes::institution);
        option(app_, "--ca", args.ca_file, "PLIK", "zaufaj certyfikatom z pliku PEM", Completes::file);
        app_.add_flag("--json", args.json, "odpowiedź dla programów: jeden obiekt JSON w wierszu");
        add_account();
        add_reading();
        add_writing();
        add_people();
        add_teams();
        add_channels();
        add_keeping();
    }

    CLI::App& app() { return app_; }
    const Completion* completion(const CLI::Option* o) const {
        const auto found = completions_.find(o);
        return found == completions_.end() ? nullptr : &found->second;
    }

    Arguments args;
    std::vector<std::string> text;

private:
    static CLI::App& in_polish(CLI::App* command) {
        command->get_help_ptr()->group("Opcje");
        return *command->group("Polecenia");
    }
    CLI::App& command(CLI::App& parent, const std::string& name, const std::string& help) {
        return in_polish(parent.add_subcommand(name, help));
    }
    CLI::App& group(const std::string& name, const std::string& help) {
        return *in_polish(app_.add_subcommand(name, help)).require_subcommand(1);
    }
    template <class T>
    CLI::Option* option(CLI::App& at, const std::string& name, T& value, const std::string& type,
                        const std::string& help, Completes names = Completes::nothing) {
        auto* const made = at.add_option(name, value, help)->type_name(type);
        if constexpr (std::is_same_v<T, std::vector<std::string>>)
            if (name.starts_with("-")) made->expected(1)->take_all()->allow_extra_args(false);
        completions_[made].names = names;
        return made;
    }
    /// A closed list, by the names of the protocol.
    CLI::Option* choice(CLI::App& at, const std::string& name, std::string& value, const std::string& help,
                        std::vector<std::string> all) {
        std::string listed;
        for (const auto& one : all)
            listed += (listed.empty() ? "" : ", ") + one;
        auto* const made = option(at, name, value, "", help + ": " + listed);
        completions_[made].words = all;
        return made->check([all = std::move(all), listed](const std::string& given) {
            return std::ranges::find(all, given) != all.end() ? std::string()
                                                              : "„" + given + "” nie pasuje; możliwe: " + listed;
        });
    }
    void password(CLI::App& at, const std::string& help = "hasło z pierwszego wiersza wejścia") {
        at.add_flag("--password-stdin", args.password_stdin, help);
    }
    void the_text(CLI::App& at) { option(at, "tekst", text, "", "treść; „-” albo nic: ze standardowego wejścia"); }
    void who_reads(CLI::App& at) {
        option(at, "--mention", args.mentions, "OSOBA", "wspomnij osobę (można też pisać @Imię Nazwisko)",
               Completes::person);
        option(at, "--audience", args.audience, "KTO", "tylko dla tych instytucji lub osób", Completes::institution);
    }

    void add_account();
    void add_reading();
    void add_writing();
    void add_people();
    void add_teams();
    void add_channels();
    void add_keeping();

    CLI::App app_;
    std::map<const CLI::Option*, Completion> completions_;
};

} // namespace splot::cli

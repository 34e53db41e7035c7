// Which language a file is written in, by its name.
#include "checks/secrets/commentsyntax.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <string>

namespace cockpit {

namespace {

struct Ending
{
    std::string_view ending; // of the name in lower case; the first that fits counts
    Language language;
};

using enum Language;
constexpr std::array kEndings{
    Ending{".blade.php", Blade},
    Ending{".c", C},
    Ending{".h", C},
    Ending{".cc", C},
    Ending{".cpp", C},
    Ending{".cxx", C},
    Ending{".hh", C},
    Ending{".hpp", C},
    Ending{".hxx", C},
    Ending{".mm", C},
    Ending{".ino", C},
    Ending{".proto", C},
    Ending{".sol", C},
    Ending{".glsl", C},
    Ending{".java", Java},
    Ending{".kt", Java},
    Ending{".kts", Java},
    Ending{".scala", Java},
    Ending{".groovy", Java},
    Ending{".gradle", Java},
    Ending{".dart", Java},
    Ending{".swift", Swift},
    Ending{".cs", CSharp},
    Ending{".go", Go},
    Ending{".rs", Rust},
    Ending{".js", JavaScript},
    Ending{".mjs", JavaScript},
    Ending{".cjs", JavaScript},
    Ending{".jsx", JavaScript},
    Ending{".ts", JavaScript},
    Ending{".mts", JavaScript},
    Ending{".cts", JavaScript},
    Ending{".tsx", JavaScript},
    Ending{".php", Php},
    Ending{".phtml", Php},
    Ending{".inc", Php},
    Ending{".py", Python},
    Ending{".pyi", Python},
    Ending{".pyw", Python},
    Ending{".bzl", Python},
    Ending{".rb", Ruby},
    Ending{".rake", Ruby},
    Ending{".gemspec", Ruby},
    Ending{".ru", Ruby},
    Ending{".podspec", Ruby},
    Ending{".pl", Perl},
    Ending{".pm", Perl},
    Ending{".ex", Elixir},
    Ending{".exs", Elixir},
    Ending{".sh", Shell},
    Ending{".bash", Shell},
    Ending{".zsh", Shell},
    Ending{".ksh", Shell},
    Ending{".bats", Shell},
    Ending{".envrc", Shell},
    Ending{".bashrc", Shell},
    Ending{".zshrc", Shell},
    Ending{".profile", Shell},
    Ending{".bash_profile", Shell},
    Ending{".ps1", PowerShell},
    Ending{".psm1", PowerShell},
    Ending{".psd1", PowerShell},
    Ending{".bat", Batch},
    Ending{".cmd", Batch},
    Ending{".yml", Yaml},
    Ending{".yaml", Yaml},
    Ending{".toml", Toml},
    Ending{".ini", Ini},
    Ending{".cfg", Ini},
    Ending{".cnf", Ini},
    Ending{".npmrc", Ini},
    Ending{".pypirc", Ini},
    Ending{".gitconfig", Ini},
    Ending{".editorconfig", Ini},
    Ending{".properties", Properties},
    Ending{".service", Properties},
    Ending{".desktop", Properties},
    Ending{".env", Env},
    Ending{".conf", Conf},
    Ending{".json", Json},
    Ending{".jsonc", Json},
    Ending{".json5", Json},
    Ending{".webmanifest", Json},
    Ending{".sql", Sql},
    Ending{".psql", Sql},
    Ending{".lua", Lua},
    Ending{".hs", Haskell},
    Ending{".elm", Haskell},
    Ending{".purs", Haskell},
    Ending{".vb", VisualBasic},
    Ending{".vbs", VisualBasic},
    Ending{".bas", VisualBasic},
    Ending{".frm", VisualBasic},
    Ending{".tex", Latex},
    Ending{".sty", Latex},
    Ending{".bib", Latex},
    Ending{".erl", Erlang},
    Ending{".hrl", Erlang},
    Ending{"rebar.config", Erlang},
    Ending{"sys.config", Erlang},
    Ending{".clj", Lisp},
    Ending{".cljs", Lisp},
    Ending{".cljc", Lisp},
    Ending{".edn", Lisp},
    Ending{".el", Lisp},
    Ending{".lisp", Lisp},
    Ending{".scm", Lisp},
    Ending{".rkt", Lisp},
    Ending{".tf", Terraform},
    Ending{".tfvars", Terraform},
    Ending{".hcl", Terraform},
    Ending{".dockerfile", Docker},
    Ending{".mk", Make},
    Ending{".css", Css},
    Ending{".scss", Scss},
    Ending{".less", Scss},
    Ending{".html", Html},
    Ending{".htm", Html},
    Ending{".xhtml", Html},
    Ending{".vue", Html},
    Ending{".svelte", Html},
    Ending{".astro", Html},
    Ending{".xml", Xml},
    Ending{".svg", Xml},
    Ending{".plist", Xml},
    Ending{".csproj", Xml},
    Ending{".xaml", Xml},
    Ending{".entitlements", Xml},
    Ending{".storyboard", Xml},
    Ending{".config", Xml},
    Ending{".md", Markdown},
    Ending{".markdown", Markdown},
    Ending{".mdx", Markdown},
    Ending{".twig", Twig},
    Ending{".j2", Twig},
    Ending{".jinja", Twig},
    Ending{".jinja2", Twig},
    Ending{".njk", Twig},
    Ending{".liquid", Liquid},
    Ending{".hbs", Handlebars},
    Ending{".handlebars", Handlebars},
    Ending{".mustache", Handlebars},
    Ending{".erb", Erb},
    Ending{".ejs", Ejs},
    Ending{".jsp", Jsp},
    Ending{".asp", Jsp},
    Ending{".aspx", Jsp},
    Ending{".cshtml", Razor},
    Ending{".razor", Razor},
    Ending{".vbhtml", Razor},
};

constexpr std::array kNames{
    Ending{"dockerfile", Docker}, Ending{"containerfile", Docker}, Ending{"makefile", Make},
    Ending{"gnumakefile", Make},  Ending{"gemfile", Ruby},         Ending{"rakefile", Ruby},
    Ending{"podfile", Ruby},      Ending{"fastfile", Ruby},        Ending{"appfile", Ruby},
    Ending{"matchfile", Ruby},    Ending{"vagrantfile", Ruby},     Ending{"jenkinsfile", Java},
};

constexpr std::array kInterpreters{
    Ending{"python", Python}, Ending{"node", JavaScript}, Ending{"deno", JavaScript}, Ending{"bun", JavaScript},
    Ending{"ruby", Ruby},     Ending{"perl", Perl},       Ending{"php", Php},         Ending{"bash", Shell},
    Ending{"zsh", Shell},     Ending{"ksh", Shell},       Ending{"dash", Shell},      Ending{"sh", Shell},
    Ending{"lua", Lua},       Ending{"pwsh", PowerShell}, Ending{"elixir", Elixir},   Ending{"escript", Erlang},
};

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), lowerByte);
    return lower;
}

// ".env", ".env.production", "shop.env", "env.local"
bool isEnvName(std::string_view name)
{
    return name == ".env" || name.starts_with(".env.") || name.starts_with(".env-") || name.ends_with(".env");
}

} // namespace

Language languageOf(QByteArrayView path)
{
    std::string_view whole(path.data(), static_cast<size_t>(path.size()));
    const std::string name = lowered(whole.substr(whole.find_last_of('/') + 1));
    if (isEnvName(name))
        return Env;
    const auto *const named = std::ranges::find_if(kNames, [&name](const Ending &one) {
        return name.starts_with(one.ending) && (name.size() == one.ending.size() || name[one.ending.size()] == '.');
    });
    if (named != kNames.end())
        return named->language;
    // A sample is written as what it is a sample of.
    std::string_view rest = name;
    for (const std::string_view more : {".example", ".sample", ".dist", ".template", ".bak", ".orig"}) {
        if (rest.ends_with(more))
            rest.remove_suffix(more.size());
    }
    const auto *const known =
        std::ranges::find_if(kEndings, [rest](const Ending &one) { return rest.ends_with(one.ending); });
    return known == kEndings.end() ? Unknown : known->language;
}

Language languageOfFirstLine(std::string_view text)
{
    if (!text.starts_with("#!"))
        return Unknown;
    std::string_view line = text.substr(2, text.find_first_of("\r\n") - 2);
    // "/usr/bin/env -S node --harmony": the first word that is an interpreter's.
    while (!line.empty()) {
        const size_t end = std::min(line.find_first_of(" \t"), line.size());
        const std::string_view word = line.substr(0, end);
        const std::string_view program = word.substr(word.find_last_of('/') + 1);
        const auto *const known = std::ranges::find_if(kInterpreters, [program](const Ending &one) {
            const std::string_view version = program.substr(std::min(one.ending.size(), program.size()));
            return program.starts_with(one.ending) &&
                   std::ranges::all_of(version, [](char c) { return isDigitByte(c) || c == '.'; });
        });
        if (known != kInterpreters.end())
            return known->language;
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return Unknown;
}

} // namespace cockpit

// How comments and texts are written in the languages of a product's files. Internal to the folder.
#pragma once

#include <QByteArrayView>

#include <bitset>
#include <cstddef>
#include <span>
#include <string_view>

namespace cockpit {

// A form of writing, not a name: what is written alike is one.
enum class Language {
    Unknown, // no ending tells: each line is looked at by itself (linestate.h)
    C,       // and C++, with raw strings
    Java,    // and Kotlin, Scala, Groovy, Dart: texts of three quotes, holes in texts
    Swift,
    CSharp,
    Go,
    Rust,
    JavaScript, // and TypeScript
    Php,        // in pages
    Python,
    Ruby,
    Perl,
    Elixir,
    Shell,
    PowerShell,
    Batch,
    Yaml,
    Toml,
    Ini,
    Properties,
    Env,
    Conf,
    Json,
    Sql,
    Lua,
    Haskell,
    VisualBasic,
    Latex,
    Erlang,
    Lisp,
    Terraform,
    Docker,
    Make,
    Css,
    Scss,
    Html,
    Xml,
    Markdown,
    Twig, // and Jinja, Django
    Liquid,
    Handlebars,
    Blade,
    Erb,
    Ejs,
    Jsp,
    Razor,
    // Parts of others; no file is called so.
    PhpCode,
    TemplateCode,
    Tag,
};
constexpr size_t kLanguages = static_cast<size_t>(Language::Tag) + 1;

// What may stand before the opening of a comment.
enum class Before {
    Anything,
    NoAddress, // "url(//cdn", "https://"
    Blank,     // or the beginning of the line, or a sign that ends a word of a shell
    LineStart, // nothing but blanks
    Statement, // the beginning of a line or "&" of a batch file, with "@" before it
};

struct CommentForm
{
    std::string_view open;
    std::string_view close = {}; // empty: the end of the line
    Before before = Before::Anything;
    bool nests = false;
    bool isWord = false; // any case, and no letter behind it: REM
};

enum class Escape { None, Backslash, Backtick, Doubled };

struct QuoteForm
{
    std::string_view open;
    std::string_view close;
    bool spans = false; // may go on in the next line
    Escape escape = Escape::Backslash;
    std::string_view hole = {}; // opens code within it, which ends with its bracket's partner
};

// Another language within it.
struct PartForm
{
    std::string_view open;
    std::string_view close;
    Language language = Language::Unknown;
    bool endsInTexts = true; // whoever looks for the end does not know of texts: "</script" in a string
};

// What no table says; of commentwalk.cpp.
enum Quirk : unsigned {
    NoQuirk = 0,
    EscapesInCode = 1U << 0,    // a backslash takes the next character's meaning
    CharLiterals = 1U << 1,     // 'x' is a text, and 'a alone is a name or a lifetime
    RawOfCpp = 1U << 2,         // R"x(…)x"
    HashedQuotes = 1U << 3,     // r#"…"#, #"…"#
    Prefixes = 1U << 4,         // f"{…}" of Python, $"{…}" and @"…" of C#
    LongBrackets = 1U << 5,     // [==[…]==]
    DollarTags = 1U << 6,       // $x$…$x$
    Heredocs = 1U << 7,         // <<WORD
    HeredocsOfPhp = 1U << 8,    // <<<WORD
    Regexes = 1U << 9,          // /…/ where a value may begin
    Sigils = 1U << 10,          // ~s|…|
    PercentTexts = 1U << 24,    // %q(…), %w[…]
    QuoteWords = 1U << 25,      // q{…}, m|…|
    ValueQuotes = 1U << 11,     // a quote is one where a value of YAML begins
    EqualsQuotes = 1U << 12,    // a quote is one behind "=" alone
    BlockScalars = 1U << 13,    // "key: |" of YAML
    Verbatim = 1U << 14,        // of LaTeX
    DollarChars = 1U << 15,     // $" of Erlang
    DashesNoSign = 1U << 16,    // "--" is a comment where no other sign follows: "-->" is an operator of Haskell
    BlankBehind = 1U << 17,     // "--" needs a blank behind it: MySQL
    RunLines = 1U << 18,        // RUN of a Dockerfile is a shell's
    LostByBackslash = 1U << 19, // '\' ends in one database, and goes on in another
    HasMarkup = 1U << 20,       // what stands between tags is text (JSX)
    QuasiQuotes = 1U << 21,     // [r|…|]
    NoAttribute = 1U << 22,     // #[…] is no comment
    BackticksInCode = 1U << 23, // as EscapesInCode, of PowerShell
};

struct Syntax
{
    std::span<const CommentForm> comments = {}; // longer before shorter, in each
    std::span<const QuoteForm> quotes = {};
    std::span<const PartForm> parts = {};
    unsigned quirks = NoQuirk;
    std::bitset<256> openers = {}; // the bytes that something of it may begin with; others need no look at the tables

    bool has(Quirk quirk) const { return (quirks & quirk) != 0; }
};

const Syntax &syntaxOf(Language language);

// By the last name of a path, and what it ends with; of an archive's the path within it. Unknown: nothing tells.
Language languageOf(QByteArrayView path);

// "#!/usr/bin/env python3". Unknown: there is none, or it names something else.
Language languageOfFirstLine(std::string_view text);

} // namespace cockpit

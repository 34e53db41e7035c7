#include "checks/secrets/commentsyntax.h"

#include <array>

// Where each form is said: ECMA-262 sections 12.4 and 12.9, the Python reference section 2, the POSIX shell section 2.2
// and 2.3, YAML 1.2 sections 6.6, 7.3 and 8.1, TOML 1.0, the manuals of the others.

namespace cockpit {

namespace {

constexpr std::array kSlashes{CommentForm{"/*", "*/"}, CommentForm{"//"}};
constexpr std::array kNestingSlashes{CommentForm{"/*", "*/", Before::Anything, true}, CommentForm{"//"}};
constexpr std::array kPhpComments{CommentForm{"/*", "*/"}, CommentForm{"//"}, CommentForm{"#"}};
constexpr std::array kCssComments{CommentForm{"/*", "*/"}};
constexpr std::array kScssComments{CommentForm{"/*", "*/"}, CommentForm{"//", {}, Before::NoAddress}};
constexpr std::array kHash{CommentForm{"#"}};
constexpr std::array kLooseHash{CommentForm{"#", {}, Before::Blank}};
constexpr std::array kRubyComments{CommentForm{"=begin", "\n=end", Before::LineStart}, CommentForm{"#"}};
constexpr std::array kPerlComments{
    CommentForm{"=pod", "\n=cut", Before::LineStart}, CommentForm{"=head", "\n=cut", Before::LineStart},
    CommentForm{"=begin", "\n=cut", Before::LineStart}, CommentForm{"#", {}, Before::Blank}};
constexpr std::array kPowerShellComments{CommentForm{"<#", "#>"}, CommentForm{"#", {}, Before::Blank}};
constexpr std::array kBatchComments{CommentForm{"::", {}, Before::LineStart},
                                    CommentForm{"rem", {}, Before::Statement, false, true}};
constexpr std::array kIniComments{CommentForm{";", {}, Before::Blank}, CommentForm{"#", {}, Before::Blank}};
constexpr std::array kPropertiesComments{CommentForm{"#", {}, Before::LineStart},
                                         CommentForm{"!", {}, Before::LineStart}};
constexpr std::array kSqlComments{CommentForm{"/*", "*/"}, CommentForm{"--"}};
constexpr std::array kLuaComments{CommentForm{"--"}};
constexpr std::array kHaskellComments{CommentForm{"{-", "-}", Before::Anything, true}, CommentForm{"--"}};
constexpr std::array kBasicComments{CommentForm{"'"}, CommentForm{"rem", {}, Before::LineStart, false, true}};
constexpr std::array kPercent{CommentForm{"%"}};
constexpr std::array kLispComments{CommentForm{"#|", "|#", Before::Anything, true}, CommentForm{";"}};
constexpr std::array kTerraformComments{CommentForm{"/*", "*/"}, CommentForm{"//"}, CommentForm{"#"}};
constexpr std::array kDockerComments{CommentForm{"#", {}, Before::LineStart}, CommentForm{"#", {}, Before::Blank}};
constexpr std::array kHtmlComments{CommentForm{"<!--", "-->"}};
constexpr std::array kTwigComments{CommentForm{"<!--", "-->"}, CommentForm{"{#", "#}"},
                                   CommentForm{"{% comment", "{% endcomment"}};
constexpr std::array kLiquidComments{CommentForm{"<!--", "-->"}, CommentForm{"{%- comment", "endcomment"},
                                     CommentForm{"{% comment", "endcomment"}};
constexpr std::array kHandlebarsComments{CommentForm{"<!--", "-->"},    CommentForm{"{{!--", "--}}"},
                                         CommentForm{"{{~!--", "--}}"}, CommentForm{"{{~!--", "--~}}"},
                                         CommentForm{"{{!", "}}"},      CommentForm{"{{~!", "}}"}};
constexpr std::array kBladeComments{CommentForm{"<!--", "-->"}, CommentForm{"{{--", "--}}"}};
constexpr std::array kErbComments{CommentForm{"<!--", "-->"}, CommentForm{"<%#", "%>"}};
constexpr std::array kJspComments{CommentForm{"<!--", "-->"}, CommentForm{"<%--", "--%>"}};
constexpr std::array kRazorComments{CommentForm{"<!--", "-->"}, CommentForm{"@*", "*@"}};

constexpr QuoteForm kDouble{"\"", "\""};
constexpr QuoteForm kSingle{"'", "'"};
constexpr QuoteForm kWideDouble{"\"", "\"", true};
constexpr QuoteForm kWideSingle{"'", "'", true};
constexpr std::array kOneDouble{kDouble};
constexpr std::array kWideDoubles{kWideDouble};
constexpr std::array kBothQuotes{kDouble, kSingle};
constexpr std::array kTagQuotes{QuoteForm{"\"", "\"", true, Escape::None}, QuoteForm{"'", "'", true, Escape::None}};
constexpr std::array kJavaQuotes{QuoteForm{"\"\"\"", "\"\"\"", true, Escape::Backslash, "${"},
                                 QuoteForm{"'''", "'''", true, Escape::Backslash, "${"},
                                 QuoteForm{"\"", "\"", false, Escape::Backslash, "${"}, kSingle};
constexpr std::array kCSharpQuotes{QuoteForm{"\"\"\"", "\"\"\"", true, Escape::None}, kDouble, kSingle};
constexpr std::array kSwiftQuotes{QuoteForm{"\"\"\"", "\"\"\"", true, Escape::Backslash, "\\("},
                                  QuoteForm{"\"", "\"", false, Escape::Backslash, "\\("}};
constexpr std::array kGoQuotes{QuoteForm{"`", "`", true, Escape::None}, kDouble, kSingle};
constexpr std::array kScriptQuotes{QuoteForm{"`", "`", true, Escape::Backslash, "${"}, kDouble, kSingle};
constexpr std::array kPhpQuotes{QuoteForm{"\"", "\"", true, Escape::Backslash, "{$"}, kWideSingle,
                                QuoteForm{"`", "`", true}};
constexpr std::array kPythonQuotes{QuoteForm{"\"\"\"", "\"\"\"", true}, QuoteForm{"'''", "'''", true}, kDouble,
                                   kSingle};
constexpr std::array kRubyQuotes{QuoteForm{"\"", "\"", true, Escape::Backslash, "#{"}, kWideSingle,
                                 QuoteForm{"`", "`", true, Escape::Backslash, "#{"}};
constexpr std::array kPerlQuotes{kWideDouble, kWideSingle, QuoteForm{"`", "`", true}};
constexpr std::array kElixirQuotes{QuoteForm{"\"\"\"", "\"\"\"", true, Escape::Backslash, "#{"},
                                   QuoteForm{"'''", "'''", true, Escape::Backslash, "#{"},
                                   QuoteForm{"\"", "\"", true, Escape::Backslash, "#{"},
                                   QuoteForm{"'", "'", true, Escape::Backslash, "#{"}};
constexpr std::array kShellQuotes{QuoteForm{"$'", "'", true}, QuoteForm{"\"", "\"", true, Escape::Backslash, "$("},
                                  QuoteForm{"'", "'", true, Escape::None}};
constexpr std::array kPowerShellQuotes{
    QuoteForm{"@\"", "\n\"@", true, Escape::None}, QuoteForm{"@'", "\n'@", true, Escape::None},
    QuoteForm{"\"", "\"", true, Escape::Backtick, "$("}, QuoteForm{"'", "'", true, Escape::None}};
constexpr std::array kPlainDouble{QuoteForm{"\"", "\"", false, Escape::None}};
constexpr std::array kYamlQuotes{kWideDouble, QuoteForm{"'", "'", true, Escape::None}};
constexpr std::array kTomlQuotes{QuoteForm{"\"\"\"", "\"\"\"", true}, QuoteForm{"'''", "'''", true, Escape::None},
                                 kDouble, QuoteForm{"'", "'", false, Escape::None}};
constexpr std::array kEnvQuotes{kWideDouble, kWideSingle, QuoteForm{"`", "`", true}};
constexpr std::array kSqlQuotes{QuoteForm{"'", "'", true, Escape::Doubled},
                                QuoteForm{"\"", "\"", true, Escape::Doubled}, QuoteForm{"`", "`", true, Escape::None}};
constexpr std::array kBasicQuotes{QuoteForm{"\"", "\"", true, Escape::None}};
constexpr std::array kErlangQuotes{kWideDouble, kWideSingle};
constexpr std::array kTerraformQuotes{QuoteForm{"\"", "\"", false, Escape::Backslash, "${"}};
constexpr std::array kXmlQuotes{QuoteForm{"<![CDATA[", "]]>", true, Escape::None}};
constexpr std::array kMarkdownQuotes{QuoteForm{"```", "```", true, Escape::None},
                                     QuoteForm{"~~~", "~~~", true, Escape::None},
                                     QuoteForm{"`", "`", false, Escape::None}};

constexpr PartForm kScript{"<script", "</script", Language::JavaScript};
constexpr PartForm kStyle{"<style", "</style", Language::Css};
constexpr PartForm kTag{"<", ">", Language::Tag, false}; // before a letter or a slash alone
constexpr std::array kHtmlParts{kScript, kStyle, kTag};
constexpr std::array kXmlParts{kTag};
constexpr std::array kPhpParts{PartForm{"<?php", "?>", Language::PhpCode, false},
                               PartForm{"<?=", "?>", Language::PhpCode, false}, kScript, kStyle, kTag};
constexpr std::array kTwigParts{PartForm{"{{", "}}", Language::TemplateCode, false},
                                PartForm{"{%", "%}", Language::TemplateCode, false}, kScript, kStyle, kTag};
constexpr std::array kHandlebarsParts{PartForm{"{{", "}}", Language::TemplateCode, false}, kScript, kStyle, kTag};
constexpr std::array kBladeParts{PartForm{"{{", "}}", Language::PhpCode, false},
                                 PartForm{"{!!", "!!}", Language::PhpCode, false},
                                 PartForm{"<?php", "?>", Language::PhpCode, false},
                                 PartForm{"@php", "@endphp", Language::PhpCode, false},
                                 kScript,
                                 kStyle,
                                 kTag};
constexpr std::array kErbParts{PartForm{"<%", "%>", Language::Ruby}, kScript, kStyle, kTag};
constexpr std::array kEjsParts{PartForm{"<%", "%>", Language::JavaScript}, kScript, kStyle, kTag};
constexpr std::array kJspParts{PartForm{"<%", "%>", Language::C}, kScript, kStyle, kTag};

// What the quirks begin with is a list for all of them: few bytes of a file are among these.
std::bitset<256> openersOf(const Syntax &syntax)
{
    std::bitset<256> bytes;
    const auto add = [&bytes](std::string_view opening) { bytes.set(static_cast<unsigned char>(opening.front())); };
    for (const CommentForm &form : syntax.comments) {
        add(form.open);
        if (form.isWord)
            bytes.set(static_cast<unsigned char>(form.open.front() - 'a' + 'A'));
    }
    for (const QuoteForm &form : syntax.quotes)
        add(form.open);
    for (const PartForm &part : syntax.parts)
        add(part.open);
    for (const unsigned char sign : std::string_view("\\`\"#[$<?%~'/"))
        bytes.set(sign, syntax.quirks != NoQuirk || bytes.test(sign));
    return bytes;
}

} // namespace

const Syntax &syntaxOf(Language language)
{
    static const std::array<Syntax, kLanguages> all = [] {
        std::array<Syntax, kLanguages> made{};
        const auto put = [&made](Language each, const Syntax &syntax) { made[static_cast<size_t>(each)] = syntax; };
        using enum Language;
        put(C, {kSlashes, kOneDouble, {}, CharLiterals | RawOfCpp});
        put(Java, {kNestingSlashes, kJavaQuotes, {}, Regexes});
        put(Swift, {kNestingSlashes, kSwiftQuotes, {}, HashedQuotes | Regexes});
        put(CSharp, {kSlashes, kCSharpQuotes, {}, Prefixes});
        put(Go, {kSlashes, kGoQuotes});
        put(Rust, {kNestingSlashes, kWideDoubles, {}, CharLiterals | HashedQuotes});
        put(JavaScript, {kSlashes, kScriptQuotes, {}, Regexes | HasMarkup});
        put(Php, {kHtmlComments, {}, kPhpParts});
        put(PhpCode, {kPhpComments, kPhpQuotes, {}, HeredocsOfPhp | NoAttribute});
        put(Python, {kHash, kPythonQuotes, {}, Prefixes});
        put(Ruby, {kRubyComments, kRubyQuotes, {}, Heredocs | Regexes | PercentTexts});
        put(Perl, {kPerlComments, kPerlQuotes, {}, Heredocs | Regexes | QuoteWords});
        put(Elixir, {kHash, kElixirQuotes, {}, Sigils});
        put(Shell, {kLooseHash, kShellQuotes, {}, Heredocs | EscapesInCode});
        put(PowerShell, {kPowerShellComments, kPowerShellQuotes, {}, BackticksInCode});
        put(Batch, {kBatchComments, kPlainDouble});
        put(Yaml, {kLooseHash, kYamlQuotes, {}, ValueQuotes | BlockScalars});
        put(Toml, {kHash, kTomlQuotes});
        put(Ini, {kIniComments, kBothQuotes, {}, EqualsQuotes});
        put(Properties, {kPropertiesComments});
        put(Env, {kLooseHash, kEnvQuotes, {}, EqualsQuotes});
        put(Conf, {kLooseHash, kBothQuotes});
        put(Json, {kSlashes, kBothQuotes});
        put(Sql, {kSqlComments, kSqlQuotes, {}, DollarTags | BlankBehind | LostByBackslash});
        put(Lua, {kLuaComments, kBothQuotes, {}, LongBrackets});
        put(Haskell, {kHaskellComments, kOneDouble, {}, CharLiterals | DashesNoSign | QuasiQuotes});
        put(VisualBasic, {kBasicComments, kBasicQuotes});
        put(Latex, {kPercent, {}, {}, EscapesInCode | Verbatim});
        put(Erlang, {kPercent, kErlangQuotes, {}, DollarChars});
        put(Lisp, {kLispComments, kWideDoubles, {}, EscapesInCode});
        put(Terraform, {kTerraformComments, kTerraformQuotes, {}, Heredocs});
        put(Docker, {kDockerComments, kBothQuotes, {}, Heredocs | EscapesInCode | RunLines});
        put(Make, {kLooseHash, kBothQuotes, {}, EscapesInCode});
        put(Css, {kCssComments, kBothQuotes});
        put(Scss, {kScssComments, kBothQuotes});
        put(Html, {kHtmlComments, {}, kHtmlParts});
        put(Xml, {kHtmlComments, kXmlQuotes, kXmlParts});
        put(Markdown, {kHtmlComments, kMarkdownQuotes});
        put(Twig, {kTwigComments, {}, kTwigParts});
        put(Liquid, {kLiquidComments, {}, kTwigParts});
        put(Handlebars, {kHandlebarsComments, {}, kHandlebarsParts});
        put(Blade, {kBladeComments, {}, kBladeParts});
        put(Erb, {kErbComments, {}, kErbParts});
        put(Ejs, {kErbComments, {}, kEjsParts});
        put(Jsp, {kJspComments, {}, kJspParts});
        put(Razor, {kRazorComments, {}, kHtmlParts});
        put(TemplateCode, {{}, kTagQuotes});
        put(Tag, {{}, kTagQuotes});
        for (Syntax &each : made)
            each.openers = openersOf(each);
        return made;
    }();
    return all[static_cast<size_t>(language)];
}

} // namespace cockpit

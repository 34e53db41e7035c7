#include "checks/secrets/patternparts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

// A part may name those below it.
constexpr std::array kParts{
    // From the end of a name to the beginning of its value, which need not be quoted. The end of a line counts where
    // the other half of a pair follows.
    std::pair{"{given}"sv, R"((?:{before}\\?["'\x60]?|{end}{block}["'\x60]))"sv},
    // The same without the quote.
    std::pair{"{before}"sv,
              R"({end}(?:{fallback}|{pair}|{gap}(?:=>|:=|:-|,[ \t]{0,4}default[ \t]{0,2}[:=]|{typed}|[:=,])))"
              R"({gap})"sv},
    // Nothing but the sign of a file of settings: what follows is the value as it is.
    std::pair{"{set}"sv, R"({end}(?:{pair}|{gap}[:=]){gap})"sv},
    // The same where the value is a literal, and the name may go on. A mere comma says nothing then: lists have it,
    // too.
    std::pair{"{quoted}"sv, R"({stage}{end}{gap}(?:=>|:=|{typed}|[:=]){gap}{made}\\?(?:"""|'''|["'\x60]))"sv},
    // The end of a name that says: a secret.
    std::pair{"{named}"sv,
              R"((?i:pass(?:word|wd|phrase)|[_-](?:pass|pwd)|secret|token|)"
              R"((?:api|access|private|service|admin|master|secret|auth|signing|encryption)[_-]?key){stage})"sv},
    // What a name goes on with behind the word that says what it is: "password2", "clientSecretProd",
    // "DB_PASSWORD_EU_1". Not any word: "passwordLabel", "secretName" and "tokenUrl" are names of something else.
    std::pair{"{stage}"sv,
              R"((?i:[_.-]?(?:[0-9]{1,3}|v[0-9]{1,2}|prod(?:uction)?|live|stag(?:e|ing)|dev(?:elopment)?|test|)"
              R"(sandbox|local|qa|uat|main|primary|secondary|backup|old|new|default|admin|root|eu|us|value|string|)"
              R"(base64|b64|hex|plain)){0,2})"sv},
    // Quotes, also escaped ones, and the bracket of an index.
    std::pair{"{end}"sv, R"(["'\x60\]\\]{0,3})"sv},
    // The type of a constant, up to its "=": ": string =", ": &'static str =", "string =" of Go, "[] =" of C.
    std::pair{
        "{typed}"sv,
        R"(:[ \t]{0,2}(?:&(?:'static )?)?[A-Za-z_][A-Za-z0-9_.]{0,24}(?:[<\[][A-Za-z_][A-Za-z0-9_.]{0,20}[>\]])?[?!]?)"
        R"((?: ?\| ?(?:null|undefined|None))?{gap}=|string{gap}=|\[[0-9]{0,4}\]{gap}=)"sv},
    // Formatters line up the signs of lines that stand under each other (terraform fmt, gofmt): many blanks on either
    // side.
    std::pair{"{gap}"sv, R"([ \t]{0,24})"sv},
    // Where a setting begins that is written as NAME=value: a line, a word of a command ("env NAME=…", "- run:
    // NAME=…"), another command on the line, a quote, an option or a directive that sets it ("--env=NAME=…",
    // "Environment=NAME=…"), the next one of a list, a line that somebody took out ("#NAME=…").
    std::pair{"{ahead}"sv, R"((?:^|[\s;&|("'\x60=,{\[#]))"sv},
    // What stands before the value that is taken when a setting is not there: operators of JavaScript, C#, PHP and
    // Kotlin, also those that assign, Python's "or" behind a call, Rust's unwrap_or.
    std::pair{"{fallback}"sv, R"(\)?[ \t]{0,4}(?:\|\|=?|\?\?=?|\?:)\s{0,40}(?:\([ \t]{0,2})?|\)[ \t]{1,4}or[ \t]{1,4}|)"
                              R"(\)\s{0,40}\.unwrap_or(?:_else)?\((?:\|_?\| ?)?(?:String::from\()?)"sv},
    // The same in Ruby, where a literal follows: ENV.fetch("NAME") { "…" }.
    std::pair{"{block}"sv, R"(\)[ \t]{0,4}\{[ \t]{0,4})"sv},
    // The pair of a file in YAML, where a remark may stand between the halves, and the value on a line of its own.
    std::pair{"{apart}"sv, R"([,:]?[ \t]{0,4}(?:[ \t]#[^\r\n]{0,120})?\r?\n(?:[ \t]{0,40}#[^\r\n]{0,120}\r?\n)?)"
                           R"([ \t]{0,40}(?i:value):[ \t]{1,4}(?:[|>][+-]?[ \t]{0,4}\r?\n[ \t]{1,40})?)"sv},
    // Pairs of which one half is the name and the other one is the value: Kubernetes, compose files, task definitions,
    // Terraform.
    std::pair{"{pair}"sv, R"([,:]?[ \t]{0,4}\r?\n[ \t]{0,40}["']?(?i:value)["']?(?:[ \t]{0,2}:|[ \t]{1,12}=)|)"
                          R"(,[ \t]{0,4}["']?(?i:value)["']?[ \t]{0,2}:)"sv},
    // What Python asks for a setting with, up to the literal that it falls back to.
    std::pair{"{call}"sv, R"([A-Za-z_.]{1,24}[(\[][ \t]{0,2}["'][A-Za-z0-9_.-]{1,40}["'][)\]]?)"
                          R"((?:[ \t]{0,2},\s{0,24}(?:default[ \t]{0,2}=[ \t]{0,2})?|[ \t]{1,4}or[ \t]{1,4}))"sv},
    // A command up to one of its options, also over lines.
    std::pair{"{curl}"sv, R"(curl(?:[^\r\n|;]|\\\r?\n){0,300})"sv},
    // A literal's own prefix (Python, C++, C#), or a function that makes a secret of it. A mere parenthesis is what
    // Python joins literals in.
    std::pair{"{made}"sv, R"((?:(?:SecretStr|SecretString|Secret|Field|String::from|Buffer\.from)?\(\s{0,20})?)"
                          R"((?:[bruL@]|u8)?)"sv},
};

constexpr std::array kShortestSigned{20, 40};
constexpr int kLongestSigned = 200;

QByteArrayView partNamed(std::string_view name)
{
    return QByteArrayView(
        std::ranges::find(kParts, name, &std::pair<std::string_view, std::string_view>::first)->second);
}

// What {stage} finds and more: two of its words, "development" being the longest, and a sign before each.
QByteArray anyStage()
{
    return "[A-Za-z0-9_.-]{0,24}";
}

QByteArray nameOfSigned(int shortest)
{
    return "{signed:" + QByteArray::number(shortest) + '}';
}

// "{20,200}?" for a value of which some characters stand before.
QByteArray countOf(int shortest, int before = 0)
{
    return '{' + QByteArray::number(shortest - before) + ',' + QByteArray::number(kLongestSigned - before) + '}';
}

// A value without blanks and the given characters, as short as what follows allows, that does not begin like "${" or
// "$(": those stand for another value.
QByteArray groupWithout(const QByteArray &refused, int shortest)
{
    const QByteArray any = "[^\\s" + refused + ']';
    return "([^\\s$" + refused + ']' + any + countOf(shortest, 1) + "?|\\$[^\\s{(" + refused + ']' + any +
           countOf(shortest, 2) + "?)";
}

// What people and generators write for a secret that signs: any characters but blanks. In ${NAME:-…} up to the brace,
// in quotes up to the closing one, without them up to the end of the line. In a list (NAME=…,NAME=…), in brackets, in
// XML, in a text with "\n" and where the line goes on, those characters alone that need no quotes anywhere.
QByteArray signedValue(int shortest)
{
    const QByteArray quotes = R"("'\x60)";
    const QByteArray lineEnd = R"([ \t]{0,8}(?:[\r\n]|$))";
    const QByteArray plain = "([A-Za-z0-9+/_=.~!@#$%^&*?-]" + countOf(shortest) + ')';
    const QByteArray fallback = R"(:[-=]([^\s{})" + quotes + ']' + countOf(shortest) + R"()\})";
    const QByteArray quoted = R"(\\?")" + groupWithout("\"", shortest) + R"(\\?"|\\?')" + groupWithout("'", shortest) +
                              R"(\\?'|\x60)" + groupWithout(R"(\x60)", shortest) + R"(\x60)";
    const QByteArray enclosed =
        plain + R"((?:[,;][A-Za-z_][A-Za-z0-9_.-]{0,40}[=:]|</|\\[nr]|[)}\]>]{1,4}[,;]?)" + lineEnd + ')';
    const QByteArray toLineEnd =
        groupWithout(quotes, shortest) + "[,;]?[" + quotes + R"(]?(?:[ \t]{1,8}#|)" + lineEnd + ')';
    const QByteArray isolated = plain + R"((?:[\s,;)}<\]\\)" + quotes + "]|$)";
    return "(?:" + fallback + "|(?:{before}|{end}{block})(?:" + quoted + ")|{before}" + enclosed + "|{set}" +
           toLineEnd + "|{before}" + isolated + ')';
}

} // namespace

QByteArray withParts(QByteArray pattern)
{
    for (const int shortest : kShortestSigned)
        pattern.replace(nameOfSigned(shortest), signedValue(shortest));
    for (const auto &[name, part] : kParts)
        pattern.replace(QByteArrayView(name), QByteArrayView(part));
    return pattern;
}

QByteArray withCoarseParts(QByteArray pattern)
{
    const QByteArray anything = "(?s:.{1," + QByteArray::number(kLongestGiven) + "})";
    for (const int shortest : kShortestSigned)
        pattern.replace(nameOfSigned(shortest), anything + "\\S{" + QByteArray::number(shortest) + '}');
    for (const char *part : {"{given}", "{before}", "{set}", "{call}"})
        pattern.replace(part, anything);
    pattern.replace("{curl}", ""); // its keyword says as much
    for (const char *part : {"{quoted}", "{named}"})
        pattern.replace(part, partNamed(part));
    pattern.replace("{stage}", anyStage());
    return withParts(std::move(pattern));
}

} // namespace cockpit

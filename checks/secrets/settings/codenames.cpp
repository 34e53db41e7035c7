#include "checks/secrets/settings/codenames.h"

#include "checks/secrets/settings/dotenv.h"
#include "checks/values/bytekinds.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace cockpit::env {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

// How a name follows.
enum class Form {
    Member, // process.env.NAME
    Quoted, // getenv("NAME")
};

struct Way
{
    std::string_view words;
    Form form = Form::Member;
    bool isCall = false; // a second argument is a default
};

constexpr std::array kWays{
    Way{"process.env."sv},
    Way{"process.env?."sv},
    Way{"import.meta.env."sv},
    Way{"Bun.env."sv},
    Way{"process.env["sv, Form::Quoted},
    Way{"import.meta.env["sv, Form::Quoted},
    Way{"os.environ["sv, Form::Quoted},
    Way{"os.environ.get("sv, Form::Quoted, true},
    Way{"os.getenv("sv, Form::Quoted, true},
    Way{"os.Getenv("sv, Form::Quoted},
    Way{"os.LookupEnv("sv, Form::Quoted},
    Way{"Deno.env.get("sv, Form::Quoted},
    Way{"ENV["sv, Form::Quoted},
    Way{"ENV.fetch("sv, Form::Quoted, true},
    Way{"System.getenv("sv, Form::Quoted},
    Way{"System.get_env("sv, Form::Quoted, true},
    Way{"System.fetch_env!("sv, Form::Quoted},
    Way{"getenv("sv, Form::Quoted, true},
    Way{"$_ENV["sv, Form::Quoted},
    Way{"env::var("sv, Form::Quoted},
    Way{"env!("sv, Form::Quoted},
    Way{"env("sv, Form::Quoted, true},
    Way{"GetEnvironmentVariable("sv, Form::Quoted},
    Way{"String.fromEnvironment("sv, Form::Quoted, true},
    Way{"dotenv.env["sv, Form::Quoted},
    Way{"dotenv.get("sv, Form::Quoted, true},
    Way{"env.str("sv, Form::Quoted, true},
    Way{"configService.get("sv, Form::Quoted, true},
    Way{"configService.getOrThrow("sv, Form::Quoted},
};

bool isWord(char c)
{
    return isWordByte(c) || c == '_';
}

constexpr size_t kLongestLine = 2000;      // as far as a comment is looked for
constexpr size_t kMostOfFile = 2000;       // names: of no code that a person wrote there are more
constexpr size_t kMostBuiltIn = 10'000;    // of all files
constexpr size_t kLongestBlock = 64 << 10; // of a build tool's settings

// Settings are written in capitals; "env('app.name')" of a framework is none.
bool isNameOfSetting(std::string_view name)
{
    return name.size() >= 2 && name.size() <= 100 && name.front() >= 'A' && name.front() <= 'Z' &&
           std::ranges::all_of(name, [](char c) { return isWord(c) && !(c >= 'a' && c <= 'z'); });
}

class CodeReader
{
public:
    CodeReader(std::string_view text, const QString &path, CodeNames &into) : m_text(text), m_path(path), m_into(into)
    {
    }

    void read()
    {
        const size_t first = m_into.needed.size();
        for (const Way &way : kWays)
            readWay(way);
        readUnpacked();
        shareDefaults(first);
        m_into.isCut = m_into.isCut || m_looked >= kMostOfFile;
    }

    // A file that asks once whether a setting is there goes on without it: if (process.env.X) { use(process.env.X) }.
    void shareDefaults(size_t first)
    {
        for (size_t i = first; i < m_into.needed.size(); ++i)
            m_into.needed[i].hasDefault = m_into.needed[i].hasDefault || m_asked.contains(m_into.needed[i].name);
    }

    int lineOf(size_t at) const { return 1 + static_cast<int>(std::ranges::count(m_text.substr(0, at), '\n')); }

private:
    std::string_view lineBefore(size_t at) const
    {
        const size_t earliest = at > kLongestLine ? at - kLongestLine : 0;
        const size_t before = m_text.substr(earliest, at - earliest).rfind('\n');
        const size_t from = before == std::string_view::npos ? earliest : earliest + before + 1;
        return m_text.substr(from, at - from);
    }

    bool isComment(size_t at) const
    {
        std::string_view line = lineBefore(at);
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        return line.starts_with("//"sv) || line.starts_with('#') || line.starts_with("* "sv) ||
               line.starts_with("/*"sv);
    }

    void readWay(const Way &way)
    {
        for (size_t at = m_text.find(way.words); at != std::string_view::npos && ++m_looked < kMostOfFile;
             at = m_text.find(way.words, at + way.words.size())) {
            const bool isInWord = at > 0 && (isWord(m_text[at - 1]) || m_text[at - 1] == '.') && isWord(way.words[0]);
            // "System.getenv(" is found by its own way; "std::env::var(" and "vm.env(" by what stands before.
            if (!isInWord || way.words == "env::var("sv || way.words == "GetEnvironmentVariable("sv)
                readName(way, at);
        }
    }

    void readName(const Way &way, size_t at)
    {
        size_t from = at + way.words.size();
        while (way.form == Form::Quoted && from < m_text.size() && (m_text[from] == ' ' || m_text[from] == '\n'))
            ++from;
        if (way.form == Form::Quoted) {
            if (from >= m_text.size() || "\"'`"sv.find(m_text[from]) == std::string_view::npos)
                return;
            ++from;
        }
        size_t end = from;
        while (end < m_text.size() && isWord(m_text[end]))
            ++end;
        const std::string_view name = m_text.substr(from, end - from);
        if (!isNameOfSetting(name) || isComment(at))
            return;
        if (way.form == Form::Quoted && (end >= m_text.size() || "\"'`"sv.find(m_text[end]) == std::string_view::npos))
            return;
        const bool isOptional = hasDefault(way, end);
        keep(name, from, isOptional);
        if (isOptional && isAskedFor(end))
            m_asked.insert(m_into.needed.back().name);
    }

    // "if (process.env.X) {", "process.env.X ? a : b", "process.env.X && f()": there is no other value in its place.
    bool isAskedFor(size_t end) const
    {
        std::string_view rest = m_text.substr(end, 60);
        rest.remove_prefix(std::min(rest.find_first_not_of(")] \t\r\n\"'"sv), rest.size()));
        return rest.starts_with('{') || rest.starts_with("? "sv) || rest.starts_with("&& "sv);
    }

    bool hasDefault(const Way &way, size_t end) const
    {
        std::string_view rest = m_text.substr(end, 60);
        rest.remove_prefix(std::min(rest.find_first_not_of("\"'`"sv), rest.size()));
        const auto skipSpace = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"sv), rest.size())); };
        skipSpace();
        if (way.isCall && (rest.starts_with(',') || isConfigOfLaravel()))
            return true;
        while (!rest.empty() && (rest.front() == ')' || rest.front() == ']' || rest.front() == '!')) {
            if (rest.starts_with("!="sv))
                break;
            rest.remove_prefix(1);
            skipSpace();
        }
        // A comparison and a question whether it is there go on without it.
        return rest.starts_with("||"sv) || rest.starts_with("??"sv) || rest.starts_with("or "sv) ||
               rest.starts_with("=="sv) || rest.starts_with("!="sv) || rest.starts_with("?."sv) ||
               rest.starts_with("? "sv) || rest.starts_with("{"sv) || rest.starts_with("&& "sv) ||
               rest.starts_with(".unwrap_or"sv) || rest.starts_with(".ok()"sv);
    }

    // Where env('X') is null, Laravel does without what it is for.
    bool isConfigOfLaravel() const { return m_path.endsWith(".php"_L1) && m_path.section(u'/', -2, -2) == "config"_L1; }

    void keep(std::string_view name, size_t at, bool hasDefault)
    {
        m_into.needed.push_back(
            {QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), m_path, lineOf(at), hasDefault});
    }

    // const { A, B: b = "default" } = process.env
    void readUnpacked()
    {
        for (const std::string_view whole : {"} = process.env"sv, "} = import.meta.env"sv}) {
            for (size_t at = m_text.find(whole); at != std::string_view::npos && ++m_looked < kMostOfFile;
                 at = m_text.find(whole, at + 1)) {
                const size_t after = at + whole.size();
                const bool isWhole = after >= m_text.size() || !(isWord(m_text[after]) || m_text[after] == '.');
                const size_t open = m_text.rfind('{', at);
                if (isWhole && open != std::string_view::npos && at - open < 4000)
                    readNames(open + 1, at);
            }
        }
    }

    void readNames(size_t from, size_t to)
    {
        while (from < to) {
            const size_t end = std::min(m_text.find(',', from), to);
            const size_t start = std::min(m_text.find_first_not_of(" \t\r\n"sv, from), end);
            size_t stop = start;
            while (stop < end && isWord(m_text[stop]))
                ++stop;
            const std::string_view name = m_text.substr(start, stop - start);
            if (isNameOfSetting(name))
                keep(name, start, m_text.substr(stop, end - stop).find('=') != std::string_view::npos);
            from = end + 1;
        }
    }

    std::string_view m_text;
    const QString &m_path;
    CodeNames &m_into;
    QSet<QString> m_asked; // names of settings that the file asks for before it uses them
    size_t m_looked = 0;
};

// The blocks of a build tool's settings whose names end up in what browsers load.
struct Block
{
    QLatin1StringView file; // how the name of the file begins
    std::string_view opening;
};
constexpr std::array kBlocks{
    Block{"next.config."_L1, "env: {"sv},      Block{"next.config."_L1, "publicRuntimeConfig: {"sv},
    Block{"nuxt.config."_L1, "public: {"sv},   Block{"vite.config."_L1, "define: {"sv},
    Block{"app.config."_L1, "extra: {"sv}, // Expo
    Block{"webpack."_L1, "DefinePlugin({"sv},  Block{"webpack."_L1, "EnvironmentPlugin(["sv},
    Block{"rollup.config."_L1, "replace({"sv}, Block{"astro.config."_L1, "define: {"sv},
};

// To the bracket that closes what opened just before.
std::string_view blockFrom(std::string_view text, size_t from)
{
    int open = 1;
    text = text.substr(0, from + kLongestBlock);
    for (size_t at = from; at < text.size(); ++at) {
        open += text[at] == '{' || text[at] == '[' ? 1 : text[at] == '}' || text[at] == ']' ? -1 : 0;
        if (open == 0)
            return text.substr(from, at - from);
    }
    return text.substr(from);
}

// "'process.env': process.env": all of them at once.
bool givesAll(std::string_view inside)
{
    constexpr auto all = "process.env"sv;
    for (size_t at = inside.find(all); at != std::string_view::npos; at = inside.find(all, at + all.size())) {
        const std::string_view before = inside.substr(0, at);
        const std::string_view after = inside.substr(at + all.size());
        const bool isValue =
            before.ends_with(": "sv) || before.ends_with("JSON.stringify("sv) || before.ends_with("..."sv);
        const bool isWhole = after.empty() || " ,)}\r\n"sv.find(after.front()) != std::string_view::npos;
        if (isValue && isWhole)
            return true;
    }
    return false;
}

void readBlock(std::string_view text, size_t from, const Block &block, const QString &path, CodeNames &into)
{
    const std::string_view inside = blockFrom(text, from);
    const CodeReader places(text, path, into);
    const QString how =
        QString::fromLatin1(block.opening.data(), static_cast<qsizetype>(block.opening.find_first_of(":("sv)));
    if (givesAll(inside))
        into.builtIn.push_back({{}, path, places.lineOf(from), how});
    for (size_t at = 0; at < inside.size() && into.builtIn.size() < kMostBuiltIn;) {
        if (!isWord(inside[at])) {
            ++at;
            continue;
        }
        const size_t start = at;
        while (at < inside.size() && isWord(inside[at]))
            ++at;
        const std::string_view name = inside.substr(start, at - start);
        if (isNameOfSetting(name) && name != "JSON"sv && name != "NODE_ENV"sv)
            into.builtIn.push_back({QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), path,
                                    places.lineOf(from + start), how});
    }
}

} // namespace

bool isCodeFile(QStringView path)
{
    constexpr std::array endings{"js"_L1,  "mjs"_L1, "cjs"_L1,    "jsx"_L1,   "ts"_L1, "mts"_L1,
                                 "tsx"_L1, "vue"_L1, "svelte"_L1, "astro"_L1, "py"_L1, "rb"_L1,
                                 "php"_L1, "go"_L1,  "rs"_L1,     "java"_L1,  "kt"_L1, "cs"_L1,
                                 "ex"_L1,  "exs"_L1, "dart"_L1,   "swift"_L1, "cts"_L1};
    const QString name = path.toString().section(u'/', -1);
    const QString ending = name.section(u'.', -1).toLower();
    return !name.contains(".min."_L1) && !name.endsWith(".d.ts"_L1) &&
           std::ranges::any_of(endings, [&](QLatin1StringView one) { return ending == one; });
}

void readCodeNames(std::string_view text, const QString &path, CodeNames &into)
{
    CodeReader(text, path, into).read();
    const QString name = path.section(u'/', -1);
    for (const Block &block : kBlocks) {
        if (!name.startsWith(block.file))
            continue;
        const size_t most = std::min(into.builtIn.size() + kMostOfFile, kMostBuiltIn);
        for (size_t at = text.find(block.opening); at != std::string_view::npos && into.builtIn.size() < most;
             at = text.find(block.opening, at + block.opening.size()))
            readBlock(text, at + block.opening.size(), block, path, into);
        into.isCut = into.isCut || into.builtIn.size() >= most;
    }
}

std::vector<NeededName> eachOnce(std::vector<NeededName> names)
{
    std::ranges::sort(names, [](const NeededName &one, const NeededName &other) {
        return std::tie(one.name, one.hasDefault, one.file, one.line) <
               std::tie(other.name, other.hasDefault, other.file, other.line);
    });
    // The first of a name is one without a default, if there is any.
    const auto isSame = [](const NeededName &one, const NeededName &other) { return one.name == other.name; };
    names.erase(std::unique(names.begin(), names.end(), isSame), names.end());
    return names;
}

} // namespace cockpit::env

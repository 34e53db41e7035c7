#include "checks/access/storageapis.h"

#include "checks/values/bytekinds.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit::access {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StorageApis)
};

constexpr std::array kStacks{Stack::ReactNative, Stack::Flutter, Stack::Capacitor,
                             Stack::Ios,         Stack::Android, Stack::Web};

// The languages that apps of a kind are written in, as the ends of file names, with blanks around.
QLatin1StringView languagesOf(Stack stack)
{
    switch (stack) {
    case Stack::ReactNative:
    case Stack::Capacitor:
    case Stack::Web:
        return " js jsx ts tsx mjs vue svelte "_L1;
    case Stack::Flutter:
        return " dart "_L1;
    case Stack::Ios:
        return " swift m mm "_L1;
    case Stack::Android:
        return " kt java "_L1;
    }
    Q_UNREACHABLE();
}

std::optional<StoreKind> kindFromWord(const QString &word)
{
    if (word == "safe"_L1)
        return StoreKind::Safe;
    if (word == "plain"_L1)
        return StoreKind::Plain;
    return word == "page"_L1 ? std::optional(StoreKind::Page) : std::nullopt;
}

void readStore(StrictObject &object, QString &store, StoreKind &kind, Stack &stack)
{
    store = object.text(u"store"_s);
    if (const auto known = kindFromWord(object.text(u"kind"_s)))
        kind = *known;
    else
        object.complain(u"kind"_s, Text::tr("is not a known word"));
    const QString word = object.text(u"stack"_s);
    const auto *const known = std::ranges::find(kStacks, word, [](Stack one) { return toWord(one); });
    if (known != kStacks.end())
        stack = *known;
    else
        object.complain(u"stack"_s, Text::tr("is not a known word"));
}

void readApi(StrictObject &object, StorageRules &rules)
{
    StorageApi api;
    api.call = object.text(u"call"_s).toStdString();
    readStore(object, api.store, api.kind, api.stack);
    api.needs = object.optionalText(u"needs"_s).toStdString();
    api.unless = object.optionalText(u"unless"_s).toStdString();
    if (std::ranges::any_of(
            rules.apis, [&](const StorageApi &other) { return other.call == api.call && other.needs == api.needs; }))
        object.complain(u"call"_s, Text::tr("stands there for the second time"));
    object.refuseOthers();
    rules.apis.push_back(std::move(api));
}

void readTrace(StrictObject &object, StorageRules &rules)
{
    StorageTrace trace;
    trace.text = object.text(u"text"_s).toStdString();
    readStore(object, trace.store, trace.kind, trace.stack);
    if (trace.kind == StoreKind::Safe)
        trace.kind = StoreKind::Packaged;
    else if (trace.kind == StoreKind::Page)
        object.complain(u"kind"_s, Text::tr("is not a known word"));
    object.refuseOthers();
    rules.traces.push_back(std::move(trace));
}

bool isWord(char c)
{
    return isWordByte(c) || c == '_';
}

bool holds(std::string_view text, std::string_view word)
{
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char one, char other) { return lowerByte(one) == other; }) != text.end();
}

bool standsAt(std::string_view text, size_t at, std::string_view word)
{
    return std::ranges::equal(text.substr(std::min(at, text.size()), word.size()), word, {}, lowerByte);
}

// Apart from the longer words: "showPassword" holds no "password".
bool holdsApart(std::string_view text, std::string_view word, const std::vector<std::string> &longer)
{
    const auto isPartOf = [&](size_t at, std::string_view other) {
        const size_t end = at + word.size();
        for (size_t start = end > other.size() ? end - other.size() : 0; start <= at; ++start) {
            if (standsAt(text, start, other))
                return true;
        }
        return false;
    };
    for (size_t at = 0; at + word.size() <= text.size(); ++at) {
        if (standsAt(text, at, word) &&
            std::ranges::none_of(longer, [&](std::string_view other) { return isPartOf(at, other); }))
            return true;
    }
    return false;
}

// The arguments of the call, as far as its bracket closes.
std::string_view argumentsOf(std::string_view text, size_t from)
{
    constexpr size_t longest = 300;
    const std::string_view rest = text.substr(from, longest);
    int open = 1;
    for (size_t at = 0; at < rest.size(); ++at) {
        open += rest[at] == '(' || rest[at] == '[' ? 1 : rest[at] == ')' || rest[at] == ']' ? -1 : 0;
        if (open == 0 || rest[at] == ';')
            return rest.substr(0, at);
    }
    return rest;
}

// What opens an account by itself. A push token and a flag about a token are none.
bool namesToken(std::string_view arguments, const StorageRules &rules)
{
    const auto isApart = [&](const std::string &word) { return holdsApart(arguments, word, rules.otherNames); };
    if (std::ranges::any_of(rules.tokenNames, isApart))
        return true;
    if (std::ranges::any_of(rules.otherNames, [&](const std::string &word) { return holds(arguments, word); }))
        return false;
    // "token" as a word of its own: 'token', "@token", user.token, TOKEN_KEY.
    constexpr auto token = "token"sv;
    for (size_t at = 0; at + token.size() <= arguments.size(); ++at) {
        const bool isHere = std::ranges::equal(arguments.substr(at, token.size()), token, {}, lowerByte);
        const bool isStart = at == 0 || !isWord(arguments[at - 1]) || arguments[at - 1] == '_' || arguments[at] == 'T';
        const size_t end = at + token.size();
        const bool isEnd = end == arguments.size() || !(arguments[end] >= 'a' && arguments[end] <= 'z');
        if (isHere && isStart && isEnd)
            return true;
    }
    return false;
}

bool isComment(std::string_view text, size_t at)
{
    constexpr size_t longest = 2000; // of a minified file, whose lines have no end
    const size_t earliest = at > longest ? at - longest : 0;
    const size_t end = text.substr(earliest, at - earliest).rfind('\n');
    std::string_view line = text.substr(end == std::string_view::npos ? earliest : earliest + end + 1, 200);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.starts_with("//"sv) || line.starts_with("* "sv) || line.starts_with("/*"sv);
}

// "localStorage.token = x" and "localStorage['token'] = x" write; "localStorage.getItem(…)" and "localStorage.token !=
// x" do not.
bool isAssignment(std::string_view rest)
{
    const size_t end = rest.find_first_of("=;(\n"sv);
    const bool isSign = end != std::string_view::npos && rest[end] == '=' && end + 1 < rest.size() &&
                        rest[end + 1] != '=' && rest[end + 1] != '>';
    return isSign && (end == 0 || "!<>"sv.find(rest[end - 1]) == std::string_view::npos);
}

} // namespace

QString toWord(Stack stack)
{
    switch (stack) {
    case Stack::ReactNative:
        return u"react-native"_s;
    case Stack::Flutter:
        return u"flutter"_s;
    case Stack::Capacitor:
        return u"capacitor"_s;
    case Stack::Ios:
        return u"ios"_s;
    case Stack::Android:
        return u"android"_s;
    case Stack::Web:
        return u"web"_s;
    }
    Q_UNREACHABLE();
}

bool isAppCode(const QString &path)
{
    const QString name = path.section(u'/', -1).toLower();
    const QString ending = u' ' + name.section(u'.', -1) + u' ';
    const bool isKnown = std::ranges::any_of(kStacks, [&](Stack stack) { return languagesOf(stack).contains(ending); });
    return isKnown && name.contains(u'.') && !name.contains(".min."_L1) && !name.endsWith(".d.ts"_L1);
}

std::vector<StoragePlace> storagePlaces(std::string_view text, const QString &path, const StorageRules &rules)
{
    const QString ending = u' ' + path.section(u'.', -1).toLower() + u' ';
    std::vector<StoragePlace> places;
    for (const StorageApi &api : rules.apis) {
        const bool isOfFile = languagesOf(api.stack).contains(ending) &&
                              (api.needs.empty() || text.find(api.needs) != std::string_view::npos) &&
                              (api.unless.empty() || text.find(api.unless) == std::string_view::npos);
        int line = 1;
        size_t counted = 0;
        for (size_t at = isOfFile ? text.find(api.call) : std::string_view::npos;
             at != std::string_view::npos && places.size() < kMostPlaces;
             at = text.find(api.call, at + api.call.size())) {
            line += static_cast<int>(std::ranges::count(text.substr(counted, at - counted), '\n'));
            counted = at;
            const size_t after = at + api.call.size();
            const bool isPartOfWord = at > 0 && isWord(text[at - 1]) && isWord(api.call.front());
            const bool isProperty = api.call.back() == '.' || api.call.back() == '[';
            if (isPartOfWord || isComment(text, at) || (isProperty && !isAssignment(text.substr(after, 100))))
                continue;
            const bool isCall = api.call.back() == '(' || isProperty || api.call.back() == ':';
            // A store that is handed to a library for sign-in keeps nothing but tokens.
            const bool isToken = !isCall || namesToken(argumentsOf(text, after), rules);
            places.push_back({api.store, api.kind, api.stack, isToken, path, line});
        }
    }
    return places;
}

Result<StorageRules> parseStorageRules(const QByteArray &json)
{
    FirstError error;
    StorageRules rules;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"storage-apis"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"apis"_s, [&](StrictObject &object) { readApi(object, rules); });
    document.each(u"traces"_s, [&](StrictObject &object) { readTrace(object, rules); });
    rules.tokenNames = document.lowerTexts(u"token_names"_s);
    rules.otherNames = document.lowerTexts(u"other_names"_s);
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return rules;
}

Result<StorageRules> loadStorageRules()
{
    QFile file(u":/rules/storage-apis.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The list of storage calls is missing from the program."));
    return parseStorageRules(file.readAll());
}

} // namespace cockpit::access

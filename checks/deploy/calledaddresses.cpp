#include "checks/deploy/calledaddresses.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit::deploy {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr size_t kLongestHost = 253;
constexpr size_t kLongestComment = 2000;
constexpr size_t kContext = 160;     // before the literal
constexpr size_t kMostOfFile = 5000; // addresses: maps of a whole web site have more, and are no calls

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

std::string_view schemeBefore(std::string_view text, size_t sign)
{
    for (const std::string_view scheme : {"https"sv, "http"sv, "wss"sv, "ws"sv}) {
        if (sign >= scheme.size() && text.substr(sign - scheme.size(), scheme.size()) == scheme)
            return text.substr(sign - scheme.size(), scheme.size());
    }
    return {};
}

bool holdsCaseless(std::string_view text, std::string_view word)
{
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char one, char other) { return lowerByte(one) == other; }) != text.end();
}

std::string_view trimmedEnd(std::string_view text)
{
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// What the literal is handed to.
bool isCalled(std::string_view before)
{
    constexpr std::array callers{"fetch("sv,
                                 "axios("sv,
                                 ".get("sv,
                                 ".post("sv,
                                 ".put("sv,
                                 ".patch("sv,
                                 ".delete("sv,
                                 ".request("sv,
                                 "WebSocket("sv,
                                 "EventSource("sv,
                                 "createClient("sv,
                                 "io("sv,
                                 "sendBeacon("sv,
                                 "Request("sv,
                                 ".connect("sv,
                                 "ajax("sv,
                                 "createTRPCClient("sv,
                                 "importScripts("sv,
                                 "HttpLink("sv,
                                 "Uri.parse("sv,
                                 ".open(\"GET\","sv,
                                 ".open(\"POST\","sv,
                                 "src="sv,
                                 "action="sv,
                                 "location.href="sv,
                                 "window.open("sv,
                                 "URL(string:"sv,
                                 "href="sv};
    return std::ranges::any_of(callers, [&](std::string_view caller) { return before.ends_with(caller); });
}

// baseURL:"…", API_URL="…", {"apiUrl":"…"}.
bool isNamedLikeBase(std::string_view before)
{
    if (before.empty() || (before.back() != ':' && before.back() != '='))
        return false;
    before = trimmedEnd(before.substr(0, before.size() - 1));
    if (!before.empty() && isQuote(before.back()))
        before.remove_suffix(1);
    if (before.ends_with('\\')) // of JSON in a string
        before.remove_suffix(1);
    size_t from = before.size();
    while (from > 0 && (isWordByte(before[from - 1]) || before[from - 1] == '_' || before[from - 1] == '-' ||
                        before[from - 1] == '$'))
        --from;
    const std::string_view name = before.substr(from);
    constexpr std::array words{"url"sv,    "uri"sv,     "endpoint"sv, "api"sv,   "host"sv,
                               "server"sv, "backend"sv, "origin"sv,   "domain"sv};
    // Of Firebase: a field that the protocol wants filled.
    return name.size() >= 3 && name != "requestUri"sv &&
           std::ranges::any_of(words, [&](std::string_view word) { return holdsCaseless(name, word); });
}

// "https://api…"||"http://localhost…": the second never comes into play. {}.VITE_API||"…" and (void 0)||"…" do.
std::optional<Use> useBehindOr(std::string_view before)
{
    const bool isOr = before.ends_with("||"sv) || before.ends_with("??"sv);
    if (!isOr)
        return std::nullopt;
    const std::string_view left = trimmedEnd(before.substr(0, before.size() - 2));
    if (left.ends_with("void 0"sv) || left.ends_with("void 0)"sv) || left.ends_with("undefined"sv) ||
        left.ends_with("\"\""sv) || left.ends_with("''"sv))
        return Use::Literal;
    const size_t dot = left.rfind("{}."sv);
    if (dot != std::string_view::npos &&
        std::ranges::all_of(left.substr(dot + 3), [](char c) { return isWordByte(c) || c == '_'; }))
        return Use::Literal;
    return Use::Fallback;
}

// "a"||"b", and location.hostname==="localhost"?"b": of a choice that production never makes.
bool isNeverUsed(std::string_view before)
{
    if (before.ends_with("||"sv) || before.ends_with("??"sv)) {
        const std::string_view left = trimmedEnd(before.substr(0, before.size() - 2));
        return !left.empty() && isQuote(left.back()) && !left.ends_with("\"\""sv) && !left.ends_with("''"sv);
    }
    const bool isChoice = before.ends_with('?') || before.ends_with(':') || before.ends_with("return"sv);
    return isChoice && (before.find("hostname"sv) != std::string_view::npos ||
                        before.find("location.host"sv) != std::string_view::npos ||
                        before.find("includes(\"localhost"sv) != std::string_view::npos ||
                        before.find("__DEV__"sv) != std::string_view::npos ||
                        before.find("kDebugMode"sv) != std::string_view::npos);
}

bool isCommentLine(std::string_view text, size_t at)
{
    // Of a minified file, whose lines have no end, this much.
    const size_t earliest = at > kLongestComment ? at - kLongestComment : 0;
    const size_t end = text.substr(earliest, at - earliest).rfind('\n');
    const size_t from = end == std::string_view::npos ? earliest : earliest + end + 1;
    std::string_view line = text.substr(from, std::min(at - from, size_t(200)));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"sv), line.size()));
    return line.starts_with("//"sv) || line.starts_with("* "sv) || line.starts_with("/*"sv) || line.starts_with('#') ||
           line.starts_with("<!--"sv);
}

class Finder
{
public:
    Finder(std::string_view text, bool isBinary, const OnAddress &onAddress)
        : m_text(text), m_isBinary(isBinary), m_onAddress(onAddress)
    {
    }

    bool find()
    {
        size_t found = 0;
        for (size_t sign = m_text.find("://"sv); sign != std::string_view::npos;
             sign = m_text.find("://"sv, sign + 3)) {
            if (found == kMostOfFile)
                return false;
            countLines(sign);
            found += take(sign) ? 1 : 0;
        }
        return true;
    }

private:
    void countLines(size_t to)
    {
        if (!m_isBinary)
            m_line += static_cast<int>(std::ranges::count(m_text.substr(m_counted, to - m_counted), '\n'));
        m_counted = to;
    }

    bool take(size_t sign)
    {
        const std::string_view scheme = schemeBefore(m_text, sign);
        if (scheme.empty())
            return false;
        const size_t start = sign - scheme.size();
        CalledAddress address;
        if (!m_isBinary) {
            const auto use = useAt(start);
            if (!use)
                return false;
            address.use = *use;
            address.line = m_line;
        } else {
            address.use = Use::Binary;
        }
        return readAuthority(sign + 3, address) && hand(address, scheme);
    }

    bool hand(CalledAddress &address, std::string_view scheme) const
    {
        address.scheme = QString::fromLatin1(scheme.data(), static_cast<qsizetype>(scheme.size()));
        m_onAddress(address);
        return true;
    }

    // Empty: no call.
    std::optional<Use> useAt(size_t start) const
    {
        if (start == 0)
            return std::nullopt;
        const bool isEscaped = m_text[start - 1] == '"' && start > 1 && m_text[start - 2] == '\\'; // JSON in JavaScript
        const bool isAttribute = m_text[start - 1] == '=';                                         // src=http://…
        if (!isQuote(m_text[start - 1]) && !isAttribute)
            return std::nullopt;
        const size_t quote = start - (isEscaped ? 2 : isAttribute ? 0 : 1);
        const size_t from = quote > kContext ? quote - kContext : 0;
        const std::string_view before = trimmedEnd(m_text.substr(from, quote - from));
        if (isNeverUsed(before) || isCommentLine(m_text, start))
            return std::nullopt;
        if (isCalled(before))
            return Use::Call;
        if (const auto use = useBehindOr(before))
            return use;
        return isNamedLikeBase(before) ? Use::Call : Use::Literal;
    }

    bool readAuthority(size_t at, CalledAddress &address) const
    {
        const bool isBracketed = at < m_text.size() && m_text[at] == '[';
        size_t end = at;
        if (isBracketed) {
            end = m_text.find(']', at);
            if (end == std::string_view::npos || end - at > 48)
                return false;
            address.host = latin(m_text.substr(at + 1, end - at - 1)).toLower();
            ++end;
        } else {
            while (end < m_text.size() && end - at <= kLongestHost &&
                   (isWordByte(m_text[end]) || m_text[end] == '-' || m_text[end] == '.' || m_text[end] == '_'))
                ++end;
            address.host = latin(m_text.substr(at, end - at)).toLower();
        }
        if (address.host.isEmpty() || address.host.size() > static_cast<qsizetype>(kLongestHost))
            return false;
        // "user:password@host" is another check's; "http://${host}" and "http://*.example" are no addresses.
        const char after = end < m_text.size() ? m_text[end] : '\0';
        if (after == '@' || after == '$' || after == '*' || after == '%')
            return false;
        if (after == ':') {
            const size_t port = end + 1;
            end = readPort(port, address);
            const bool isPassword = end == port || (end < m_text.size() && m_text[end] == '@');
            if (isPassword)
                return false;
        }
        if (end < m_text.size() && m_text[end] == '/' && !m_isBinary)
            readPath(end, address);
        return true;
    }

    size_t readPort(size_t at, CalledAddress &address) const
    {
        int port = 0;
        while (at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9' && port < 10000)
            port = port * 10 + (m_text[at++] - '0');
        address.port = port <= 65535 ? port : 0;
        return at;
    }

    void readPath(size_t at, CalledAddress &address) const
    {
        const std::string_view rest = m_text.substr(at, 100);
        address.path = latin(rest.substr(0, rest.find_first_of("\"'`?#\\ $<>)\n\r"sv)));
    }

    static QString latin(std::string_view text)
    {
        return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    }

    std::string_view m_text;
    bool m_isBinary;
    const OnAddress &m_onAddress;
    int m_line = 1;
    size_t m_counted = 0;
};

} // namespace

QString CalledAddress::origin() const
{
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    return scheme + u"://"_s + shown + (port > 0 ? u':' + QString::number(port) : QString());
}

bool findCalledAddresses(std::string_view text, bool isBinary, const OnAddress &onAddress)
{
    return Finder(text, isBinary, onAddress).find();
}

} // namespace cockpit::deploy

#include "models/access/socketmessages.h"

#include "models/access/harmless.h"
#include "models/access/routesample.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <functional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 32;

constexpr std::array kPurposeNames{"type"_L1, "event"_L1,   "action"_L1, "op"_L1,  "cmd"_L1,
                                   "kind"_L1, "command"_L1, "method"_L1, "msg"_L1, "operation"_L1};

template<std::size_t N>
bool hasOneOf(const QStringList &words, const std::array<QLatin1StringView, N> &known)
{
    return std::ranges::any_of(known, [&](QLatin1StringView word) { return words.contains(word); });
}

// Where a person's name and secret are said under any name.
bool signsIn(const QStringList &purpose)
{
    static constexpr std::array words{"auth"_L1,   "authenticate"_L1, "authentication"_L1, "authorize"_L1,
                                      "login"_L1,  "authorise"_L1,    "authorization"_L1,  "logon"_L1,
                                      "signin"_L1, "identify"_L1,     "credentials"_L1};
    return hasOneOf(purpose, words) || purpose.join(u' ').contains("sign in"_L1) ||
           purpose.join(u' ').contains("log in"_L1);
}

// What opens the conversation may carry the same beside settings of the page.
bool opens(const QStringList &purpose, QByteArrayView prefix)
{
    static constexpr std::array words{"connect"_L1, "connection"_L1, "hello"_L1, "handshake"_L1, "init"_L1};
    return hasOneOf(purpose, words) || prefix.startsWith("40");
}

bool isMixed(const QString &text)
{
    constexpr qsizetype kShortestKey = 6;
    return text.size() >= kShortestKey && !isPlainId(text) &&
           std::ranges::any_of(text, [](QChar c) { return c.isLetter(); }) &&
           std::ranges::any_of(text, [](QChar c) { return c.isDigit(); });
}

// A message's own number, by which its answer is known.
bool isCounter(const QString &name)
{
    static constexpr std::array names{"id"_L1, "ref"_L1, "seq"_L1, "version"_L1, "v"_L1, "jsonrpc"_L1, "join_ref"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView one) { return name == one; });
}

// Of Phoenix: null, or a number as a text.
bool isReference(const QJsonValue &value)
{
    const QString text = value.toString();
    return value.isNull() ||
           (!text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; }));
}

bool isValue(const QJsonValue &value)
{
    return value.isDouble() || (value.isString() && !value.toString().isEmpty());
}

using Hides = std::function<bool(const QJsonValue &value)>;

QJsonValue hidden(const QJsonValue &value, const QString &name, const Hides &hides, int depth)
{
    if (depth > kDeepest)
        return {};
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            const bool isOwn = depth == 0 && (isPurposeName(it.key()) || isCounter(it.key()));
            if (!isOwn)
                it.value() = hidden(it.value(), it.key(), hides, depth + 1);
        }
        return object;
    }
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue one : value.toArray())
            list.append(hidden(one, name, hides, depth + 1));
        return list;
    }
    return hides(value) ? QJsonValue(placeholder()) : value;
}

// ["login", {…}]: the first text is the purpose.
QJsonValue hiddenIn(const QJsonValue &message, const Hides &hides)
{
    if (!message.isArray())
        return hidden(message, {}, hides, 0);
    QJsonArray list = message.toArray();
    const qsizetype first = !list.isEmpty() && list.at(0).isString() ? 1 : 0;
    for (qsizetype i = first; i < list.size(); ++i)
        list[i] = hidden(list.at(i), {}, hides, 1);
    return list;
}

// The words of a method of SignalR: {"type":1,"target":"Login","arguments":[…]}.
QStringList wordsOfMethod(const QJsonObject &message)
{
    const bool isCall = message["type"_L1].isDouble() && message["arguments"_L1].isArray();
    return isCall ? wordsOfPurpose(message["target"_L1].toString()) : QStringList();
}

// Who connects with STOMP says names and secrets beside a few settings.
QJsonObject harmlessConnect(QJsonObject message)
{
    static const QStringList settings{u"accept-version"_s, u"heart-beat"_s, u"host"_s};
    QJsonObject headers = message.value("headers"_L1).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        const QString text = it.value().toString();
        const bool isName = it.key() == "login"_L1 && !text.isEmpty();
        if (!settings.contains(it.key()) && (isName || isMixed(text)))
            it.value() = placeholder();
    }
    message.insert("headers"_L1, headers);
    return message;
}

// Of WAMP: [5, signature, …], and who it is in [1, realm, {"authid": …}].
QJsonArray harmlessWamp(QJsonArray message)
{
    constexpr int kHello = 1;
    constexpr int kAuthenticate = 5;
    if (message.at(0) == QJsonValue(kAuthenticate) && message.at(1).isString())
        message[1] = placeholder();
    if (message.at(0) == QJsonValue(kHello) && message.at(2)["roles"_L1].isObject()) {
        QJsonObject details = message.at(2).toObject();
        for (const QLatin1StringView name : {"authid"_L1, "authextra"_L1}) {
            if (details.contains(name))
                details.insert(name, placeholder());
        }
        message[2] = details;
    }
    return message;
}

QJsonValue harmlessMessage(const QJsonValue &message, QByteArrayView prefix)
{
    const QJsonObject object = message.toObject();
    if (object["stomp"_L1] == "CONNECT"_L1 || object["stomp"_L1] == "STOMP"_L1)
        return harmlessConnect(harmlessJson(message).toObject());
    if (message.isArray() && message[0].isDouble())
        return harmlessWamp(harmlessJson(message).toArray());
    if (const QStringList method = wordsOfMethod(object); signsIn(method) || opens(method, {})) {
        QJsonObject harmless = harmlessJson(message).toObject();
        harmless.insert("arguments"_L1, hidden(harmless.value("arguments"_L1), {}, isValue, 1));
        return harmless;
    }
    QStringList words;
    for (const QString &purpose : purposesOf(message))
        words.append(wordsOfPurpose(purpose));
    const QJsonValue harmless = harmlessJson(message);
    if (signsIn(words)) {
        return hiddenIn(harmless, isValue);
    }
    if (opens(words, prefix))
        return hiddenIn(harmless, [](const QJsonValue &value) { return isMixed(value.toString()); });
    return harmless;
}

// "login anna hunter2", "AUTH abcd", "CONNECT login:anna passcode:x".
bool speaksOfSigningIn(const QByteArray &line)
{
    static const QRegularExpression words(
        u"^\\W*(?:connect|pass|nick|user|identify)(?:$|[^a-z])|log-?in|log-?on|sign-?in|auth(?!ors?(?:$|[^a-z]))|"
        u"password|passwd|passcode|credential|token|bearer"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(QString::fromUtf8(line)).hasMatch();
}

} // namespace

// Opened by GET, and then spoken on.
bool isSocketSample(const RouteSample &sample)
{
    return sample.method == "GET"_L1 && sample.contentType == kSocketMessages;
}

qsizetype socketPrefixOf(const QByteArray &message)
{
    static const QRegularExpression prefix(u"^\\d{1,20}(?:/[\\w./-]{0,60},)?\\d{0,10}(?=[\\[{]|$)"_s);
    return prefix.match(QString::fromUtf8(message)).capturedLength();
}

bool isPurposeName(const QString &name)
{
    return std::ranges::any_of(kPurposeNames, [&](QLatin1StringView one) { return name == one; });
}

QStringList purposesOf(const QJsonValue &message)
{
    QStringList purposes;
    const auto add = [&](const QJsonValue &value) {
        if (!value.toString().isEmpty())
            purposes.append(value.toString());
    };
    if (message.isArray()) {
        constexpr qsizetype kPhoenixSize = 5;
        constexpr qsizetype kPhoenixEvent = 3;
        const QJsonArray list = message.toArray();
        const bool isOfPhoenix = list.size() == kPhoenixSize && isReference(list.at(0)) && isReference(list.at(1)) &&
                                 list.at(2).isString() && list.at(kPhoenixEvent).isString();
        add(isOfPhoenix ? list.at(kPhoenixEvent) : list.at(0));
        return purposes;
    }
    for (const QLatin1StringView name : kPurposeNames)
        add(message[name]);
    return purposes;
}

QStringList wordsOfPurpose(const QString &purpose)
{
    static const QRegularExpression word(u"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\\d+"_s);
    QStringList words;
    auto found = word.globalMatch(purpose.left(200));
    while (found.hasNext())
        words.append(found.next().captured().toLower());
    return words;
}

std::optional<QByteArray> harmlessMessages(const QByteArray &lines)
{
    QByteArrayList harmless;
    for (const QByteArray &line : lines.trimmed().split('\n')) {
        const qsizetype prefix = socketPrefixOf(line);
        const QByteArray text = line.sliced(prefix);
        const QJsonDocument document = QJsonDocument::fromJson(text);
        if (document.isNull()) {
            if (speaksOfSigningIn(text))
                continue;
            const auto rest = harmlessBody({}, text);
            if (!rest)
                return std::nullopt;
            harmless.append(line.first(prefix) + *rest);
            continue;
        }
        const QJsonValue message = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
        const QJsonValue made = harmlessMessage(message, QByteArrayView(line).first(prefix));
        const QJsonDocument written = made.isArray() ? QJsonDocument(made.toArray()) : QJsonDocument(made.toObject());
        harmless.append(line.first(prefix) + written.toJson(QJsonDocument::Compact));
    }
    return harmless.join('\n');
}

} // namespace cockpit

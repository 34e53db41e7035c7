#include "checks/secrets/keytest.h"

#include "checks/secrets/byteregex.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/leakrule.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(KeyTest)
};

constexpr auto kPlace = "{key}"; // in a header
constexpr qsizetype kLongestKey = 4096;
constexpr qint64 kLongestAnswer = 256LL * 1024;

// A header field carries visible ASCII (RFC 9110 section 5.5); a line end in it would be a second header.
bool isSendable(const QByteArray &key)
{
    return !key.isEmpty() && key.size() <= kLongestKey &&
           std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
}

std::optional<Header> headerOf(const QString &line)
{
    const qsizetype colon = line.indexOf(u": "_s);
    if (colon < 1)
        return std::nullopt;
    return Header{line.left(colon).toLatin1(), line.mid(colon + 2).toLatin1()};
}

void readHeaders(StrictObject &json, KeyTest &test)
{
    bool hasKey = false;
    for (const QString &line : json.texts(u"headers"_s)) {
        const auto header = headerOf(line);
        if (!header) {
            json.complain(u"headers"_s, Text::tr("\"%1\" is no header.").arg(line));
            return;
        }
        hasKey = hasKey || header->value.contains(kPlace);
        test.headers.push_back(*header);
    }
    if (!hasKey)
        json.complain(u"headers"_s, Text::tr("none of them holds the key."));
}

KeyTest readTest(StrictObject &json)
{
    KeyTest test;
    test.id = json.text(u"id"_s);
    test.rules = json.texts(u"rules"_s);
    const QString address = json.text(u"url"_s);
    test.url = QUrl(address, QUrl::StrictMode);
    if (test.url.scheme() != "https"_L1 || test.url.host().isEmpty() || address.contains(QLatin1StringView(kPlace)))
        json.complain(u"url"_s, Text::tr("it must begin with https:// and hold no key."));
    readHeaders(json, test);
    test.live = json.text(u"live"_s);
    if (json.has(u"dead"_s))
        test.dead = json.texts(u"dead"_s);
    if (json.has(u"alive"_s))
        test.alive = json.texts(u"alive"_s);
    test.named = json.optionalText(u"named"_s);
    test.onOwnServers = json.optionalFlag(u"onOwnServers"_s);
    json.refuseOthers();
    return test;
}

Result<std::vector<KeyTest>> loadKeyTests()
{
    QFile file(u":/rules/key-tests.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The program came without its tests for keys."));
    return parseKeyTests(file.readAll());
}

bool isJson(const HttpResponse &response)
{
    return response.header("content-type").value_or(QByteArray()).toLower().contains("json");
}

KeyAnswer unknown(const QString &why)
{
    return {KeyStanding::Unknown, why};
}

bool saysAny(const QJsonDocument &json, const QStringList &sayings)
{
    return std::ranges::any_of(sayings, [&](const QString &saying) { return saysSo(json, saying); });
}

KeyAnswer dead(const KeyTest &test)
{
    const QString host = test.url.host();
    if (test.onOwnServers)
        return {KeyStanding::Dead, Text::tr("%1 says that it does not know the key: it does not work there any more. "
                                            "Of a key for a server of your own this proves nothing.")
                                       .arg(host)};
    return {KeyStanding::Dead, Text::tr("%1 says that the key is not valid: it does not work any more.").arg(host)};
}

KeyAnswer ofSuccess(const KeyTest &test, const QJsonDocument &json)
{
    if (test.live == "[]"_L1 ? json.isArray() : saysSo(json, test.live))
        return {KeyStanding::Live, Text::tr("The provider took it: the key works.")};
    return unknown(Text::tr("The provider answered, and not in the form that it describes. That tells nothing."));
}

QString unclearStatus(int status)
{
    if (status == 401)
        return Text::tr("The provider refused it, and did not say that it does not know the key. A key that works is "
                        "refused so too: from an address that it is not for, or when it may not do this. Look whether "
                        "the provider's page for keys still lists it.");
    if (status == 403)
        return Text::tr("The provider answered 403. It may mean that the key works and may not do this, or that "
                        "somebody on the way refuses us: it proves nothing.");
    if (status == 429)
        return Text::tr("The provider is asked too often at the moment. Try again later.");
    if (status >= 500)
        return Text::tr("The provider has trouble of its own (%1). Try again later.").arg(status);
    return Text::tr("The provider answered %1, which tells nothing of the key.").arg(status);
}

// In the place where the rule would find it.
Result<bool> isWholeValueOf(const LeakRule &rule, const QByteArray &before, const QByteArray &key, MatchRoom &room)
{
    const auto pattern = ByteRegex::compile(
        "(?:" + rule.pattern + ")\\z", rule.isCaseless ? ByteRegex::Case::Insensitive : ByteRegex::Case::Sensitive);
    if (!pattern)
        return tl::unexpected(pattern.error());
    const Secret text(before + key);
    const QByteArray &bytes = text.reveal();
    const auto found = pattern->match({bytes.constData(), static_cast<size_t>(bytes.size())}, 0, room);
    return found && found->valueStart == static_cast<size_t>(before.size()) &&
           found->valueEnd == static_cast<size_t>(bytes.size());
}

const std::vector<KeyTest> &knownTests()
{
    static const std::vector<KeyTest> none;
    return keyTests() ? *keyTests() : none;
}

HttpGet requestOf(const KeyTest &test, const QByteArray &key)
{
    HttpGet get{
        .url = test.url, .headers = {{"Accept", "application/json"}}, .bodyCap = kLongestAnswer, .trustedOnly = true};
    for (Header header : test.headers) {
        std::erase_if(get.headers, [&](const Header &other) { return other.name.toLower() == header.name.toLower(); });
        header.value.replace(kPlace, key);
        get.headers.push_back(header);
    }
    return get;
}

std::optional<QString> shownRequest(const QString &ruleId)
{
    const KeyTest *test = keyTestFor(ruleId, knownTests());
    if (!test)
        return std::nullopt;
    QStringList lines{u"GET %1"_s.arg(test->url.toString())};
    for (const Header &header : requestOf(*test, "••••••••").headers)
        lines << QString::fromUtf8(header.name + ": " + header.value);
    return lines.join(u'\n');
}

Error noTest()
{
    return {ErrorKind::Unsupported, Text::tr("There is no harmless test for this kind of key.")};
}

// A refusal of another key would be taken for a proof about this one.
bool isTheOne(const Secret &key, const QString &fingerprint, const std::function<QByteArray()> &fingerprintKey)
{
    const QByteArray &value = key.reveal();
    const QByteArray own = fingerprintOf({value.constData(), static_cast<size_t>(value.size())}, fingerprintKey());
    return QString::fromLatin1(own).startsWith(fingerprint);
}

Result<KeyAnswer> askProvider(const TriedKey &which, const Secret &typed, const NetOptions &options,
                              const CancelToken &token, const std::function<QByteArray()> &fingerprintKey)
{
    const KeyTest *test = keyTestFor(which.rule, knownTests());
    if (!test)
        return tl::unexpected(noTest());
    const Secret key(typed.reveal().trimmed()); // what is pasted brings blanks along
    const auto isIt = isOfKind(*test, which.rule, key.reveal());
    if (!isIt)
        return tl::unexpected(isIt.error());
    if (!*isIt)
        return failure(ErrorKind::BadInput, Text::tr("This is no whole key of this kind, so nothing was sent."));
    if (!which.fingerprint.isEmpty() && !isTheOne(key, which.fingerprint, fingerprintKey))
        return failure(ErrorKind::NotFound,
                       Text::tr("This is not the key that was found, so nothing was sent. If you are sure that it is, "
                                "it was found on another computer: look for it again on this one first."));
    Observations seen(options, token, Deadline::in(options.operationTimeout * 2), nullptr);
    return *seen.ask(KeyQuestion{*test, key});
}

} // namespace

Result<std::vector<KeyTest>> parseKeyTests(const QByteArray &json)
{
    FirstError error;
    std::vector<KeyTest> tests;
    StrictObject file(QJsonDocument::fromJson(json).object(), u"key-tests"_s, error);
    file.each(u"tests"_s, [&](StrictObject &test) { tests.push_back(readTest(test)); });
    file.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return tests;
}

const Result<std::vector<KeyTest>> &keyTests()
{
    static const Result<std::vector<KeyTest>> tests = loadKeyTests();
    return tests;
}

const KeyTest *keyTestFor(const QString &ruleId, const std::vector<KeyTest> &tests)
{
    const auto found = std::ranges::find_if(tests, [&](const KeyTest &test) { return test.rules.contains(ruleId); });
    return found == tests.end() ? nullptr : &*found;
}

bool saysSo(const QJsonDocument &json, const QString &saying)
{
    QJsonValue value = json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object());
    for (const QString &step : saying.section(u'=', 0, 0).split(u'.')) {
        bool isNumber = false;
        const int index = step.toInt(&isNumber);
        value = isNumber ? value[index] : value[step];
    }
    if (!saying.contains(u'='))
        return !value.isUndefined();
    const QString said = value.toString();
    QString wanted = saying.section(u'=', 1);
    if (!wanted.endsWith(u'*'))
        return said == wanted;
    wanted.chop(1);
    return said.startsWith(wanted);
}

Result<bool> isOfKind(const KeyTest &test, const QString &ruleId, const QByteArray &key)
{
    static const auto rules = loadLeakRules(); // read once: the same for every key
    if (!rules)
        return tl::unexpected(rules.error());
    const auto rule = std::ranges::find(*rules, ruleId, &LeakRule::id);
    if (rule == rules->end())
        return false;
    MatchRoom room;
    return isWholeValueOf(*rule, test.named.toLatin1(), key, room);
}

KeyAnswer judgeKeyAnswer(const KeyTest &test, const HttpResponse &response)
{
    const bool isWhole = isJson(response) && !response.bodyTruncated;
    const QJsonDocument json = isWhole ? QJsonDocument::fromJson(response.body) : QJsonDocument();
    if (json.isNull() && (response.status < 400 || response.status == 401))
        return unknown(Text::tr("Something else than the provider's interface answered (%1). That tells nothing of "
                                "the key.")
                           .arg(response.status));
    const bool isAnswer =
        (response.status >= 200 && response.status < 300) || response.status == 400 || response.status == 401;
    if (isAnswer && saysAny(json, test.dead))
        return dead(test);
    if (isAnswer && saysAny(json, test.alive))
        return {KeyStanding::Live, Text::tr("The provider knows the key, which may do other things than this one.")};
    if (response.status >= 200 && response.status < 300)
        return ofSuccess(test, json);
    return unknown(unclearStatus(response.status));
}

Result<KeyAnswer> probe(const KeyQuestion &question, ProbeContext &context)
{
    const QByteArray &key = question.secret.reveal();
    if (!isSendable(key))
        return failure(ErrorKind::BadInput, Text::tr("This is no key: a key is one line without blanks."));
    // Not through the observations, which would keep the header.
    return probe(requestOf(question.test, key), context).map([&](const HttpResponse &response) {
        return judgeKeyAnswer(question.test, response);
    });
}

KeyTester keyTester(std::function<QByteArray()> fingerprintKey)
{
    return {.request = shownRequest,
            .ask = [fingerprintKey = std::move(fingerprintKey)](const TriedKey &which, const Secret &key,
                                                                const NetOptions &options, const CancelToken &token) {
                return askProvider(which, key, options, token, fingerprintKey);
            }};
}

} // namespace cockpit

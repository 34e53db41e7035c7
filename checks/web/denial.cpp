#include "checks/web/denial.h"

#include "checks/web/htmlpage.h"
#include "checks/web/similarity.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kAlike = 0.9;
constexpr int kMostRecords = 1000; // enough to tell what kind of data it is
constexpr int kDeepest = 8;

bool leadsToLogin(const HttpResponse &answer)
{
    static const QRegularExpression login(u"log-?in|sign-?in|/auth|/sso|/oauth|authorize"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const QString location = QString::fromUtf8(answer.header("location").value_or(QByteArray()));
    return login.match(location).hasMatch();
}

bool isJson(const HttpResponse &answer)
{
    const QByteArray start = answer.body.trimmed();
    return answer.header("content-type").value_or(QByteArray()).toLower().contains("json") &&
           (start.startsWith('{') || start.startsWith('['));
}

// An error in a 200 that speaks of the record or the address instead of the caller: not there, not "not for you".
bool saysNotThere(const QByteArray &body)
{
    static const QRegularExpression absent(
        u"not.?found|no such|does(?: not|n't) exist|unknown (?:route|path|url)|\\b404\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return absent.match(QString::fromUtf8(body)).hasMatch();
}

// {"error": …}, {"errors": […]}, {"code": "UNAUTHENTICATED"}, {"success": false}
bool isErrorObject(const QJsonObject &object)
{
    if (object.contains("data"_L1) && !object.value("data"_L1).isNull())
        return false;
    return (object.contains("error"_L1) && !object.value("error"_L1).isNull()) ||
           !object.value("errors"_L1).toArray().isEmpty() ||
           object.value("code"_L1).toString().contains("UNAUTH"_L1, Qt::CaseInsensitive) ||
           object.value("success"_L1) == QJsonValue(false) || object.value("authenticated"_L1) == QJsonValue(false);
}

bool holdsNothing(const QJsonDocument &document)
{
    if (document.isArray())
        return document.array().isEmpty();
    const QJsonObject object = document.object();
    return std::all_of(object.begin(), object.end(), [](const QJsonValue &value) {
        return value.isNull() || (value.isArray() && value.toArray().isEmpty()) ||
               (value.isObject() && value.toObject().isEmpty()) || value == QJsonValue(0);
    });
}

Admission admissionOfJson(const HttpResponse &answer, const InventedAnswers &baselines)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (document.isNull())
        return answer.bodyTruncated ? Admission::Allowed : Admission::Unclear; // a very long answer is data
    if (document.isObject() && isErrorObject(document.object()))
        return saysNotThere(answer.body) || baselines.haveSame(answer) ? Admission::Unclear : Admission::Denied;
    return holdsNothing(document) ? Admission::Empty : Admission::Allowed;
}

Admission admissionOfPage(const HttpResponse &answer, const InventedAnswers &baselines)
{
    if (baselines.haveLike(answer))
        return Admission::Shell;
    const auto html = parseHtml(answer.body, answer.url);
    if (!html)
        return Admission::Unclear;
    if (html->hasPasswordField || leadsToLogin(answer) || html->refresh.path().contains("login"_L1))
        return Admission::Denied;
    return Admission::Unclear; // a page of its own, without a login: a person has to look
}

// Fields that nobody shows to strangers on purpose.
bool isPrivateField(const QString &name)
{
    static const QRegularExpression field(
        u"^(?:e-?mail|user_?name|full_?name|first_?name|last_?name|phone|mobile|address|street|birth.*|dob|ssn|iban|"
        u"card.*|"
        "amount|balance|salary|total|invoice.*|password.*|hash|token|api_?key|secret.*|role|tenant_?id|customer.*|notes?)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return field.match(name).hasMatch();
}

void collect(PrivateData &found, const QJsonValue &value, int depth)
{
    if (depth > kDeepest || found.records >= kMostRecords)
        return;
    for (const QJsonValue one : value.toArray())
        collect(found, one, depth + 1);
    if (!value.isObject())
        return;
    ++found.records;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool hasValue = !it.value().isNull() && !(it.value().isString() && it.value().toString().isEmpty());
        if (hasValue && isPrivateField(it.key()) && !found.fields.contains(it.key()))
            found.fields.append(it.key());
        if (it.value().isArray() || it.value().isObject())
            collect(found, it.value(), depth + 1);
    }
}

} // namespace

QString toWord(Admission value)
{
    switch (value) {
    case Admission::Denied:
        return u"denied"_s;
    case Admission::Allowed:
        return u"allowed"_s;
    case Admission::Empty:
        return u"empty"_s;
    case Admission::Shell:
        return u"shell"_s;
    case Admission::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

bool isPage(const HttpResponse &answer)
{
    const QByteArray start = answer.body.left(200).trimmed().toLower();
    return answer.header("content-type").value_or(QByteArray()).toLower().contains("html") ||
           start.startsWith("<!doctype html") || start.startsWith("<html");
}

InventedAnswers::InventedAnswers(std::vector<HttpResponse> answers) : m_answers(std::move(answers))
{
    m_words.reserve(m_answers.size());
    for (const HttpResponse &answer : m_answers)
        m_words.push_back(simHash(answer.body));
}

bool InventedAnswers::haveSame(const HttpResponse &answer) const
{
    return std::ranges::any_of(
        m_answers, [&](const HttpResponse &one) { return one.status == answer.status && one.body == answer.body; });
}

bool InventedAnswers::haveLike(const HttpResponse &answer) const
{
    if (haveSame(answer))
        return true;
    const std::uint64_t words = simHash(answer.body);
    for (size_t i = 0; i < m_answers.size(); ++i) {
        if (m_answers[i].status == answer.status && similarity(words, m_words[i]) >= kAlike)
            return true;
    }
    return false;
}

Admission admissionOf(const HttpResponse &answer, const InventedAnswers &baselines)
{
    if (answer.status == 401 || answer.status == 403)
        return Admission::Denied;
    if (answer.status >= 300 && answer.status < 400)
        return leadsToLogin(answer) ? Admission::Denied : Admission::Unclear;
    if (answer.status == 204)
        return Admission::Empty;
    if (answer.status < 200 || answer.status >= 300)
        return Admission::Unclear;
    if (isJson(answer))
        return admissionOfJson(answer, baselines);
    if (isPage(answer))
        return admissionOfPage(answer, baselines);
    // A document of another kind (CSV, PDF): it was handed out, unless any address gets the same.
    if (baselines.haveSame(answer))
        return Admission::Shell;
    return answer.body.isEmpty() ? Admission::Empty : Admission::Allowed;
}

PrivateData privateDataIn(const QByteArray &json)
{
    PrivateData found;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    collect(found, document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), 0);
    return found;
}

} // namespace cockpit

#include "checks/web/jsonadmission.h"

#include "checks/web/jsonlines.h"
#include "checks/web/plainname.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 8;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kFirstError = 400;
constexpr int kLastError = 599;

bool isOneOf(const QString &name, const QRegularExpression &names)
{
    return names.match(plainName(name)).hasMatch();
}

// Is there a list somewhere, that numbers around it may be about?
bool holdsList(const QJsonValue &value, int depth = 0)
{
    if (value.isArray())
        return true;
    const QJsonObject object = value.toObject();
    return depth < kDeepest &&
           std::any_of(object.begin(), object.end(), [&](const QJsonValue &one) { return holdsList(one, depth + 1); });
}

// A number that tells how much there is: of a list, it is about the answer; alone it is what was asked for.
bool isAmount(const QString &name, const QJsonValue &value)
{
    static const QRegularExpression amounts(
        u"^(?:count|totals?|(?:total|item|record|row)(?:s|count|items|elements|results|records|hits)|"
        u"numberofelements)$"_s);
    return value.isDouble() && isOneOf(name, amounts);
}

// Members that count, page and wrap what an answer holds.
bool isAboutAnswer(const QString &name, const QJsonValue &value, bool isBesideList, bool isAroundList)
{
    const double number = value.toDouble();
    if (std::floor(number) != number || (isAmount(name, value) && !isAroundList))
        return false;
    static const QRegularExpression counts(
        u"^(?:pages?|perpage|pagesize|limit|offset|skip|size|number|count|totals?|(?:total|item|record|row)(?:s|count|"
        u"pages|items|elements|results|records|hits)|numberofelements|currentpage|lastpage|from|to|hasmore|has(?:next|"
        u"prev|previous)(?:page)?|first|last|empty|took|ok|success|status|statuscode|code)$"_s);
    static const QRegularExpression links(u"^(?:(?:next|prev|previous|start|end|first|last)?(?:cursor|page|pageurl|"
                                          u"pagetoken)|next|prev|previous|links|sort|pageable|timestamp|requestid|"
                                          u"traceid)$"_s);
    static const QRegularExpression besideList(u"^(?:message|msg|url|path|href|self|object|kind)$"_s);
    if (value.isBool() || value.isDouble())
        return isOneOf(name, counts) || isOneOf(name, links);
    const QString word = value.toString().toLower();
    if (isOneOf(name, counts))
        return word == "ok"_L1 || word == "success"_L1;
    return isOneOf(name, links) || (isBesideList && value.isString() && isOneOf(name, besideList));
}

// Nothing, false, 0, and lists and objects of such: an empty page of results, whatever wraps it.
bool holdsNothing(const QJsonValue &value, bool isAroundList, int depth = 0)
{
    if (depth > kDeepest)
        return false;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::all_of(array.begin(), array.end(),
                           [&](const QJsonValue &one) { return holdsNothing(one, isAroundList, depth + 1); });
    }
    if (!value.isObject())
        return value.isNull() || value == QJsonValue(false) || value == QJsonValue(0) || value == QJsonValue(QString());
    const QJsonObject object = value.toObject();
    const bool hasList = std::any_of(object.begin(), object.end(), [](const QJsonValue &one) { return one.isArray(); });
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!holdsNothing(it.value(), isAroundList, depth + 1) &&
            !isAboutAnswer(it.key(), it.value(), hasList, isAroundList))
            return false;
    }
    return true;
}

bool holdsNothing(const QJsonValue &value)
{
    return holdsNothing(value, holdsList(value));
}

// An error in a 200 that speaks of the record or the address instead of the caller: not there, not "not for you".
bool saysNotThere(const QByteArray &body)
{
    static const QRegularExpression absent(
        u"not.?found|no such|does(?: not|n't) exist|unknown (?:route|path|url)|\\b404\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return absent.match(QString::fromUtf8(body)).hasMatch();
}

bool saysNotForYou(const QString &text)
{
    static const QRegularExpression words(
        u"\\b(?:unauthori[sz]ed|unauthenticated|not (?:authori[sz]ed|authenticated|logged in|signed in|allowed)|"
        u"forbidden|access (?:is )?denied|permission denied|(?:log|sign)[ -]?in (?:is )?required|(?:please|must|need "
        u"to) "
        u"(?:log|sign) ?in|(?:must|need to) be (?:logged|signed) in|no (?:auth\\w*|access)? ?token|"
        u"token (?:is )?(?:missing|required|invalid|expired|not valid)|authentication (?:is )?required|missing "
        u"(?:auth\\w*|token|bearer)|(?:invalid|expired) "
        u"token)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype kLongest = 300; // a sentence, not a text that mentions signing in
    return text.size() <= kLongest && words.match(text).hasMatch();
}

bool isError(const QJsonValue &value)
{
    return (value.isString() && !value.toString().isEmpty()) || (value.isObject() && !value.toObject().isEmpty()) ||
           value == QJsonValue(true) || (value.isDouble() && value != QJsonValue(0));
}

// The status that an object repeats from the response that it should have been; 0 without one.
int statusIn(const QJsonObject &object)
{
    for (const QLatin1StringView name : {"status"_L1, "statusCode"_L1, "code"_L1, "error"_L1}) {
        const int status = object.value(name).toVariant().toInt();
        if (status >= kFirstError && status <= kLastError)
            return status;
    }
    return 0;
}

bool saysRefusal(const QJsonObject &object)
{
    const QStringList sentences{u"message"_s, u"detail"_s, u"msg"_s, u"title"_s};
    return std::ranges::any_of(sentences,
                               [&](const QString &name) { return saysNotForYou(object.value(name).toString()); });
}

// What errors consist of (RFC 9457, section 3.1, and what frameworks write). A ticket or a message to somebody may have
// a title that speaks of signing in, too: it has members of its own beside that.
bool isOfError(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:message|msg|details?|title|description|status(?:code|text)?|code|err|errors?|reason|hint|"
        u"error(?:code|name|type|message|description|uri|id)|help(?:url)?|timestamp|time|path|ur[li]|method|type|"
        u"instance|(?:request|trace|correlation|span)id|success|ok|result|(?:is)?(?:authenticated|loggedin|signedin)|"
        u"redirect(?:to|ur[li])?|log(?:in|on)(?:ur[li])?|signin(?:ur[li])?|documentation(?:url)?|docs|(?:api)?version|"
        u"meta|metadata|links|extensions|debug|context|trace|stack|request|info|violations|issues|fields|ret(?:code)?|"
        u"errno|errcode|(?:result|return)code|severity|exception|locale)$"_s);
    return isOneOf(name, names);
}

bool isRecord(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isOfError(it.key()) && !holdsNothing(it.value()))
            return true;
    }
    return false;
}

// {"error": …}, {"errors": […]}, {"code": "UNAUTHENTICATED"}, {"success": false}, {"status": 401}, {"loggedIn": false}
bool saysError(const QJsonObject &object)
{
    static const QRegularExpression told(u"^(?:success|ok|(?:is)?(?:authenticated|loggedin|signedin))$"_s);
    static const QRegularExpression code(u"UNAUTH|FORBIDDEN|ACCESS_DENIED"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (isError(object.value("error"_L1)) || !object.value("errors"_L1).toArray().isEmpty() ||
        !object.value("errors"_L1).toObject().isEmpty() || statusIn(object) > 0 ||
        code.match(object.value("code"_L1).toString()).hasMatch())
        return true;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value() == QJsonValue(false) && isOneOf(it.key(), told))
            return true;
    }
    return saysRefusal(object) && !isRecord(object);
}

bool isPartOfError(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:errors?|details?|meta|metadata|links|extensions|debug|context|trace|stack|request|info|violations|"
        u"issues|fields)$"_s);
    return isOneOf(name, names);
}

// An error beside other things that came all the same.
QJsonObject besideError(QJsonObject object)
{
    for (const QString &name : object.keys()) {
        if (isPartOfError(name))
            object.remove(name);
    }
    return object;
}

// A job that failed has an "error" as well: it is a refusal when it speaks of one.
bool isRecordWithError(const QJsonObject &object)
{
    const QJsonValue error = object.value("error"_L1);
    return error.isString() && isRecord(object) && statusIn(object) == 0 && !saysRefusal(object) &&
           !saysNotForYou(error.toString());
}

bool holdsData(const QJsonObject &object)
{
    return std::any_of(object.begin(), object.end(), [](const QJsonValue &value) {
        return (value.isArray() || value.isObject()) && !holdsNothing(value);
    });
}

Admission admissionOfError(const HttpResponse &answer, const QJsonObject &object, const InventedAnswers &baselines)
{
    const QJsonObject rest = besideError(object);
    if (privateDataIn(QJsonDocument(rest).toJson(QJsonDocument::Compact)).isPersonal())
        return Admission::Allowed;
    const int status = statusIn(object);
    const bool isOther = status > 0 && status != kUnauthorized && status != kForbidden; // broken, or not there
    if (holdsData(rest) || isRecordWithError(object) || isOther || saysNotThere(answer.body) ||
        baselines.haveSame(answer))
        return Admission::Unclear;
    return Admission::Denied;
}

// A sentence that refuses, beside a few plain values: an error with members of its own, or a message to somebody. A
// title is of a record as often.
bool isPerhapsRefusal(const QJsonObject &object)
{
    return !holdsData(object) &&
           std::ranges::any_of(QStringList{u"message"_s, u"detail"_s, u"msg"_s},
                               [&](const QString &name) { return saysNotForYou(object.value(name).toString()); });
}

Admission admissionOfData(const HttpResponse &answer, const QJsonValue &root, const InventedAnswers &baselines)
{
    if (holdsNothing(root))
        return Admission::Empty;
    if (isPerhapsRefusal(root.toObject()) && !privateDataIn(answer.body).isPersonal())
        return Admission::Unclear;
    return baselines.haveSame(answer) ? Admission::Shell : Admission::Allowed;
}

// A balance, a key: what stands alone was asked for as much as a record. "true" and "ok" tell nothing, nor does a
// sentence, and "-1" is how WordPress refuses. A number may be the status that the answer should have had.
Admission admissionOfScalar(const HttpResponse &answer, const QJsonValue &value, const InventedAnswers &baselines)
{
    const QString text = value.toString();
    if (holdsNothing(value))
        return Admission::Empty;
    if (saysNotForYou(text) || value == QJsonValue(kUnauthorized) || value == QJsonValue(kForbidden))
        return Admission::Denied;
    const double number = value.toDouble();
    const bool isStatus = number >= kFirstError && number <= kLastError && std::floor(number) == number;
    const bool isSaidOfAny = value.isBool() || value == QJsonValue(-1) || isStatus || text.contains(u' ') ||
                             text.toLower() == "ok"_L1 || text.toLower() == "success"_L1 || saysNotThere(answer.body);
    if (isSaidOfAny)
        return Admission::Unclear;
    return baselines.haveSame(answer) ? Admission::Shell : Admission::Allowed;
}

// A stream that breaks off says so in its last line: only errors alone are a refusal.
Admission admissionOfLines(const HttpResponse &answer, const std::vector<QJsonObject> &lines,
                           const InventedAnswers &baselines)
{
    if (std::ranges::all_of(lines, saysError))
        return admissionOfError(answer, lines.front(), baselines);
    QJsonArray records;
    for (const QJsonObject &line : lines)
        records.append(line);
    return admissionOfData(answer, records, baselines);
}

// RFC 8259, 2: a text, a number or one of three words is JSON, too; Qt reads objects and lists only.
std::optional<QJsonValue> scalarIn(const QByteArray &body)
{
    constexpr qsizetype kLongest = 1000;
    if (body.size() > kLongest)
        return std::nullopt;
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + body + ']').array();
    return wrapped.size() == 1 && !wrapped.first().isArray() && !wrapped.first().isObject()
               ? std::optional(wrapped.first())
               : std::nullopt;
}

bool beginsAsJson(const QByteArray &body)
{
    static const QRegularExpression start(u"^\\s*(?:\\{\\s*[\"}]|\\[\\s*[\\[{\"\\]0-9tfn-])"_s);
    return start.match(QString::fromUtf8(body.left(200))).hasMatch();
}

} // namespace

std::optional<Admission> admissionOfJson(const HttpResponse &answer, const InventedAnswers &baselines)
{
    const bool isCalledJson = answer.header("content-type").value_or(QByteArray()).toLower().contains("json");
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (document.isObject() && saysError(document.object()))
        return admissionOfError(answer, document.object(), baselines);
    if (!document.isNull())
        return admissionOfData(answer, jsonRoot(document), baselines);
    if (const auto scalar = scalarIn(answer.body.trimmed()); scalar && (isCalledJson || !scalar->isString()))
        return admissionOfScalar(answer, *scalar, baselines);
    if (const auto lines = jsonLinesIn(answer.body); !lines.empty())
        return admissionOfLines(answer, lines, baselines);
    if (!beginsAsJson(answer.body))
        return std::nullopt;
    if (answer.bodyTruncated)
        return Admission::Allowed; // a very long answer is data
    return isCalledJson ? std::optional(Admission::Unclear) : std::nullopt;
}

} // namespace cockpit

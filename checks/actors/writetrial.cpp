#include "checks/actors/writetrial.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/denial.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

struct UndoneRecord
{
    QString id;          // empty: no answer told it
    bool hasText = true; // by which the list can show it
};

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WriteTrial)
};

constexpr std::chrono::seconds kRemovalTime{10};
constexpr int kRestoreRequests = 2;

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

bool isRedirect(int status)
{
    return status >= 300 && status < 400;
}

bool isWrite(const ActiveRequest &request)
{
    return request.method != "GET" && request.method != "HEAD";
}

// Where a redirect leads, with ids as holes: two records of one kind are led to in the same way.
QString shapeOfLocation(const HttpResponse &answer)
{
    const QUrl to = answer.url.resolved(QUrl(QString::fromUtf8(answer.header("location").value_or(QByteArray()))));
    return shapeOf(pathTemplate(to.path(QUrl::FullyEncoded)).path);
}

// Of one's own account: a changed address or password would lock the test account out.
bool isCredential(const QString &name)
{
    static const QStringList names{u"email"_s, u"mail"_s,  u"username"_s, u"user_name"_s,
                                   u"login"_s, u"phone"_s, u"mobile"_s};
    return names.contains(name.toLower()) || name.contains("password"_L1, Qt::CaseInsensitive);
}

tl::unexpected<Error> unusable(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

// No answer is no proof that nothing was made, unless the request was not even let out. A server that broke may have
// made it before; only the list tells, by the text.
bool makesNothing(const Result<HttpResponse> &answer, bool hasText)
{
    if (!answer)
        return answer.error().kind == ErrorKind::NotPermitted;
    return answer->status >= 500 ? !hasText : answer->status >= 400;
}

// The members of the body that the answer shows, with the values that it shows.
QByteArray currentJson(const QByteArray &body, const HttpResponse &shown)
{
    QJsonObject current;
    const QJsonObject sample = QJsonDocument::fromJson(body).object();
    for (auto it = sample.begin(); it != sample.end(); ++it) {
        const auto value = memberIn(shown, it.key());
        if (value && !isCredential(it.key()) && !value->isNull())
            current.insert(it.key(), *value);
    }
    return current.isEmpty() ? QByteArray() : QJsonDocument(current).toJson(QJsonDocument::Compact);
}

QByteArray currentForm(const QByteArray &body, const HttpResponse &shown)
{
    FormValues current;
    const FormValues onPage = inputsIn(shown.body);
    for (const FormValue &one : formValuesOf(body)) {
        const auto it = std::ranges::find(onPage, one.name, &FormValue::name);
        if (it != onPage.end() && !it->value.isEmpty() && !isCredential(one.name))
            current.push_back(*it);
    }
    return formBodyOf(current);
}

} // namespace

std::optional<QJsonValue> memberIn(const HttpResponse &answer, const QString &name)
{
    constexpr int kDeepest = 4;
    const auto json = jsonOf(answer);
    std::vector<QJsonObject> level;
    if (json && json->isObject())
        level.push_back(json->toObject());
    for (int depth = 0; depth < kDeepest && !level.empty(); ++depth) {
        std::vector<QJsonObject> below;
        for (const QJsonObject &object : level) {
            if (object.contains(name))
                return object.value(name);
            for (const QJsonValue &value : object) {
                if (value.isObject())
                    below.push_back(value.toObject());
            }
        }
        level = std::move(below);
    }
    return std::nullopt;
}

bool saysNo(const HttpResponse &answer)
{
    const auto json = jsonOf(answer);
    if (!json || !json->isObject())
        return false;
    const QJsonObject object = json->toObject();
    const auto isSet = [&](QLatin1StringView name) {
        const QJsonValue value = object.value(name);
        return value.isString() ? !value.toString().isEmpty()
                                : value.isObject() || (value.isArray() && !value.toArray().isEmpty());
    };
    const auto isOff = [&](QLatin1StringView name) {
        return object.contains(name) && object.value(name) == QJsonValue(false);
    };
    const QString status = object.value("status"_L1).toString().toLower();
    return isSet("error"_L1) || isSet("errors"_L1) || isOff("success"_L1) || isOff("ok"_L1) || status == "error"_L1 ||
           status == "fail"_L1;
}

WriteTrial::WriteTrial(WritePlace place, const Target &target, ActorSession &session, UndoList &undo)
    : m_place(std::move(place)),
      m_target(target),
      m_session(session),
      m_undo(undo),
      m_hidden(std::make_shared<std::vector<HiddenField>>()),
      m_records(std::make_shared<std::vector<UndoneRecord>>())
{
}

WriteTrial::~WriteTrial() = default;

// As the account, with the hidden fields of the form where the product takes forms.
Sender WriteTrial::sender() const
{
    return [session = &m_session, hidden = m_hidden](const ActiveRequest &request) {
        ActiveRequest sent = request;
        if (!isWrite(sent) || hidden->empty())
            return session->ask(std::move(sent));
        const bool isForm = std::ranges::any_of(sent.headers, [](const Header &header) {
            return header.name.compare("Content-Type", Qt::CaseInsensitive) == 0 &&
                   header.value.startsWith("application/x-www-form-urlencoded");
        });
        if (sent.body.isEmpty() && !isForm && sent.method == "DELETE")
            sent.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        else if (!isForm)
            return session->ask(std::move(sent));
        FormValues fields;
        for (const HiddenField &field : *hidden)
            fields.push_back({field.name, QString::fromUtf8(field.value.reveal())});
        sent.body = formBodyWith(sent.body, fields);
        return session->ask(std::move(sent));
    };
}

Result<HttpResponse> WriteTrial::ask(const ActiveRequest &request) const
{
    return sender()(request);
}

QUrl WriteTrial::address() const
{
    QStringList ids;
    if (m_place.kind == WriteKind::Update) {
        ids = seenIdsOf(m_place.plan->create);
        ids.append(m_recordId);
    }
    const RouteAddress address =
        ids.isEmpty() ? addressOf(m_target, m_place.route) : addressOf(m_target, m_place.route, ids);
    return address ? *address : QUrl();
}

ActiveRequest WriteTrial::requestFor(const TrialBody &body) const
{
    ActiveRequest request;
    request.method = m_place.route.method.toLatin1();
    request.url = address();
    request.routeName = m_place.route.path;
    if (!body.contentType.isEmpty())
        request.headers.push_back({"Content-Type", body.contentType});
    request.body = body.body;
    request.writes = m_place.kind != WriteKind::Question;
    return request;
}

// A form is refused without what its page hands out.
Result<void> WriteTrial::learnFormFields()
{
    if (!m_place.isForm())
        return {};
    const std::optional<Route> &list = m_place.plan ? m_place.plan->list : m_place.read;
    const auto address = list ? addressOf(m_target, *list) : RouteAddress(tl::unexpected(NotTried::NoSeenId));
    if (!address)
        return {};
    ActiveRequest request;
    request.url = *address;
    request.routeName = list->path;
    const auto page = m_session.ask(request);
    if (!page)
        return tl::unexpected<Error>(page.error());
    *m_hidden = hiddenFieldsIn(page->body);
    return {};
}

Result<void> WriteTrial::openRecord()
{
    const CanaryPlan &plan = *m_place.plan;
    if (m_place.kind == WriteKind::Create) {
        m_text = newCanaryText();
        const auto body = bodyWithText(m_place.body, m_place.contentType, m_text);
        if (!body)
            return unusable(Text::tr("%1: no field of its body takes a text by which our record would be known again.")
                                .arg(routeName(m_place.route)));
        m_good = *body;
        promiseRemoval();
        return {};
    }
    auto canary = plantCanary(plan, m_target, sender(), m_undo);
    if (!canary)
        return tl::unexpected<Error>(canary.error());
    m_canary = std::move(*canary);
    m_text = m_canary->text;
    m_recordId = m_canary->id;
    m_before = m_canary->seen;
    m_good = bodyWithText(m_place.body, m_place.contentType, m_text).value_or(m_place.body);
    return {};
}

Result<void> WriteTrial::openSettings()
{
    auto shown = current();
    if (!shown)
        return tl::unexpected<Error>(shown.error());
    if (!isSuccess(shown->status))
        return unusable(Text::tr("%1 answers with status %2, so that nobody knows what is there now.")
                            .arg(routeName(*m_place.read))
                            .arg(shown->status));
    const QByteArray now = m_place.isForm() ? currentForm(m_place.body, *shown) : currentJson(m_place.body, *shown);
    if (now.isEmpty())
        return unusable(Text::tr("%1: %2 shows none of its fields, so that nothing could be put back.")
                            .arg(routeName(m_place.route), routeName(*m_place.read)));
    m_before = std::move(*shown);
    m_good = now;
    promiseSettings();
    m_text = newCanaryText();
    const auto body = bodyWithText(now, m_place.contentType, m_text);
    if (!body)
        m_text.clear();
    m_good = body.value_or(now);
    return {};
}

// One step for all records that the bodies make; each is removed at once, so that little is left for it.
void WriteTrial::promiseRemoval()
{
    const CanaryPlan &plan = *m_place.plan;
    constexpr int kRequests = 2 * kCanaryRemovalRequests;
    m_undo.add(Text::tr("A record %1 that %2 made").arg(m_text, routeName(plan.create)), kRequests,
               [records = m_records, plan, target = m_target, send = sender(), text = m_text](Deadline deadline) {
                   Result<void> done;
                   for (const UndoneRecord &record : *records) {
                       if (record.id.isEmpty() && !record.hasText)
                           done = unusable(Text::tr("whether it was made is not known."));
                       else if (auto removed = removeCanary({text, record.id, plan, target, send}, deadline); !removed)
                           done = removed;
                   }
                   return done;
               });
}

void WriteTrial::promiseSettings()
{
    ActiveRequest back = requestFor({m_place.contentType, m_good});
    back.errand = ActiveErrand::Undo;
    ActiveRequest look;
    look.url = m_before->url;
    look.routeName = m_place.read->path;
    look.errand = ActiveErrand::Undo;
    const auto currentOf = m_place.isForm() ? currentForm : currentJson;
    m_undo.add(Text::tr("What was in %1 before").arg(routeName(m_place.route)), kRestoreRequests,
               [back, look, currentOf, wanted = currentOf(m_good, *m_before), send = sender(),
                sample = m_good](Deadline deadline) mutable -> Result<void> {
                   back.timeoutMs = look.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
                   const auto done = send(back);
                   if (!done)
                       return tl::unexpected<Error>(done.error());
                   const auto shown = send(look);
                   if (!shown)
                       return tl::unexpected<Error>(shown.error());
                   if (done->status >= 400 || currentOf(sample, *shown) != wanted)
                       return unusable(Text::tr("it could not be put back (status %1).").arg(done->status));
                   return {};
               });
}

Result<TriedBody> WriteTrial::open()
{
    if (auto done = learnFormFields(); !done)
        return tl::unexpected<Error>(done.error());
    Result<void> opened;
    m_good = m_place.body;
    if (m_place.plan)
        opened = openRecord();
    else if (m_place.kind == WriteKind::Settings)
        opened = openSettings();
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    auto control = send({m_place.contentType, m_good});
    if (!control)
        return control;
    const QString name = routeName(m_place.route);
    if (!control->wasTaken)
        return unusable(
            Text::tr("%1 does not take the body that your project has for it (status %2), so that a refusal of "
                     "others says nothing.")
                .arg(name)
                .arg(control->answer.status));
    const bool isSeen = control->after && isSuccess(control->after->status) &&
                        (m_text.isEmpty() || AnswerText::of(*control->after).holds(m_text));
    if (m_place.kind != WriteKind::Question && !isSeen)
        return unusable(Text::tr("%1 takes a good body, but what it wrote is seen nowhere.").arg(name));
    m_control = control->answer;
    return control;
}

Result<bool> WriteTrial::stillTakes()
{
    const auto again = send({m_place.contentType, m_good, false});
    if (!again)
        return tl::unexpected<Error>(again.error());
    return again->wasTaken;
}

bool WriteTrial::isTaken(const HttpResponse &answer) const
{
    const bool isGood = isSuccess(answer.status) || isRedirect(answer.status);
    if (!isGood || saysNo(answer) || admissionOf(answer, {}) == Admission::Denied)
        return false;
    if (!m_control)
        return true;
    // The form once more instead of what follows it: its fields were not accepted.
    if (isRedirect(m_control->status) != isRedirect(answer.status))
        return false;
    return !isRedirect(answer.status) || shapeOfLocation(answer) == shapeOfLocation(*m_control);
}

Result<TriedBody> WriteTrial::send(const TrialBody &body)
{
    if (!m_records->empty())
        return unusable(Text::tr("%1: a record that it made could not be removed.").arg(routeName(m_place.route)));
    TriedBody tried{.request = requestFor(body), .answer = {}};
    if (tried.request.url.isEmpty())
        return unusable(Text::tr("%1: its address is not known.").arg(routeName(m_place.route)));
    const bool makes = m_place.kind == WriteKind::Create;
    if (makes)
        m_records->push_back({.id = {}, .hasText = body.body.contains(m_text.toUtf8())});
    auto answer = ask(tried.request);
    if (makes && makesNothing(answer, m_records->back().hasText))
        m_records->clear();
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    tried.answer = std::move(*answer);
    tried.wasTaken = isTaken(tried.answer);
    if (!m_records->empty()) {
        if (auto done = lookAfterCreated(tried); !done)
            return tl::unexpected<Error>(done.error());
    } else if (tried.wasTaken && body.readsBack && m_place.kind != WriteKind::Question) {
        if (auto done = lookAfter(tried); !done)
            return tl::unexpected<Error>(done.error());
    }
    return tried;
}

ActiveRequest WriteTrial::readRequest() const
{
    ActiveRequest request;
    if (m_place.kind == WriteKind::Settings) {
        const RouteAddress address = addressOf(m_target, *m_place.read);
        request.url = address ? *address : QUrl();
        request.routeName = m_place.read->path;
    } else {
        const bool isAlone = m_canary && !m_canary->address.isEmpty();
        request.url = isAlone ? m_canary->address : m_canary ? m_canary->seen.url : QUrl();
        request.routeName = m_place.route.path;
    }
    return request;
}

Result<HttpResponse> WriteTrial::current() const
{
    return m_session.ask(readRequest());
}

Result<HttpResponse> WriteTrial::sendForUndo(const TrialBody &body, Deadline deadline) const
{
    const int time = std::max(1, static_cast<int>(deadline.remaining().count()));
    ActiveRequest back = requestFor(body);
    back.errand = ActiveErrand::Undo;
    back.timeoutMs = time;
    const auto done = ask(back);
    if (!done)
        return done;
    ActiveRequest look = readRequest();
    look.errand = ActiveErrand::Undo;
    look.timeoutMs = time;
    return ask(look);
}

Result<void> WriteTrial::lookAfter(TriedBody &tried)
{
    auto after = current();
    if (!after)
        return tl::unexpected<Error>(after.error());
    tried.after = std::move(*after);
    return {};
}

// The record by the answer, or by the list; read at its own address, and removed again.
Result<void> WriteTrial::lookAfterCreated(TriedBody &tried)
{
    const CanaryPlan &plan = *m_place.plan;
    const auto told = [&](const HttpResponse &answer) {
        return recordIn(answer, m_text, plan.remove.path, plan.resource()).id;
    };
    if (tried.answer.status < 400)
        tried.id = told(tried.answer);
    const auto get = [&](const Route &route, const QStringList &ids) -> std::optional<Result<HttpResponse>> {
        const RouteAddress address = ids.isEmpty() ? addressOf(m_target, route) : addressOf(m_target, route, ids);
        if (!address)
            return std::nullopt;
        ActiveRequest request;
        request.url = *address;
        request.routeName = route.path;
        return m_session.ask(request);
    };
    const QStringList above = seenIdsOf(plan.create);
    if (tried.id.isEmpty() && plan.list && m_records->back().hasText) {
        const auto list = get(*plan.list, above);
        if (list && !*list)
            return tl::unexpected<Error>(list->error());
        if (list && AnswerText::of(**list).holds(m_text)) {
            tried.id = told(**list);
            tried.after = **list;
        }
    }
    if (tried.id.isEmpty()) {
        m_records->clear(); // neither told nor listed: nothing was made
        return {};
    }
    m_records->back().id = tried.id;
    if (plan.read) {
        const auto record = get(*plan.read, above + QStringList{tried.id});
        if (record && !*record)
            return tl::unexpected<Error>((*record).error());
        if (record)
            tried.after = **record;
    }
    removeNow(tried.id);
    return {};
}

void WriteTrial::removeNow(const QString &id)
{
    if (removeCanary({m_text, id, *m_place.plan, m_target, sender()}, Deadline::in(kRemovalTime)))
        m_records->clear();
}

} // namespace cockpit

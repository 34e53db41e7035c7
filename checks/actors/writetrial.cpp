#include "checks/actors/writetrial.h"

#include "checks/actors/canaryremoval.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/sentheaders.h"
#include "checks/actors/undonerecord.h"
#include "checks/net/statusclass.h"
#include "checks/web/denial.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WriteTrial)
};

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

// It may have made something first; who says when to come again, or that it has no such thing, did not carry it out
// (RFC 9110 sections 15.6.2 and 15.6.4).
bool brokeDown(const HttpResponse &answer)
{
    constexpr int kNotImplemented = 501;
    const bool isHeldBack = answer.status == 503 && answer.header("retry-after");
    return answer.status >= 500 && answer.status != kNotImplemented && !isHeldBack;
}

} // namespace

WriteTrial::WriteTrial(WritePlace place, const Target &target, ActorSession &session, UndoList &undo)
    : m_place(std::move(place)),
      m_target(target),
      m_session(session),
      m_undo(undo),
      m_notes(std::make_unique<const UndoNotes>(notesOf(session.wire(), &session.actor()))),
      m_hidden(std::make_shared<std::vector<HiddenField>>()),
      m_records(std::make_shared<std::vector<UndoneRecord>>()),
      m_gone(std::make_shared<std::vector<CanaryRemoval>>()),
      m_doubtful(std::make_shared<std::vector<UndoneRecord>>()),
      m_listHeld(std::make_shared<qsizetype>(0))
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
        const bool isForm = saysForm(sent.headers);
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

RecordOwner WriteTrial::owner() const
{
    RecordOwner owner = recordOwner(m_session);
    owner.send = sender();
    return owner;
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
    ActiveRequest request = requestAt(m_place.route, address());
    if (!body.contentType.isEmpty())
        request.headers.push_back({"Content-Type", body.contentType});
    request.body = body.body;
    request.timeoutMs = static_cast<int>(body.timeout.count());
    request.writes = m_place.kind != WriteKind::Question;
    return request;
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
    if (makes) {
        if (auto begun = beginRecord(body.body.contains(m_text.toUtf8())); !begun)
            return tl::unexpected<Error>(begun.error());
    }
    auto answer = ask(tried.request);
    if (makes && answer && !m_records->back().hasText && brokeDown(*answer))
        m_undo.doubt(Text::tr("%1 broke down at a body without our text, and nothing tells whether it made a record "
                              "first. If it did, that bears no mark: look for one that none of you made.")
                         .arg(routeName(m_place.route)));
    if (makes && makesNothing(answer, m_records->back().hasText))
        forgetRecord();
    if (!answer && !m_records->empty())
        m_records->back().isUnanswered = true;
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
    if (m_place.kind == WriteKind::Settings)
        return requestAt(*m_place.read, addressOf(m_target, *m_place.read).value_or(QUrl()));
    const bool isAlone = m_canary && !m_canary->address.isEmpty();
    ActiveRequest request;
    request.url = isAlone ? m_canary->address : m_canary ? m_canary->seen.url : QUrl();
    request.routeName = m_place.route.path;
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
    auto done = ask(back);
    if (!done)
        return done;
    ActiveRequest look = readRequest();
    look.errand = ActiveErrand::Undo;
    look.timeoutMs = time;
    return ask(look);
}

// First the journal: a request that makes something goes out only when it is known where to look for it.
Result<void> WriteTrial::beginRecord(bool hasText)
{
    auto note = m_notes->writeRecord(*m_place.plan, m_text, hasText);
    if (!note)
        return tl::unexpected<Error>(note.error());
    m_records->push_back({.id = {}, .hasText = hasText, .note = std::move(*note)});
    return {};
}

void WriteTrial::forgetRecord()
{
    m_records->back().note->strike();
    m_records->clear();
}

void WriteTrial::handOver()
{
    if (!m_records->empty())
        forgetRecord();
}

UndoReport withTrial(const WritePlace &place, const Target &target, ActorSession &session, std::function<bool()> isOver,
                     const std::function<void(WriteTrial &, UndoList &)> &work)
{
    std::unique_ptr<WriteTrial> trial; // goes after the list
    UndoList undo(std::move(isOver));
    trial = std::make_unique<WriteTrial>(place, target, session, undo);
    work(*trial, undo);
    return undo.run();
}

} // namespace cockpit

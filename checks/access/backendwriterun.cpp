#include "checks/access/backendwriterun.h"

#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/jsonplaces.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

QString codeIn(const HttpResponse &answer)
{
    return jsonRoot(answer.body).toObject()["code"_L1].toString();
}

// Of PostgreSQL (appendix A): class 23 is a constraint, 42501 a missing right.
bool isConstraint(const HttpResponse &answer)
{
    return codeIn(answer).size() == 5 && codeIn(answer).startsWith("23"_L1);
}

bool wasRolledBack(const HttpResponse &answer)
{
    return answer.header("preference-applied").value_or(QByteArray()).contains("tx=rollback");
}

QString notUnderstood(const HttpResponse &answer)
{
    const QString code = codeIn(answer);
    return code.isEmpty()
               ? Text::tr("the answer does not tell (status %1)").arg(answer.status)
               : Text::tr("the answer does not tell (status %1, %2)").arg(QString::number(answer.status), code);
}

// Storage of Supabase answers an upload with the name under which the file is kept.
bool namesFile(const HttpResponse &answer, const BackendTrial &trial)
{
    const QString key = jsonRoot(answer.body).toObject()["Key"_L1].toString();
    return isSuccess(answer) && !obstacleIn(answer) && key == trial.place.name + u'/' + trial.text + u".txt"_s;
}

// A row that nobody sees again is taken where PostgREST says so in its own way: 201 without a body (what was asked for
// is return=minimal), or that it took the row back. Any other success may be a page for whatever comes.
WriteEnd endOfBlindRow(const HttpResponse &answer)
{
    const WriteEnd said = endOfRow(answer);
    if (said != WriteEnd::Taken)
        return said;
    if (wasRolledBack(answer))
        return WriteEnd::WouldBeTaken;
    constexpr int kCreated = 201; // RFC 9110 section 15.3.2
    return answer.status == kCreated && answer.body.isEmpty() ? WriteEnd::Taken : WriteEnd::NotTold;
}

// Without an answer, or with one of a server in trouble, it may have come into being as well.
bool mayHaveTaken(const Result<HttpResponse> &answer)
{
    return !answer || answer->status < 400 || answer->status >= 500;
}

WriteEnd endOfRecord(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle && *obstacle != Obstacle::Refused)
        return WriteEnd::NotTold;
    if (isSuccess(answer))
        return WriteEnd::Taken;
    // Storage of Supabase says a refusal with status 400 and the true one inside.
    const bool isInside = jsonRoot(answer.body).toObject()["statusCode"_L1].toString() == "403"_L1;
    return answer.status == 401 || answer.status == 403 || isInside ? WriteEnd::Refused : WriteEnd::NotTold;
}

} // namespace

WriteEnd endOfRow(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle && *obstacle != Obstacle::Refused)
        return WriteEnd::NotTold;
    if (isConstraint(answer) && answer.status >= 400)
        return WriteEnd::WouldBeTaken;
    const bool isOfDatabase = !codeIn(answer).isEmpty();
    if ((answer.status == 401 || answer.status == 403) && isOfDatabase)
        return WriteEnd::Refused;
    return isSuccess(answer) ? WriteEnd::Taken : WriteEnd::NotTold;
}

BackendWriteRun::BackendWriteRun(BackendTrial trial, std::shared_ptr<Wire> wire, UndoList &undo)
    : m_trial(std::move(trial)), m_wire(std::move(wire)), m_undo(undo)
{
    m_result = {.part = m_trial.place.part, .name = m_trial.place.name, .host = m_trial.place.route.host};
}

void BackendWriteRun::say(WriteEnd end, const QString &why)
{
    m_result.end = end;
    m_result.why = why;
}

BackendWrite BackendWriteRun::run()
{
    if (canBeSeen())
        create();
    // Nothing was sent, or all of it refused.
    if (!m_hasRemoval && m_trace->note)
        m_trace->note->strike();
    return std::move(m_result);
}

// In the journal before anything is sent that may bring it into being; else it is not tried, which is said.
bool BackendWriteRun::isWrittenDown()
{
    if (m_trace->note)
        return true;
    JournalEntry entry;
    entry.text = m_trial.text;
    entry.create = m_trial.place.route;
    auto note = notesOf(*m_wire, nullptr).write(std::move(entry));
    if (!note) {
        say(WriteEnd::NotTried, note.error().message);
        return false;
    }
    m_trace->note = std::move(*note);
    return true;
}

void BackendWriteRun::create()
{
    if (!isWrittenDown())
        return;
    const int before = m_wire->sent();
    const auto answer = m_wire->send(m_trial.create);
    if (m_wire->sent() > before && mayHaveTaken(answer))
        addRemoval();
    if (!answer) {
        say(m_wire->sent() > before ? WriteEnd::NotTold : WriteEnd::NotTried, answer.error().message);
        return;
    }
    m_result.exchange.emplace(m_trial.create, *answer);
    judge(*answer);
}

// What cannot be looked for could not be shown gone. Whoever shows it before it was put there tells nothing.
bool BackendWriteRun::canBeSeen()
{
    const auto answer = m_wire->send(m_trial.see);
    if (answer && showsNoRecord(*answer))
        return true;
    if (!answer)
        say(WriteEnd::NotTried, answer.error().message);
    else if (m_trial.blind && endOfRow(*answer) == WriteEnd::Refused)
        judgeBlind();
    else
        say(WriteEnd::NotTried,
            Text::tr("a stranger could not see whether it is there (status %1), and so not that it is gone again")
                .arg(answer->status));
    return false;
}

void BackendWriteRun::judge(const HttpResponse &answer)
{
    const WriteEnd said = isTable() ? endOfRow(answer) : endOfRecord(answer);
    if (said == WriteEnd::Refused && isTable())
        judgeRefusedRow(answer);
    else if (said == WriteEnd::Taken)
        judgeTaken(answer);
    else
        say(said, said == WriteEnd::NotTold ? notUnderstood(answer) : QString());
}

// The rules for reading may have refused it: it was to be given back.
void BackendWriteRun::judgeRefusedRow(const HttpResponse &answer)
{
    const QString message = jsonRoot(answer.body).toObject()["message"_L1].toString();
    if (!message.contains("row-level security"_L1))
        say(WriteEnd::Refused);
    else if (m_trial.blind)
        judgeBlind();
    else
        say(WriteEnd::NotTold,
            Text::tr("a row that is given back was refused; whether one is taken that nobody reads again was not "
                     "tried, as nobody knows what a row needs at least beside a text"));
}

// It should not come into being, so that it need not be seen. A service that takes it nevertheless needs no more what
// the code says that a row needs: the row stands there, and anybody may put more beside it.
void BackendWriteRun::judgeBlind()
{
    if (!isWrittenDown())
        return;
    const int before = m_wire->sent();
    const auto blind = m_wire->send(*m_trial.blind);
    const bool isKept = !blind || !wasRolledBack(*blind);
    if (m_wire->sent() > before && mayHaveTaken(blind) && isKept) {
        m_trace->wasTaken = blind && isSuccess(*blind); // what a row needs was not needed after all
        addRemoval();
    }
    if (!blind) {
        say(WriteEnd::NotTold, blind.error().message);
        return;
    }
    const WriteEnd said = endOfBlindRow(*blind);
    say(said, said == WriteEnd::NotTold ? notUnderstood(*blind) : QString());
    m_result.wasShown = said != WriteEnd::Taken;
    m_result.exchange.emplace(*m_trial.blind, *blind);
}

void BackendWriteRun::judgeTaken(const HttpResponse &answer)
{
    if (wasRolledBack(answer)) {
        // Only who passes the rules for reading is given a row back: it would have been shown.
        m_trace->wasShown = showsRecord(answer, m_trial.text);
        say(m_trace->wasShown ? WriteEnd::WouldBeTaken : WriteEnd::NotTold,
            m_trace->wasShown ? QString() : notUnderstood(answer));
        return;
    }
    m_trace->wasTaken = true;
    m_trace->wasNamed = namesFile(answer, m_trial);
    const auto seen = m_wire->send(m_trial.see);
    m_trace->wasShown = seen && showsRecord(*seen, m_trial.text);
    m_result.wasShown = m_trace->wasShown;
    const bool isThere = m_trace->wasShown || m_trace->wasNamed;
    say(isThere ? WriteEnd::Taken : WriteEnd::NotTold,
        isThere ? QString() : Text::tr("it said that it took what was sent, and does not show it"));
}

// After Stop as well.
void BackendWriteRun::addRemoval()
{
    if (std::exchange(m_hasRemoval, true))
        return;
    const QString what =
        Text::tr("The record %1 in %2 at %3").arg(m_trial.text, m_trial.place.name, m_trial.place.route.host);
    m_undo.add(what, kBackendRemovalRequests, [trial = m_trial, wire = m_wire, trace = m_trace](Deadline deadline) {
        return removeFromBackend(trial, *wire, *trace, deadline);
    });
}

} // namespace cockpit

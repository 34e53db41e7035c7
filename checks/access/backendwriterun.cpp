#include "checks/access/backendwriterun.h"

#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/jsonplaces.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

bool shows(const HttpResponse &answer, const QString &text)
{
    return isSuccess(answer) && answer.body.contains(text.toLatin1());
}

// Whoever sees the place and nothing of ours in it: no rows, no files, no record at that address. Pages say nothing.
bool showsNone(const HttpResponse &answer)
{
    const QJsonValue json = jsonRoot(answer.body);
    if (obstacleIn(answer))
        return false;
    if (answer.status == 404)
        return json.isObject();
    return isSuccess(answer) && (answer.body.trimmed() == "null" || (json.isArray() && json.toArray().isEmpty()));
}

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
    if (!canBeSeen())
        return std::move(m_result);
    const int before = m_wire->sent();
    const auto answer = m_wire->send(m_trial.create);
    // Without an answer it may be there as well.
    if (m_wire->sent() > before && (!answer || answer->status < 400 || answer->status >= 500))
        addRemoval(isTable() && answer && isSuccess(*answer) && !shows(*answer, m_trial.text));
    if (answer) {
        m_result.exchange.emplace(m_trial.create, *answer);
        judge(*answer);
    } else {
        say(m_wire->sent() > before ? WriteEnd::NotTold : WriteEnd::NotTried, answer.error().message);
    }
    return std::move(m_result);
}

// What cannot be looked for could not be shown gone. Whoever shows it before it was put there tells nothing.
bool BackendWriteRun::canBeSeen()
{
    const auto answer = m_wire->send(m_trial.see);
    if (answer && showsNone(*answer))
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
                     "tried, as nobody knows what a row needs at least"));
}

// It cannot come into being, so that it need not be seen.
void BackendWriteRun::judgeBlind()
{
    const auto blind = m_wire->send(*m_trial.blind);
    if (!blind) {
        say(WriteEnd::NotTold, blind.error().message);
        return;
    }
    const WriteEnd said = endOfRow(*blind);
    if (isSuccess(*blind) && !wasRolledBack(*blind))
        addRemoval(true); // what a row needs was not needed after all
    const bool isTold = said == WriteEnd::WouldBeTaken || said == WriteEnd::Refused;
    say(isTold ? said : WriteEnd::NotTold, isTold ? QString() : notUnderstood(*blind));
    m_result.exchange.emplace(*m_trial.blind, *blind);
}

void BackendWriteRun::judgeTaken(const HttpResponse &answer)
{
    if (wasRolledBack(answer)) {
        const bool wasThere = shows(answer, m_trial.text);
        say(wasThere ? WriteEnd::WouldBeTaken : WriteEnd::NotTold, wasThere ? QString() : notUnderstood(answer));
        return;
    }
    const auto seen = m_wire->send(m_trial.see);
    const bool isThere = seen && shows(*seen, m_trial.text);
    say(isThere ? WriteEnd::Taken : WriteEnd::NotTold,
        isThere ? QString() : Text::tr("it said that it took what was sent, and does not show it"));
}

// After Stop as well. What the product says of the removal does not count; that it is gone is seen. isHidden: a row was
// taken and not given back, so that rules may hide it from us.
void BackendWriteRun::addRemoval(bool isHidden)
{
    if (m_hasRemoval)
        return;
    m_hasRemoval = true;
    const QString what =
        Text::tr("The record %1 in %2 at %3").arg(m_trial.text, m_trial.place.name, m_trial.place.route.host);
    ActiveRequest look = m_trial.see;
    look.errand = ActiveErrand::Undo;
    m_undo.add(what, 2, [trial = m_trial, look, wire = m_wire, isHidden](Deadline deadline) mutable -> Result<void> {
        const auto most = std::clamp<qint64>(deadline.remaining().count(), 1, 10'000);
        trial.remove.timeoutMs = look.timeoutMs = static_cast<int>(most);
        (void)wire->send(trial.remove);
        const auto seen = wire->send(look);
        if (!seen)
            return tl::unexpected<Error>(seen.error());
        if (isHidden && showsNone(*seen))
            return failure(ErrorKind::NotFound, Text::tr("it was taken and never shown, so that nobody can say whether "
                                                         "it is gone."));
        if (showsNone(*seen))
            return {};
        return failure(ErrorKind::Protocol,
                       Text::tr("it is still there, or cannot be shown to be gone (status %1).").arg(seen->status));
    });
}

} // namespace cockpit

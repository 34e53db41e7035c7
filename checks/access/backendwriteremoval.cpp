#include "checks/access/backendwriteremoval.h"

#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/jsonplaces.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

// share: of the time that is left, as a service that does not answer must leave some to what comes after.
Result<HttpResponse> sendUndoing(ActiveRequest request, Wire &wire, Deadline deadline, int share)
{
    request.errand = ActiveErrand::Undo;
    request.timeoutMs = static_cast<int>(std::clamp<qint64>(deadline.remaining().count() / share, 1, 10'000));
    return wire.send(request);
}

// Of one that a stranger does not see, and perhaps never could.
tl::unexpected<Error> hiddenFailure(const BackendTrace &trace, const Result<HttpResponse> &removed)
{
    if (trace.wasNamed && removed && removed->status >= 400 && removed->status < 500)
        return failure(ErrorKind::Protocol,
                       Text::tr("it was taken, and its removal was refused (status %1).").arg(removed->status));
    return failure(ErrorKind::NotFound,
                   trace.wasTaken
                       ? Text::tr("it was taken and never shown, so that nobody can say whether it is gone.")
                       : Text::tr("no answer told whether it was taken, and it was never shown, so that nobody can say "
                                  "whether it is gone."));
}

} // namespace

bool showsRecord(const HttpResponse &answer, const QString &text)
{
    return isSuccess(answer) && answer.body.contains(text.toLatin1());
}

bool showsNoRecord(const HttpResponse &answer)
{
    const QJsonValue json = jsonRoot(answer.body);
    if (obstacleIn(answer))
        return false;
    if (answer.status == 404)
        return json.isObject();
    return isSuccess(answer) && (answer.body.trimmed() == "null" || (json.isArray() && json.toArray().isEmpty()));
}

Result<void> removeFromBackend(const BackendTrial &trial, Wire &wire, BackendTrace &trace, Deadline deadline)
{
    if (!trace.wasShown) {
        const auto before = sendUndoing(trial.see, wire, deadline, 3);
        trace.wasShown = before && showsRecord(*before, trial.text);
    }
    const auto removed = sendUndoing(trial.remove, wire, deadline, 2);
    const auto seen = sendUndoing(trial.see, wire, deadline, 1);
    if (seen && showsRecord(*seen, trial.text))
        return failure(ErrorKind::Protocol, Text::tr("it is still there."));
    const bool wouldBeShown = trace.wasShown || (!trial.hidesSilently && !trace.wasTaken);
    if (!wouldBeShown)
        return hiddenFailure(trace, removed);
    if (!seen)
        return failure(ErrorKind::NotFound, seen.error().message);
    if (!showsNoRecord(*seen))
        return failure(ErrorKind::NotFound,
                       Text::tr("whether it is gone could not be seen (status %1).").arg(seen->status));
    if (trace.note)
        trace.note->strike();
    return {};
}

} // namespace cockpit

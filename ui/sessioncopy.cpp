// Session goes on in a copy of its file: the way out where that cannot be written any more.
#include "ui/session_p.h"

namespace cockpit {

// Not during a run: what it wrote into the old file while that was copied would be looked for by nobody.
void Session::saveCopyAs(const QString &path, QObject *context, std::function<void(const Result<void> &)> done)
{
    if (isRunning() || d->isAnyRunGoing()) {
        done(failure(ErrorKind::NotPermitted, tr("A run is going on, and writes down what it makes in your product. "
                                                 "Stop it, or wait for its end, and save the copy then.")));
        return;
    }
    d->isMoving = true;
    d->store.moveTo(path, [this, guard = QPointer<QObject>(context), done = std::move(done),
                           wish = d->openings](const Result<QString> &moved) {
        d->isMoving = false;
        if (moved && d->open && wish == d->openings) {
            d->path = *moved;
            if (d->journal)
                d->journal->follow(*moved);
            emit settingsChanged();
        }
        if (guard)
            done(moved ? Result<void>() : Result<void>(tl::unexpected(moved.error())));
    });
}

} // namespace cockpit

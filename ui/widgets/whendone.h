// What a worker found, taken on the thread of whoever asked for it.
#pragma once

#include <QDebug>
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <exception>
#include <optional>
#include <utility>

namespace cockpit {

// What the worker found; nothing when it was cancelled, or threw, which goes to the engineers. It has finished.
template<typename T>
std::optional<T> foundBy(QFuture<T> future)
{
    try {
        future.waitForFinished(); // throws what the worker threw
        if (!future.isCanceled() && future.resultCount() > 0)
            return future.result();
    } catch (const std::exception &e) {
        qWarning("A worker broke down: %s", e.what());
    } catch (...) {
        qWarning("A worker broke down.");
    }
    return std::nullopt;
}

// Calls take(result) from context's event loop, never from within this call. When context is gone by then, the result
// is dropped; so is one that was cancelled. A worker that throws calls nothing: where somebody waits to hear of its
// end, it is guarded(). QFuture::then(context, …) does neither in Qt 6.4: it asserts that the context lives when the
// worker ends, and calls at once when it has ended already.
template<typename T, typename Take>
void whenDone(const QFuture<T> &future, QObject *context, Take take)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, take]() mutable {
        watcher->deleteLater();
        if (auto found = foundBy(watcher->future()))
            take(*std::move(found));
    });
    watcher->setFuture(future);
}

} // namespace cockpit
